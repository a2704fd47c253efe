#include "adapters/cli/shell/tree.h"

#include <CLI/CLI.hpp>
#include <sstream>

namespace jinqiao::adapters::cli::shell {
namespace {

// CLI11 writes a closed list of values into the type: "TEXT:{mermaid,dot}".
std::vector<std::string> choices_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const auto from = type.find('{');
    const auto to = type.find('}', from == std::string::npos ? 0 : from);
    if (from == std::string::npos || to == std::string::npos) return {};
    std::vector<std::string> choices;
    std::istringstream list(type.substr(from + 1, to - from - 1));
    for (std::string choice; std::getline(list, choice, ',');) choices.push_back(choice);
    return choices;
}

Option describe(const CLI::Option& option) {
    Option described;
    for (const auto& name : option.get_lnames()) described.names.push_back("--" + name);
    for (const auto& name : option.get_snames()) described.names.push_back("-" + name);
    if (option.get_positional()) described.place = option.get_name(true);
    described.help = option.get_description();
    described.environment = option.get_envname();
    described.choices = choices_of(option);
    described.takes_value = option.get_items_expected_max() > 0;
    described.required = option.get_required();
    return described;
}

Command describe(const CLI::App& app, const std::string& path) {
    Command command;
    command.path = path;
    command.help = app.get_description();
    for (const CLI::Option* option : app.get_options({}))
        command.options.push_back(describe(*option));
    const auto any = [](const CLI::App*) { return true; };
    for (const CLI::App* below : app.get_subcommands(any)) {
        const std::string name = below->get_name();
        command.commands.push_back(describe(*below, path.empty() ? name : path + " " + name));
    }
    return command;
}

void collect(const Command& command, std::vector<const Command*>& into) {
    into.push_back(&command);
    for (const Command& below : command.commands) collect(below, into);
}

}  // namespace

Command describe(const CLI::App& app) { return describe(app, ""); }

std::vector<const Command*> all_of(const Command& command) {
    std::vector<const Command*> all;
    collect(command, all);
    return all;
}

}  // namespace jinqiao::adapters::cli::shell
