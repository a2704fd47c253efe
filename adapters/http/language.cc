#include "adapters/http/language.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace jinqiao::adapters::http {

using engine::model::Language;

namespace {

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// "0.8" in thousandths; what is no quality counts as zero, so that it wins nothing.
int quality(std::string_view parameters) {
    const auto text = trim(parameters);
    if (text.empty()) return 1000;
    if (text.size() < 3 || (text[0] != 'q' && text[0] != 'Q') || text[1] != '=') return 1000;
    if (text[2] == '1') return 1000;
    if (text[2] != '0') return 0;
    int value = 0;
    int scale = 100;
    for (std::size_t i = 4; i < text.size() && scale > 0; ++i, scale /= 10) {
        if (text[i] < '0' || text[i] > '9') break;
        value += (text[i] - '0') * scale;
    }
    return value;
}

std::optional<Language> language_of(std::string_view range) {
    std::string primary(range.substr(0, range.find('-')));
    std::transform(primary.begin(), primary.end(), primary.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (primary == "zh") return Language::zh;
    if (primary == "en") return Language::en;
    return {};
}

}  // namespace

std::optional<Language> accepted_language(std::string_view field) {
    std::optional<Language> best;
    int best_quality = 0;
    while (!field.empty()) {
        const auto comma = field.find(',');
        const auto item = trim(field.substr(0, comma));
        field = comma == std::string_view::npos ? std::string_view{} : field.substr(comma + 1);
        const auto semicolon = item.find(';');
        const auto language = language_of(trim(item.substr(0, semicolon)));
        const int q =
            semicolon == std::string_view::npos ? 1000 : quality(item.substr(semicolon + 1));
        if (language && q > best_quality) {
            best = language;
            best_quality = q;
        }
    }
    return best;
}

std::string_view tag(Language language) { return language == Language::en ? "en" : "zh-CN"; }

}  // namespace jinqiao::adapters::http
