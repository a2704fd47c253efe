#include <CLI/CLI.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <memory>
#include <sstream>

#include "adapters/cli/command.h"
#include "adapters/cli/moment.h"
#include "adapters/cli/preview_batch.h"
#include "adapters/cli/preview_view.h"
#include "adapters/cli/system.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli {
namespace {

namespace json = boost::json;
using engine::model::Error;
using engine::model::ErrorCode;

struct Settings {
    std::string folder, zone, at, alert, cause, ownership, taken_after, svg, batch;
    std::string rehearsal, grade, absent;
    std::vector<std::string> behaviours;
    std::int64_t workers = 0, staff = 0;
    int days = 7;
};

// What the options say, on top of the alert file where there is one.
std::optional<json::object> alert_of(const Settings& settings, engine::time::Instant at) {
    json::object alert;
    if (!settings.alert.empty()) {
        std::ifstream file(settings.alert, std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        boost::system::error_code wrong;
        auto read = json::parse(text.str(), wrong);
        if (!file || wrong || !read.is_object()) return std::nullopt;
        alert = std::move(read.get_object());
    }
    const auto part = [&](const char* name) -> json::object& {
        auto& value = alert[name];
        if (!value.is_object()) value.emplace_object();
        return value.get_object();
    };
    auto& enterprise = part("enterprise");
    if (!enterprise.contains("name")) enterprise["name"] = "preview";
    if (settings.staff > 0) enterprise["staff"] = settings.staff;
    if (!settings.ownership.empty()) enterprise["ownership"] = settings.ownership;
    auto& event = part("event");
    if (!settings.cause.empty()) event["cause"] = settings.cause;
    if (settings.workers > 0) event["workers_involved"] = settings.workers;
    for (const auto& behaviour : settings.behaviours) {
        if (!event["behaviours"].is_array()) event["behaviours"].emplace_array();
        event["behaviours"].get_array().emplace_back(behaviour);
    }
    if (!event.contains("noticed_at"))
        event["noticed_at"] = engine::time::to_rfc3339(at, std::chrono::minutes{480});
    return alert;
}

Exit refused(const Context& context, const Setup& setup, const engine::model::Refusal& refusal) {
    std::string what;
    for (const auto& reason : refusal.reasons)
        what += (what.empty() ? "" : "; ") +
                setup.configuration.texts->text(reason, context.speech.language());
    return context.fail({ErrorCode::invalid, what, {}}, Exit::refused);
}

Exit batch(const Context& context, const Setup& setup, const TrialPeople& people,
           const std::string& file) {
    config::Faults faults;
    const auto tried = try_batch(setup, people, file, faults);
    if (context.json || !faults.empty()) tell_faults(context, faults, *setup.configuration.texts);
    if (!context.json)
        for (const auto& line : tried)
            context.out << context.speech(line.good ? "cli.preview.good" : "cli.preview.bad") << ' '
                        << printable(line.name.in(context.speech.language())) << '\n';
    return config::any_error(faults) ? Exit::refused : Exit::done;
}

// "mediated:7": the alert of that rehearsal and its first seven deeds; without a number, all.
bool rehearse(const Settings& settings, const Setup& setup, engine::kernel::Situation& situation) {
    using engine::model::GradeLevel;
    const auto colon = settings.rehearsal.find(':');
    const auto name = settings.rehearsal.substr(0, colon);
    auto grade = engine::model::parse_grade(settings.grade).value_or(GradeLevel::blue);
    const auto& workflow = setup.workflows.front();
    const auto& policy = *setup.configuration.policies.at(std::string(workflow->name()));
    for (auto& way : workflow->rehearsals(policy, grade)) {
        if (way.name != name) continue;
        situation.alert = engine::kernel::filed_as(way, situation.filer, situation.at);
        situation.deeds = std::move(way.deeds);
        if (colon != std::string::npos) {
            const auto steps = static_cast<std::size_t>(
                std::max(0, std::atoi(settings.rehearsal.c_str() + colon + 1)));
            situation.deeds.resize(std::min(steps, situation.deeds.size()));
        }
        return true;
    }
    return false;
}

Exit preview(const Context& context, const Settings& settings) {
    const auto at = parse_moment(settings.at);
    const auto fail = [&](const char* code, const char* where) {
        return context.fail({ErrorCode::invalid, context.speech(code), where}, Exit::usage);
    };
    if (!at) return fail("cli.check.at", "--at");
    const auto alert = alert_of(settings, *at);
    if (!alert) return fail("cli.preview.alert", "--alert");
    engine::kernel::Situation situation;
    if (!settings.taken_after.empty()) {
        const auto after = engine::time::parse_budget(settings.taken_after);
        if (!after) return fail("cli.preview.length", "--taken-after");
        const engine::time::Calendar plain;
        situation.deeds.push_back(
            {engine::time::add(plain, *at, *after) - *at, "acknowledge", {}, {}});
    }
    const auto setup = load_setup(context, settings.folder, SystemClock().now());
    if (!setup) return Exit::refused;
    auto people = trial_people(context, *setup, settings.zone);
    if (!people) return Exit::refused;
    if (!settings.absent.empty())
        people->directory.absences.push_back({engine::model::PersonId{settings.absent}, *at,
                                              *at + std::chrono::hours{24} * settings.days});
    if (!settings.batch.empty()) return batch(context, *setup, *people, settings.batch);
    const auto& workflow = setup->workflows.front();
    situation.alert = *alert;
    situation.filer = people->filer;
    situation.at = *at;
    situation.horizon = std::chrono::hours{24} * settings.days;
    if (!settings.rehearsal.empty() && !rehearse(settings, *setup, situation))
        return fail("cli.preview.rehearsal", "--rehearsal");
    const auto result = engine::kernel::preview(
        {workflow.get(), setup->configuration.policies.at(std::string(workflow->name())).get(),
         &people->directory, setup->configuration.calendar.get()},
        situation);
    if (result.refusal) return refused(context, *setup, *result.refusal);
    if (!settings.svg.empty()) {
        std::ofstream file(settings.svg, std::ios::binary);
        draw_preview(file, context, *setup, result);
        if (!file.flush())
            return context.fail(
                {ErrorCode::unavailable, context.speech("cli.preview.svg"), settings.svg},
                Exit::could_not);
    }
    if (context.json)
        context.out << json::serialize(preview_json(context, *setup, result)) << '\n';
    else
        show_preview(context, *setup, result);
    return result.lacked.empty() ? Exit::done : Exit::refused;
}

}  // namespace

void add_preview(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("preview", context.speech("cli.help.preview"));
    const auto settings = std::make_shared<Settings>();
    const auto option = [&](const char* name, auto& value, const char* help) {
        return command.add_option(name, value, context.speech(help));
    };
    option("--config", settings->folder, "cli.help.config")->required();
    option("--cause", settings->cause, "cli.help.preview.cause");
    option("--workers", settings->workers, "cli.help.preview.workers");
    option("--staff", settings->staff, "cli.help.preview.staff");
    option("--behaviour", settings->behaviours, "cli.help.preview.behaviour");
    option("--ownership", settings->ownership, "cli.help.preview.ownership");
    option("--alert", settings->alert, "cli.help.preview.alert");
    option("--at", settings->at, "cli.help.preview.at");
    option("--taken-after", settings->taken_after, "cli.help.preview.taken_after");
    option("--rehearsal", settings->rehearsal, "cli.help.preview.rehearsal");
    option("--grade", settings->grade, "cli.help.preview.grade")
        ->check(CLI::IsMember({"blue", "yellow", "orange", "red"}));
    option("--absent", settings->absent, "cli.help.preview.absent");
    option("--days", settings->days, "cli.help.preview.days")->check(CLI::Range(1, 366));
    option("--zone", settings->zone, "cli.help.preview.zone");
    option("--batch", settings->batch, "cli.help.preview.batch");
    option("--svg", settings->svg, "cli.help.preview.svg");
    command.callback(
        [&, settings] { chosen = [&context, settings] { return preview(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
