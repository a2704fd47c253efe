#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/moment.h"
#include "adapters/cli/preview_batch.h"
#include "adapters/cli/setup.h"
#include "config/check.h"
#include "config/prove.h"
#include "engine/kernel/proof/prove.h"

namespace jinqiao::adapters::cli {
namespace {

struct Settings {
    std::string folder, at, zone;
};

// A year ahead: the longest that people plan their absences and terms for.
constexpr std::chrono::hours ahead{24 * 365};

void prove_policies(const Setup& setup, const TrialPeople& people, engine::time::Instant at,
                    config::Faults& faults) {
    const auto& configuration = setup.configuration;
    config::warn_of_years(*configuration.calendar, at, at + ahead, configuration.folder, faults);
    std::vector<const engine::kernel::Workflow*> workflows;
    for (const auto& workflow : setup.workflows) workflows.push_back(workflow.get());
    config::warn_of_templates(*configuration.texts, workflows,
                              (configuration.folder / "texts").string(), faults);
    for (const auto& workflow : setup.workflows) {
        const std::string name(workflow->name());
        const auto policy = configuration.policies.find(name);
        if (policy == configuration.policies.end()) continue;
        const auto proof =
            engine::kernel::proof::prove({{workflow.get(), policy->second.get(), &people.directory,
                                           configuration.calendar.get()},
                                          people.filer,
                                          at,
                                          at + ahead});
        config::place_findings(proof.findings, configuration.folder, name, faults);
    }
}

// What shape cannot show: what holds whatever happens, and the situations the zone expects
// something of. False: the people cannot be read, which has been told.
bool prove(const Context& context, const Setup& setup, const Settings& settings,
           engine::time::Instant at, config::Faults& faults) {
    const auto people = trial_people(context, setup, settings.zone);
    if (!people) return false;
    prove_policies(setup, *people, at, faults);
    const auto file = setup.configuration.folder / "situations.yaml";
    if (std::filesystem::exists(file)) try_batch(setup, *people, file, faults);
    return true;
}

Exit check(const Context& context, const Settings& settings) {
    const auto at = parse_moment(settings.at);
    if (!at)
        return context.fail(
            {engine::model::ErrorCode::invalid, context.speech("cli.check.at"), "--at"},
            Exit::usage);
    Checked checked = check_configuration(settings.folder, *at);
    if (checked.setup && !prove(context, *checked.setup, settings, *at, checked.faults))
        return Exit::refused;
    if (context.json || !checked.faults.empty())
        tell_faults(context, checked.faults, *checked.texts);
    if (!context.json) {
        const auto errors = std::count_if(checked.faults.begin(), checked.faults.end(),
                                          [](const auto& fault) { return !fault.warning; });
        const auto warnings = static_cast<std::ptrdiff_t>(checked.faults.size()) - errors;
        context.out << context.speech(errors == 0 ? "cli.check.good" : "cli.check.bad",
                                      {{"errors", std::to_string(errors)},
                                       {"warnings", std::to_string(warnings)}})
                    << '\n';
    }
    return config::any_error(checked.faults) ? Exit::refused : Exit::done;
}

}  // namespace

void add_check(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("check", context.speech("cli.help.check"));
    const auto settings = std::make_shared<Settings>();
    command.add_option("--config", settings->folder, context.speech("cli.help.config"))->required();
    command.add_option("--at", settings->at, context.speech("cli.help.check.at"));
    command.add_option("--zone", settings->zone, context.speech("cli.help.preview.zone"));
    command.callback(
        [&, settings] { chosen = [&context, settings] { return check(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
