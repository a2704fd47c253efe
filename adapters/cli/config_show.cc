#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/configuration_digest.h"
#include "adapters/cli/setup.h"
#include "adapters/cli/system.h"
#include "adapters/cli/table.h"
#include "config/effective.h"

namespace jinqiao::adapters::cli {
namespace {

using config::Effective;
using Origin = Effective::Origin;

struct Settings {
    std::string folder, prefix;
};

bool wanted(const Effective& value, const std::string& prefix) {
    if (!value.key.starts_with(prefix)) return false;
    return prefix.empty() || prefix.ends_with('.') || value.key.size() == prefix.size() ||
           value.key[prefix.size()] == '.';
}

std::string origin(const Context& context, const Effective& value) {
    if (value.origin == Origin::fallback) return context.speech("cli.config.default");
    return printable(value.file) + ":" + std::to_string(value.line);
}

std::string shown(const Context& context, const Effective& value) {
    if (value.origin == Origin::secret)
        return context.speech("cli.config.secret", {{"where", value.value}});
    return value.value.empty() ? context.speech("cli.config.empty") : printable(value.value);
}

// A faulty configuration is not shown: what stands at the wrong place in it may be a secret.
Exit show(const Context& context, const Settings& settings) {
    const auto checked = check_configuration(settings.folder, SystemClock().now());
    if (!checked.setup) {
        tell_faults(context, checked.faults, *checked.texts);
        return Exit::refused;
    }
    const auto digest = configuration_digest(settings.folder);
    boost::json::array list;
    bool any = false;
    for (const auto& value : checked.setup->effective) {
        if (!wanted(value, settings.prefix)) continue;
        any = true;
        if (context.json)
            list.push_back(as_json(value));
        else
            context.out << printable(value.key) << " = " << shown(context, value) << "    # "
                        << origin(context, value) << '\n';
    }
    if (context.json)
        context.out << boost::json::serialize(boost::json::object{{"configuration", digest},
                                                                  {"values", std::move(list)}})
                    << '\n';
    else if (!any)
        context.err << context.speech("cli.config.no_key", {{"key", settings.prefix}}) << '\n';
    else if (settings.prefix.empty())
        context.out << context.speech("cli.config.digest", {{"hash", digest}}) << '\n';
    return any ? Exit::done : Exit::refused;
}

}  // namespace

void add_config(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    CLI::App& group = *app.add_subcommand("config", speech("cli.help.config_group"));
    group.require_subcommand(1);
    CLI::App& command = *group.add_subcommand("show", speech("cli.help.config.show"));
    const auto settings = std::make_shared<Settings>();
    command.add_option("KEYPREFIX", settings->prefix, speech("cli.help.config.prefix"));
    command.add_option("--config", settings->folder, speech("cli.help.config"))->required();
    command.callback(
        [&, settings] { chosen = [&context, settings] { return show(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
