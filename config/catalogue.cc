#include "config/catalogue.h"

#include <algorithm>

#include "config/fault.h"

namespace jinqiao::config {

using engine::model::GradeLevel;
using engine::model::Language;
using engine::model::Message;
using engine::model::Text;

namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

const std::string* find_argument(const Arguments& arguments, std::string_view name) {
    for (const auto& [key, value] : arguments)
        if (key == name) return &value;
    return nullptr;
}

constexpr std::string_view name_characters = "abcdefghijklmnopqrstuvwxyz_0123456789";

// Other braces are text: "{file: PATH}" asks for no argument. `put` appends the argument of a name.
template <class Put>
std::string fill(std::string_view pattern, Put put) {
    std::string out;
    out.reserve(pattern.size() + 32);
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t brace = std::min(pattern.find('{', at), pattern.size());
        out.append(pattern, at, brace - at);
        if (brace == pattern.size()) break;
        const std::size_t end = pattern.find_first_not_of(name_characters, brace + 1);
        const bool placeholder =
            end != std::string_view::npos && end > brace + 1 && pattern[end] == '}';
        if (placeholder)
            put(pattern.substr(brace + 1, end - brace - 1), out);
        else
            out += '{';
        at = placeholder ? end + 1 : brace + 1;
    }
    return out;
}

std::string bare(const Message& message) {
    std::string out = message.code;
    for (const auto& [key, value] : message.args)
        out += (&key == &message.args.front().first ? " (" : ", ") + key + "=" + value;
    return message.args.empty() ? out : out + ")";
}

std::string word_argument(const Catalogue& texts, std::string_view name, const std::string& value,
                          Language language) {
    if (name == "unit") return texts.text("unit." + value, language);
    if (const auto date = engine::time::parse_date(value)) return word_date(*date, language);
    if (const auto at = engine::time::parse_rfc3339(value))
        return name == "at" || name == "until" ? word_due(*at, language)
                                               : word_instant(*at, language);
    return texts.argument(name, texts.has(value) ? texts.text(value, language) : value, language);
}

}  // namespace

bool Catalogue::has(std::string_view code) const { return texts.find(code) != texts.end(); }

std::string Catalogue::text(const Message& message, Language language) const {
    const auto found = texts.find(message.code);
    if (found == texts.end()) return bare(message);
    return fill(found->second.in(language), [&](std::string_view name, std::string& out) {
        if (const auto* value = find_argument(message.args, name))
            out += argument(name, *value, language);
    });
}

std::string Catalogue::argument(std::string_view name, const std::string& value,
                                Language language) const {
    std::string out;
    for (std::size_t at = 0; at <= value.size();) {
        const std::size_t comma = std::min(value.find(", ", at), value.size());
        std::string code = "arg.";
        code.append(name).append(".").append(value, at, comma - at);
        const auto found = texts.find(code);
        if (at > 0) out += language == Language::zh ? "、" : ", ";
        if (found == texts.end())
            out.append(value, at, comma - at);
        else
            out += found->second.in(language);
        at = comma + 2;
    }
    return out;
}

std::string Catalogue::text(std::string_view code, Language language) const {
    return text(Message{std::string(code), {}}, language);
}

std::string Catalogue::grade(GradeLevel level, Language language) const {
    return text("grade." + std::string(engine::model::name(level)), language);
}

std::string Catalogue::stage(std::string_view stage, Language language) const {
    return text("stage." + std::string(stage), language);
}

std::string Catalogue::budget(engine::time::Budget budget, Language language) const {
    const std::string unit = text("unit." + std::string(spelling(budget.unit)), language);
    return text(Message{"budget", {{"amount", std::to_string(budget.amount)}, {"unit", unit}}},
                language);
}

// What an argument is called and what it looks like decide how it is worded.
std::string Catalogue::line(const engine::time::Line& line, Language language) const {
    const auto found = texts.find("explain." + line.code);
    if (found == texts.end()) return bare({"explain." + line.code, line.args});
    return fill(found->second.in(language), [&](std::string_view name, std::string& out) {
        if (const auto* value = find_argument(line.args, name))
            out += word_argument(*this, name, *value, language);
    });
}

std::string describe(const Fault& fault, const Catalogue& texts, Language language) {
    std::string place = fault.file;
    if (fault.line > 0)
        place += ":" + std::to_string(fault.line) + ":" + std::to_string(fault.column);
    if (!fault.path.empty()) place += ": " + fault.path;
    const Message message{fault.warning ? "check.warning" : "check.fault",
                          {{"place", place},
                           {"expected", texts.text(fault.expected, language)},
                           {"found", texts.text(fault.found, language)}}};
    std::string line = texts.text(message, language);
    if (!fault.nearest.empty())
        line += texts.text(Message{"check.nearest", {{"word", fault.nearest}}}, language);
    if (!fault.code.empty()) line += " [" + fault.code + "]";
    if (fault.see) line += texts.text(*fault.see, language);
    return line;
}

bool any_error(const Faults& faults) {
    for (const Fault& fault : faults)
        if (!fault.warning) return true;
    return false;
}

}  // namespace jinqiao::config
