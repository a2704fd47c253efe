#include "config/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "config/map.h"

namespace jinqiao::config {

using std::chrono::milliseconds;

namespace {

struct SpanUnit {
    std::string_view name;
    std::int64_t ms;
};
constexpr std::array<SpanUnit, 5> span_units{
    {{"ms", 1}, {"s", 1'000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::int64_t longest_ms = 3'660LL * 86'400'000;  // ten years

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row[b.size()];
}

}  // namespace

std::optional<milliseconds> parse_span(std::string_view text) {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || space == 0) return {};
    std::int64_t amount = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + space, amount);
    if (error != std::errc{} || end != text.data() + space || amount < 0) return {};
    for (const SpanUnit& unit : span_units)
        if (text.substr(space + 1) == unit.name && amount <= longest_ms / unit.ms)
            return milliseconds{amount * unit.ms};
    return {};
}

std::string word_span(milliseconds span) {
    const SpanUnit* best = &span_units.front();
    for (const SpanUnit& unit : span_units)
        if (span.count() != 0 && span.count() % unit.ms == 0) best = &unit;
    return std::to_string(span.count() / best->ms) + " " + std::string(best->name);
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return {};
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute > 59 || hour * 60 + minute > 24 * 60) return {};
    return std::chrono::minutes{hour * 60 + minute};
}

constexpr std::size_t shortest_beginning = 4;  // letters by which a name is meant

std::string nearest(std::string_view word, const std::vector<std::string>& allowed) {
    std::string best;
    // Further than half the word is another word, not a slip of the finger.
    std::size_t least = std::max<std::size_t>(2, word.size() / 2) + 1;
    for (const std::string& candidate : allowed) {
        std::size_t distance = edit_distance(word, candidate);
        // "fallback" for "fallback_desk": the rest was left out.
        if (word.size() >= shortest_beginning && candidate.starts_with(word))
            distance = std::min<std::size_t>(distance, 2);
        // Nothing in common: "de" is no slip for "zh".
        if (distance < least && distance < word.size()) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

std::string listed(const std::vector<std::string>& words) {
    constexpr std::size_t most = 24;
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i)
        text += (i == 0 ? "" : ", ") + words[i];
    return words.size() > most ? text + ", …" : text;
}

std::string word_time_of_day(std::chrono::minutes time) {
    const auto two = [](std::int64_t number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return two(time.count() / 60) + ":" + two(time.count() % 60);
}

}  // namespace jinqiao::config
