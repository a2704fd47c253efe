#include "adapters/cli/user_calendar.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "adapters/cli/api_client.h"
#include "adapters/cli/json_view.h"

namespace jinqiao::adapters::cli {
namespace {

constexpr const char* path = "/api/v1/me/calendar";

struct Settings {
    ApiAccess access;
    bool fresh = false, revoke = false;
};

Exit show(const Context& context, const ApiClient::Answer& answer) {
    const auto* active = at(answer.json, "active");
    if (active == nullptr || *active != boost::json::value(true)) {
        context.out << context.speech("cli.user.no_calendar") << '\n';
        return Exit::done;
    }
    const auto used = text_at(answer.json, "used_on");
    context.out << context.speech("cli.user.calendar",
                                  {{"made_at", text_at(answer.json, "made_at")},
                                   {"used_on", used.empty() ? "-" : used}})
                << '\n';
    return Exit::done;
}

Exit calendar(const Context& context, const Settings& settings) {
    auto client = ApiClient::open(settings.access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    const auto answer = settings.fresh    ? client->post(path, "{}", {})
                        : settings.revoke ? client->remove(path)
                                          : client->get(path);
    if (!answer) return context.fail(answer.error(), Exit::could_not);
    if (!answer->ok()) return tell_problem(context, *answer);
    if (context.json) {
        context.out << answer->body << '\n';
        return Exit::done;
    }
    if (!settings.fresh && !settings.revoke) return show(context, *answer);
    if (settings.revoke) {
        context.out << context.speech("cli.user.drop_calendar") << '\n';
        return Exit::done;
    }
    // Alone on its line, like a token; what to know about it is said beside.
    context.err << context.speech("cli.user.put_calendar") << '\n';
    context.out << text_at(answer->json, "url") << '\n';
    return Exit::done;
}

}  // namespace

void add_user_calendar(CLI::App& user, Context& context, Chosen& chosen) {
    const auto settings = std::make_shared<Settings>();
    CLI::App& command = *user.add_subcommand("calendar", context.speech("cli.help.user.calendar"));
    add_access(command, context.speech, settings->access);
    auto* fresh =
        command.add_flag("--new", settings->fresh, context.speech("cli.help.user.calendar.new"));
    command.add_flag("--revoke", settings->revoke, context.speech("cli.help.user.calendar.revoke"))
        ->excludes(fresh);
    command.callback([&context, &chosen, settings] {
        chosen = [&context, settings] { return calendar(context, *settings); };
    });
}

}  // namespace jinqiao::adapters::cli
