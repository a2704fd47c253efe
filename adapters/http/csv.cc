#include "adapters/http/csv.h"

namespace jinqiao::adapters::http {

namespace {

std::string cell(std::string value) {
    constexpr std::string_view formula = "=+-@\t\r";
    if (!value.empty() && formula.find(value.front()) != std::string_view::npos)
        value.insert(value.begin(), '\'');
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

void append_csv(std::string& out, const CsvLine& line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (i > 0) out += ',';
        out += cell(line[i]);
    }
    out += "\r\n";
}

}  // namespace jinqiao::adapters::http
