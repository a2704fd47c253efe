#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/moment.h"
#include "adapters/cli/proofs.h"
#include "adapters/cli/setup.h"

namespace jinqiao::adapters::cli {
namespace {

struct Settings {
    std::string folder, at, zone;
};

Exit check(const Context& context, const Settings& settings) {
    const auto at = parse_moment(settings.at);
    if (!at)
        return context.fail(
            {engine::model::ErrorCode::invalid, context.speech("cli.check.at"), "--at"},
            Exit::usage);
    Checked checked = check_configuration(settings.folder, *at);
    if (checked.setup)
        if (const auto people = trial_people(*checked.setup, settings.zone, checked.faults))
            prove(*checked.setup, *people, *at, checked.faults);
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
