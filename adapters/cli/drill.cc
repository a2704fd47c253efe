#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <memory>
#include <thread>

#include "adapters/cli/api_client.h"
#include "adapters/cli/command.h"
#include "adapters/cli/drill_result.h"
#include "adapters/cli/json_view.h"
#include "adapters/cli/progress.h"
#include "adapters/cli/system.h"
#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::cli {
namespace {

namespace json = boost::json;
using engine::model::Result;
using Answer = ApiClient::Answer;
using Steady = std::chrono::steady_clock;

struct Settings {
    ApiAccess access;
    std::string cause, enterprise;
    std::vector<std::string> behaviours;
    std::int64_t workers = 0;
    int wait_s = 30;
    bool keep = false;
};

std::string alert_of(const Context& context, const Settings& settings) {
    json::object event{
        {"cause", settings.cause},
        {"noticed_at", engine::time::to_rfc3339(SystemClock().now(), std::chrono::minutes{480})}};
    if (settings.workers > 0) event["workers_involved"] = settings.workers;
    if (!settings.behaviours.empty())
        event["behaviours"] = json::array(settings.behaviours.begin(), settings.behaviours.end());
    json::object alert{{"note", context.speech("cli.drill.note")}, {"exercise", true}};
    // A made-up enterprise would stay in the register: without one the place is enough.
    if (settings.enterprise.empty())
        event["place"] = context.speech("cli.drill.place");
    else
        alert["enterprise"] = json::object{{"name", settings.enterprise}};
    alert["event"] = std::move(event);
    return json::serialize(alert);
}

// The case of the exercise, and what has become of it so far.
struct Drill {
    std::string path;  // of the case
    json::value kase;
    std::vector<Told> told;
};

// The answer that says why not, where there is one.
std::optional<Exit> failed(const Context& context, const Result<Answer>& answer) {
    if (!answer) return context.fail(answer.error(), Exit::could_not);
    if (!answer->ok()) return tell_problem(context, *answer);
    return std::nullopt;
}

std::optional<Exit> look(const Context& context, ApiClient& client, Drill& drill) {
    auto kase = client.get(drill.path);
    if (auto exit = failed(context, kase)) return exit;
    const auto notices = client.get(drill.path + "/notices");
    if (auto exit = failed(context, notices)) return exit;
    drill.kase = std::move(kase->json);
    drill.told = told_of(drill.kase, notices->json);
    return std::nullopt;
}

// Until everybody has been reached and has signed, or the time is over.
std::optional<Exit> watch(const Context& context, ApiClient& client, int wait_s, Drill& drill) {
    const auto end = Steady::now() + std::chrono::seconds{wait_s};
    Progress progress(context.err);
    while (true) {
        if (auto exit = look(context, client, drill)) return exit;
        const auto settled = static_cast<std::uint64_t>(std::count_if(
            drill.told.begin(), drill.told.end(), [](const Told& one) { return one.settled(); }));
        progress.show(settled, drill.told.size());
        if (settled == drill.told.size() || Steady::now() >= end) break;
        std::this_thread::sleep_for(std::chrono::seconds{1});
    }
    progress.clear();
    return std::nullopt;
}

// An exercise is over when it is called off (R.done); whoever called it says so.
std::optional<Exit> finish(const Context& context, ApiClient& client, Drill& drill) {
    const std::string body = json::serialize(json::object{{"by", "employer"}, {"scope", "whole"}});
    auto ended = client.post(drill.path + "/actions/withdraw", body, {});
    if (auto exit = failed(context, ended)) return exit;
    drill.kase = std::move(ended->json);
    return std::nullopt;
}

Exit tell(const Context& context, const Drill& drill) {
    const bool all = std::all_of(drill.told.begin(), drill.told.end(),
                                 [](const Told& one) { return one.reached(); });
    const bool open = text_at(drill.kase, "open") == "true";
    if (context.json) {
        auto out = told_json(drill.told);
        out["case"] = text_at(drill.kase, "id");
        out["number"] = text_at(drill.kase, "number");
        out["grade"] = text_at(drill.kase, "grade");
        out["ended"] = !open;
        context.out << json::serialize(out) << '\n';
    } else {
        context.out << context.speech("cli.drill.head",
                                      {{"number", text_at(drill.kase, "number")},
                                       {"grade", text_at(drill.kase, "grade_label")}})
                    << '\n';
        show_told(context, drill.told);
        context.out << context.speech(open ? "cli.drill.open" : "cli.drill.ended",
                                      {{"number", text_at(drill.kase, "number")}})
                    << '\n';
    }
    return all ? Exit::done : Exit::refused;
}

Exit run_drill(const Context& context, const Settings& settings) {
    auto client = ApiClient::open(settings.access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    const auto filed = client->post("/api/v1/alerts", alert_of(context, settings), {});
    if (auto exit = failed(context, filed)) return *exit;
    Drill drill;
    drill.path = "/api/v1/cases/" + notify::courier::percent_encode(text_at(filed->json, "id"));
    if (auto exit = watch(context, *client, settings.wait_s, drill)) return *exit;
    if (!settings.keep)
        if (auto exit = finish(context, *client, drill)) return *exit;
    return tell(context, drill);
}

}  // namespace

void add_drill(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("drill", context.speech("cli.help.drill"));
    const auto settings = std::make_shared<Settings>();
    const auto option = [&](const char* name, auto& value, const char* help) {
        return command.add_option(name, value, context.speech(help));
    };
    option("--cause", settings->cause, "cli.help.preview.cause")->required();
    option("--workers", settings->workers, "cli.help.preview.workers");
    option("--behaviour", settings->behaviours, "cli.help.preview.behaviour");
    option("--enterprise", settings->enterprise, "cli.help.drill.enterprise");
    option("--wait", settings->wait_s, "cli.help.drill.wait")->check(CLI::Range(0, 86'400));
    command.add_flag("--keep", settings->keep, context.speech("cli.help.drill.keep"));
    add_access(command, context.speech, settings->access);
    command.callback(
        [&, settings] { chosen = [&context, settings] { return run_drill(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
