// `jinqiao reload`: asks the running daemon, shows what would change, and lets a person decide.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>
#include <sstream>

#include "adapters/cli/api_client.h"
#include "adapters/cli/command.h"
#include "adapters/cli/json_view.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli {
namespace {

// Proofs take seconds, the timelines of ten thousand open cases minutes.
constexpr std::chrono::hours patience{1};

struct Settings {
    ApiAccess access;
    bool yes = false, dry_run = false;
};

struct Asked {
    bool confirm = false, dry_run = false;
    std::string configuration;
};

engine::model::Result<ApiClient::Answer> ask(ApiClient& client, const Asked& asked) {
    boost::json::object body{{"confirm", asked.confirm}, {"dry_run", asked.dry_run}};
    if (!asked.configuration.empty()) body["configuration"] = asked.configuration;
    return client.post("/api/v1/config/reload", boost::json::serialize(body), {});
}

void show_lines(std::ostream& out, const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out << printable(line) << '\n';
}

void show_faults(const Context& context, const boost::json::value& answer) {
    for (const auto& fault : list_at(answer, "faults"))
        context.err << printable(text_at(fault, "text")) << '\n';
}

Exit show(const Context& context, const ApiClient::Answer& answer) {
    if (context.json) {
        context.out << answer.body << '\n';
        return answer.ok() ? Exit::done : answer.status >= 500 ? Exit::could_not : Exit::refused;
    }
    show_faults(context, answer.json);
    show_lines(context.out, text_at(answer.json, "text"));
    if (!answer.ok()) return tell_problem(context, answer);
    for (const auto& key : list_at(answer.json, "needs_restart"))
        if (key.is_string())
            context.out << context.speech("cli.reload.restart",
                                          {{"key", std::string(key.get_string())}})
                        << '\n';
    const bool taken = text_at(answer.json, "done") == "taken";
    context.out << context.speech(taken ? "cli.reload.taken" : "cli.reload.tried",
                                  {{"hash", text_at(answer.json, "after").substr(0, 12)}})
                << '\n';
    return Exit::done;
}

bool agreed(const Context& context) {
    context.out << context.speech("cli.reload.ask") << ' ' << std::flush;
    std::string word;
    std::getline(std::cin, word);
    return word == "y" || word == "yes" || word == "Y" || word == "是";
}

// What was agreed to is what was shown: if the files have changed since, it is shown anew.
Exit settle(const Context& context, ApiClient& client, ApiClient::Answer answer) {
    const bool person = !context.json && isatty(STDIN_FILENO) == 1;
    while (person && text_at(answer.json, "code") == "configuration_differs") {
        show_faults(context, answer.json);
        show_lines(context.out, text_at(answer.json, "text"));
        if (!agreed(context)) {
            context.out << context.speech("cli.reload.left") << '\n';
            return Exit::refused;
        }
        auto again = ask(client, {true, false, text_at(answer.json, "after")});
        if (!again) return context.fail(again.error(), Exit::could_not);
        answer = std::move(*again);
        if (answer.ok()) answer.json.get_object().erase("text");  // it has been read
    }
    return show(context, answer);
}

Exit reload(const Context& context, const Settings& settings) {
    auto client = ApiClient::open(settings.access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    client->wait_for(patience);
    auto answer = ask(*client, {settings.yes, settings.dry_run, {}});
    if (!answer) return context.fail(answer.error(), Exit::could_not);
    return settle(context, *client, std::move(*answer));
}

}  // namespace

void add_reload(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    CLI::App& command = *app.add_subcommand("reload", speech("cli.help.reload"));
    const auto settings = std::make_shared<Settings>();
    command.add_flag("--yes", settings->yes, speech("cli.help.reload.yes"));
    command.add_flag("--dry-run", settings->dry_run, speech("cli.help.reload.dry_run"));
    add_access(command, speech, settings->access);
    command.callback(
        [&, settings] { chosen = [&context, settings] { return reload(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
