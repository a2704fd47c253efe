#include "adapters/cli/shell/manual.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli::shell {
namespace {

// Bytes of the UTF-8 character at the front.
std::size_t length_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return std::min(length, text.size());
}

// A text as roff shows it letter by letter. Chinese has no blanks to break a line at, so a place to
// break stands behind every wide character; without them the formatter warns and runs over.
std::string roff(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::string_view sign = text.substr(0, length_of(text));
        text.remove_prefix(sign.size());
        if (sign == "\\")
            result += "\\e";
        else if (sign == "-")
            result += "\\-";
        else if (sign == "\n")
            result += ' ';
        else if ((sign == "." || sign == "'") && result.empty())
            result += "\\&" + std::string(sign);
        else
            result += sign;
        if (sign.size() > 2 && display_width(sign) == 2) result += "\\:";
    }
    return result;
}

// One argument of a macro: a quote would end it.
std::string argument(std::string_view text) {
    std::string result;
    for (const char sign : roff(text))
        if (sign == '"')
            result += "\\(dq";
        else
            result += sign;
    return "\"" + result + "\"";
}

std::string bold(const std::string& text) { return "\\fB" + roff(text) + "\\fR"; }

// An argument of fixed words is shown as them, any other by its own name or as VALUE.
std::string value_of(const Option& option) {
    if (!option.choices.empty()) {
        std::string text;
        for (const auto& choice : option.choices) text += (text.empty() ? "" : "|") + choice;
        return roff(text);
    }
    std::string name = option.place.empty() ? option.names.front().substr(2) : option.place;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char sign) { return static_cast<char>(std::toupper(sign)); });
    return "\\fI" + roff(name) + "\\fR";
}

std::string shown(const Option& option) {
    std::string text;
    for (const auto& name : option.names) text += (text.empty() ? "" : ", ") + bold(name);
    if (option.names.empty()) return value_of(option);
    return option.takes_value ? text + " " + value_of(option) : text;
}

std::string synopsis(const Command& command) {
    std::string text = bold("jinqiao" + (command.path.empty() ? "" : " " + command.path));
    bool some_left_out = false;
    for (const Option& option : command.options) {
        if (!option.required && !option.names.empty())
            some_left_out = true;
        else
            text += option.required ? " " + shown(option) : " [" + shown(option) + "]";
    }
    return some_left_out ? text + " [\\fI...\\fR]" : text;
}

void tell(std::string& page, const Option& option, const Speech& speech) {
    page += ".TP\n" + shown(option) + "\n" + roff(option.help) + "\n";
    if (!option.environment.empty())
        page += ".br\n" + roff(speech("cli.man.from", {{"name", option.environment}})) + "\n";
}

bool is_help(const Option& option) {
    return std::find(option.names.begin(), option.names.end(), "--help") != option.names.end();
}

void section(std::string& page, const Speech& speech, const std::string& name) {
    page += ".SH " + argument(speech("cli.man." + name)) + "\n";
}

// A list of the catalogue: "cli.man.exit.0", "cli.man.exit.1", …
template <std::size_t N>
void entries(std::string& page, const Speech& speech, const std::string& name,
             const std::array<const char*, N>& keys) {
    section(page, speech, name);
    for (const char* key : keys)
        page += ".TP\n" + bold(key) + "\n" + roff(speech("cli.man." + name + "." + key)) + "\n";
}

}  // namespace

std::string manual(const Command& program, const Speech& speech, const std::string& version) {
    std::string page = ".\\\" -*- mode: nroff; coding: utf-8 -*-\n.\\\" " +
                       std::string("Written by `jinqiao man`.\n") + ".TH JINQIAO 1 \"\" " +
                       argument("jinqiao " + version) + " " + argument("Jinqiao") +
                       "\n.nh\n.ad l\n";
    section(page, speech, "name");
    page += "jinqiao \\- " + roff(program.help) + "\n";
    section(page, speech, "synopsis");
    page += synopsis({"", "", {}, {}}) + " \\fI" + roff(speech("cli.man.command")) +
            "\\fR [\\fI...\\fR]\n";
    section(page, speech, "description");
    page += roff(speech("cli.man.about")) + "\n";
    section(page, speech, "options");
    for (const Option& option : program.options) tell(page, option, speech);
    section(page, speech, "commands");
    for (const Command* command : all_of(program)) {
        if (command->path.empty() || !command->commands.empty()) continue;
        page += ".SS " + argument("jinqiao " + command->path) + "\n" + roff(command->help) +
                "\n.PP\n" + synopsis(*command) + "\n";
        for (const Option& option : command->options)
            if (!is_help(option)) tell(page, option, speech);
    }
    entries(page, speech, "environment",
            std::array{"JINQIAO_HOME", "JINQIAO_URL", "JINQIAO_TOKEN", "JINQIAO_CACERT", "NO_COLOR",
                       "LANG"});
    entries(page, speech, "exit", std::array{"0", "1", "2", "3"});
    entries(page, speech, "files", std::array{"DATA/jinqiao.db", "DATA/spool", "DATA/keys"});
    return page;
}

}  // namespace jinqiao::adapters::cli::shell
