#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/setup.h"
#include "adapters/cli/system.h"
#include "engine/time/calendar.h"

namespace jinqiao::adapters::cli {
namespace {

struct Settings {
    std::string folder, at;
};

// An instant, or a local date (its beginning); empty: now.
std::optional<engine::time::Instant> moment(const std::string& text) {
    if (text.empty()) return SystemClock().now();
    if (const auto at = engine::time::parse_rfc3339(text)) return at;
    if (const auto date = engine::time::parse_date(text))
        return engine::time::Calendar().start_of(*date);
    return std::nullopt;
}

Exit check(const Context& context, const Settings& settings) {
    const auto at = moment(settings.at);
    if (!at)
        return context.fail(
            {engine::model::ErrorCode::invalid, context.speech("cli.check.at"), "--at"},
            Exit::usage);
    const Checked checked = check_configuration(settings.folder, *at);
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
    command.callback(
        [&, settings] { chosen = [&context, settings] { return check(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
