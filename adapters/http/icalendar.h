#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/time/instant.h"

namespace jinqiao::adapters::http {

// One deadline as calendar programs see it.
struct CalendarEntry {
    std::string uid;              // the same for as long as it is the same deadline
    std::uint64_t sequence = 0;   // never falls, and rises when the deadline moves
    engine::time::Instant stamp;  // of the facts it is made from: the same facts, the same text
    engine::time::Instant due;
    std::string summary, description;
    enum class Status { confirmed, tentative, cancelled } status = Status::confirmed;
    std::optional<std::chrono::seconds> alarm;  // before due; empty: nothing rings
};

struct CalendarFeed {
    std::string name;
    std::string language;  // "zh-CN"
    std::chrono::minutes utc_offset{480};
    std::chrono::seconds refresh{900};
    std::vector<CalendarEntry> entries;
};

// iCalendar (RFC 5545) with what RFC 7986 adds for feeds. Pure: equal feeds, equal bytes.
std::string write_icalendar(const CalendarFeed& feed);

// "P1D", "PT30M", "PT1H30M" (RFC 5545, 3.3.6); without a sign.
std::string icalendar_duration(std::chrono::seconds span);
// One content line: TEXT of any length, folded at 75 octets and never within a character.
std::string icalendar_line(std::string_view name, std::string_view value);
std::string icalendar_text(std::string_view text);

}  // namespace jinqiao::adapters::http
