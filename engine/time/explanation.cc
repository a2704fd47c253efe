#include "engine/time/explanation.h"

#include <algorithm>

namespace jinqiao::engine::time {

namespace {

void append_escaped(std::string_view value, std::string& out) {
    for (const char c : value) {
        switch (c) {
            case '\\':
                out += "\\\\";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\n':
                out += "\\n";
                break;
            default:
                out += c;
        }
    }
}

std::string unescaped(std::string_view value) {
    std::string out;
    out.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\' || i + 1 == value.size()) {
            out += value[i];
            continue;
        }
        const char c = value[++i];
        out += c == 't' ? '\t' : c == 'n' ? '\n' : c;
    }
    return out;
}

// Up to the next separator, which is taken away with it.
std::string_view cut(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

Line parsed(std::string_view text) {
    Line line{unescaped(cut(text, '\t')), {}};
    while (!text.empty()) {
        const auto argument = cut(text, '\t');
        const auto sign = argument.find('=');
        if (sign == std::string_view::npos) continue;
        line.args.emplace_back(std::string(argument.substr(0, sign)),
                               unescaped(argument.substr(sign + 1)));
    }
    return line;
}

}  // namespace

Explanation::Explanation(const std::vector<Line>& lines) {
    if (lines.empty()) return;
    std::string text;
    for (const Line& line : lines) {
        if (&line != &lines.front()) text += '\n';
        append_escaped(line.code, text);
        for (const auto& [name, value] : line.args) {
            text.append("\t").append(name).append("=");
            append_escaped(value, text);
        }
    }
    text_ = std::make_shared<const std::string>(std::move(text));
}

Explanation Explanation::stored(std::string_view text) {
    Explanation out;
    if (!text.empty()) out.text_ = std::make_shared<const std::string>(text);
    return out;
}

std::vector<Line> Explanation::lines() const {
    std::vector<Line> out;
    for (auto rest = text(); !rest.empty();) out.push_back(parsed(cut(rest, '\n')));
    return out;
}

}  // namespace jinqiao::engine::time
