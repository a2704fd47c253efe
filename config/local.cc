// Instants, dates and languages as people write them.

#include <array>
#include <cstdio>

#include "config/catalogue.h"

namespace jinqiao::config {

using engine::model::Language;
using engine::time::Date;
using engine::time::Instant;
using std::chrono::minutes;

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct LocalTime {
    Date date;
    minutes minute{0};
};

LocalTime local(Instant at, minutes offset) {
    const std::chrono::local_time<std::chrono::milliseconds> time{at.time_since_epoch() + offset};
    const Date date = std::chrono::floor<std::chrono::days>(time);
    return {date, std::chrono::floor<minutes>(time - date)};
}

std::string word(const LocalTime& time, Language language) {
    std::array<char, 16> clock{};
    const int total = static_cast<int>(time.minute.count());
    std::snprintf(clock.data(), clock.size(), "%02d:%02d", total / 60, total % 60);
    return word_date(time.date, language) + " " + clock.data();
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Thousandths, so that "0.85" needs no floating point; absent: 1000; nonsense: 0.
int quality(std::string_view parameters) {
    const std::size_t q = parameters.find("q=");
    if (q == std::string_view::npos) return 1000;
    int value = 0, scale = 1000;
    bool fraction = false;
    for (const char c : parameters.substr(q + 2)) {
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            if (fraction) scale /= 10;
            value += (c - '0') * scale;
        } else {
            break;
        }
    }
    return value > 1000 ? 0 : value;
}

}  // namespace

std::string word_date(Date date, Language language) {
    const std::chrono::year_month_day day{date};
    const int year = static_cast<int>(day.year());
    const unsigned month = static_cast<unsigned>(day.month());
    const unsigned number = static_cast<unsigned>(day.day());
    if (language == Language::en)
        return std::to_string(number) + " " + std::string(months[month - 1]) + " " +
               std::to_string(year);
    return std::to_string(year) + "年" + std::to_string(month) + "月" + std::to_string(number) +
           "日";
}

std::string word_instant(Instant at, Language language, minutes offset) {
    return word(local(at, offset), language);
}

std::string word_due(Instant at, Language language, minutes offset) {
    LocalTime time = local(at, offset);
    const bool whole = at.time_since_epoch() % minutes{1} == std::chrono::milliseconds{0};
    if (whole && time.minute == minutes{0})
        time = {time.date - std::chrono::days{1}, minutes{24 * 60}};
    return word(time, language);
}

bool parse_language(std::string_view text, Language& into) {
    const std::string_view primary = text.substr(0, text.find('-'));
    const auto is = [&](std::string_view name) {
        return primary.size() == 2 && (primary[0] | 0x20) == name[0] &&
               (primary[1] | 0x20) == name[1];
    };
    if (is("zh")) return into = Language::zh, true;
    if (is("en")) return into = Language::en, true;
    return false;
}

Language accept_language(std::string_view header, Language fallback) {
    Language best = fallback;
    int best_quality = 0;
    while (!header.empty()) {
        const std::size_t comma = header.find(',');
        const std::string_view item = trim(header.substr(0, comma));
        header = comma == std::string_view::npos ? "" : header.substr(comma + 1);
        const std::size_t semicolon = item.find(';');
        const std::string_view rest =
            semicolon == std::string_view::npos ? "" : item.substr(semicolon);
        Language language = fallback;
        const bool known = parse_language(trim(item.substr(0, semicolon)), language);
        if (known && quality(rest) > best_quality) {
            best = language;
            best_quality = quality(rest);
        }
    }
    return best;
}

}  // namespace jinqiao::config
