#pragma once
#include <algorithm>
#include <string_view>

// Words inside the value of a header (RFC 9110, 5.6: optional white space is a space or a tab, and
// names of parameters, encodings and languages are the same in capitals).
namespace jinqiao::adapters::http {

constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

constexpr bool same_word(std::string_view left, std::string_view right) {
    constexpr auto low = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return low(a) == low(b); });
}

}  // namespace jinqiao::adapters::http
