#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace jinqiao::adapters::cli::shell {

// The commands of the program as plain values, read from what the program parses its arguments
// with: completion and manual page cannot lag behind it.

struct Option {
    std::vector<std::string> names;  // "--config", "-h"; empty: it stands by its place
    std::string place;               // name of one that stands by its place: "case"
    std::string help;
    std::string environment;           // variable it is taken from otherwise; empty: none
    std::vector<std::string> choices;  // all there are; empty: anything
    bool takes_value = false;
    bool required = false;
};

struct Command {
    std::string path;  // "case list"; empty: the program
    std::string help;
    std::vector<Option> options;
    std::vector<Command> commands;
};

Command describe(const CLI::App& app);

// `command` and all below it, each before its own.
std::vector<const Command*> all_of(const Command& command);

}  // namespace jinqiao::adapters::cli::shell
