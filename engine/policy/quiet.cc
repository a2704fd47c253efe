#include "engine/policy/quiet.h"

#include <algorithm>

#include "engine/policy/directory.h"

namespace jinqiao::engine::policy {

using std::chrono::days;
using std::chrono::minutes;
using time::Instant;

namespace {

constexpr days longest_quiet{1};

Instant instant_of(std::chrono::sys_days local_day, minutes minute, minutes utc_offset) {
    return Instant{local_day.time_since_epoch() + minute - utc_offset};
}

// The window as it begins on the local day, if it does.
std::optional<Instant> end_within(const QuietWindow& window, std::chrono::sys_days day, Instant at,
                                  minutes utc_offset) {
    const int weekday = static_cast<int>(std::chrono::weekday{day}.iso_encoding());
    if (!window.days.empty() && !window.days.contains(weekday)) return {};
    const Instant from = instant_of(day, window.from, utc_offset);
    const days over_midnight{window.until <= window.from ? 1 : 0};
    const Instant until = instant_of(day + over_midnight, window.until, utc_offset);
    if (at < from || at >= until) return {};
    return until;
}

std::optional<Instant> end_of_window(const std::vector<QuietWindow>& windows, Instant at,
                                     minutes utc_offset) {
    const auto today = std::chrono::floor<days>(at + utc_offset);
    std::optional<Instant> latest;
    for (const auto& window : windows)
        for (const auto day : {today - days{1}, today})
            if (const auto end = end_within(window, day, at, utc_offset))
                latest = std::max(latest.value_or(*end), *end);
    return latest;
}

bool duty_now(const Directory& directory, const model::PersonId& person, Instant at) {
    return std::any_of(directory.posts.begin(), directory.posts.end(), [&](const auto& entry) {
        const auto duty = on_duty(directory, entry.first, at);
        return duty && duty->person == person;
    });
}

}  // namespace

std::optional<Instant> quiet_until(const std::vector<QuietWindow>& windows, Instant at,
                                   minutes utc_offset) {
    const Instant last = at + longest_quiet;
    std::optional<Instant> end = end_of_window(windows, at, utc_offset);
    while (end && *end < last) {
        const auto further = end_of_window(windows, *end, utc_offset);
        if (!further) return end;
        end = further;
    }
    return end ? std::optional(std::min(*end, last)) : std::nullopt;
}

std::optional<Instant> held_until(const Directory& directory, const Way& way, bool urgent,
                                  Instant at) {
    if (urgent || way.person.empty()) return {};
    const auto person = directory.people.find(way.person);
    if (person == directory.people.end() || person->second.quiet.empty()) return {};
    const auto end = quiet_until(person->second.quiet, at, directory.utc_offset);
    if (!end || duty_now(directory, way.person, at)) return {};
    return end;
}

}  // namespace jinqiao::engine::policy
