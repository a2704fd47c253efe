#include "adapters/http/icalendar.h"

#include <algorithm>
#include <cstdio>

namespace jinqiao::adapters::http {

namespace time = engine::time;

namespace {

constexpr std::size_t longest_line = 75;  // octets, the line's end aside (RFC 5545, 3.1)
constexpr std::chrono::minutes china{480};

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// 20261009T173000
std::string basic(time::Instant at, std::chrono::minutes offset) {
    const auto text = time::to_rfc3339(std::chrono::floor<std::chrono::seconds>(at), offset);
    std::string out;
    for (const char c : text.substr(0, 19))
        if (c != '-' && c != ':') out += c;
    return out;
}

std::string utc(time::Instant at) { return basic(at, std::chrono::minutes{0}) + "Z"; }

class Writer {
  public:
    explicit Writer(const CalendarFeed& feed) : feed_(feed) {}

    std::string write() {
        open("VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID",
             "-//Jinqiao//Deadlines//" + std::string(feed_.language == "en" ? "EN" : "ZH"));
        line("CALSCALE", "GREGORIAN");
        line("METHOD", "PUBLISH");
        line("NAME", icalendar_text(feed_.name));
        line("X-WR-CALNAME", icalendar_text(feed_.name));
        const auto refresh = icalendar_duration(feed_.refresh);
        line("REFRESH-INTERVAL;VALUE=DURATION", refresh);
        line("X-PUBLISHED-TTL", refresh);
        if (zoned()) {
            line("X-WR-TIMEZONE", "Asia/Shanghai");
            zone();
        }
        for (const auto& entry : feed_.entries) event(entry);
        close("VCALENDAR");
        return std::move(out_);
    }

  private:
    void line(std::string_view name, std::string_view value) {
        out_ += icalendar_line(name, value);
    }
    void open(std::string_view part) { line("BEGIN", part); }
    void close(std::string_view part) { line("END", part); }
    bool zoned() const { return feed_.utc_offset == china; }

    // No summer time since 1991, and no deadline is older.
    void zone() {
        open("VTIMEZONE");
        line("TZID", "Asia/Shanghai");
        open("STANDARD");
        line("DTSTART", "19920101T000000");
        line("TZOFFSETFROM", "+0800");
        line("TZOFFSETTO", "+0800");
        line("TZNAME", "CST");
        close("STANDARD");
        close("VTIMEZONE");
    }

    void moment(const std::string& name, time::Instant at) {
        if (zoned())
            line(name + ";TZID=Asia/Shanghai", basic(at, feed_.utc_offset));
        else
            line(name, utc(at));
    }

    // The end of a day is stored as 00:00 of the next, where nobody would look for it: the entry
    // begins a minute before, on the last day.
    void times(const CalendarEntry& entry) {
        const bool midnight = basic(entry.due, feed_.utc_offset).ends_with("T000000");
        if (!midnight) return moment("DTSTART", entry.due);
        moment("DTSTART", entry.due - std::chrono::minutes{1});
        moment("DTEND", entry.due);
    }

    void event(const CalendarEntry& entry) {
        using Status = CalendarEntry::Status;
        open("VEVENT");
        line("UID", entry.uid);
        line("DTSTAMP", utc(entry.stamp));
        line("SEQUENCE", std::to_string(entry.sequence));
        times(entry);
        line("SUMMARY", icalendar_text(entry.summary));
        if (!entry.description.empty()) line("DESCRIPTION", icalendar_text(entry.description));
        line("STATUS", entry.status == Status::cancelled   ? "CANCELLED"
                       : entry.status == Status::tentative ? "TENTATIVE"
                                                           : "CONFIRMED");
        line("TRANSP", "TRANSPARENT");
        if (entry.alarm && entry.status != Status::cancelled) alarm(entry);
        close("VEVENT");
    }

    void alarm(const CalendarEntry& entry) {
        open("VALARM");
        line("ACTION", "DISPLAY");
        line("DESCRIPTION", icalendar_text(entry.summary));
        line("TRIGGER", "-" + icalendar_duration(*entry.alarm));
        close("VALARM");
    }

    const CalendarFeed& feed_;
    std::string out_;
};

}  // namespace

std::string icalendar_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f')
            out += c;
    }
    return out;
}

std::string icalendar_line(std::string_view name, std::string_view value) {
    std::string whole(name);
    whole.append(":").append(value);
    std::string out;
    std::string_view rest = whole;
    std::size_t room = longest_line;
    while (rest.size() > room) {
        auto cut = room;
        while (cut > 0 && continues(rest[cut])) --cut;
        if (cut == 0) cut = room;  // not UTF-8 at all
        out.append(rest.substr(0, cut)).append("\r\n ");
        rest.remove_prefix(cut);
        room = longest_line - 1;  // the space counts
    }
    return out.append(rest).append("\r\n");
}

std::string icalendar_duration(std::chrono::seconds span) {
    const auto total = std::max<std::int64_t>(span.count(), 0);
    constexpr std::int64_t day = 86'400;
    if (total > 0 && total % day == 0) return "P" + std::to_string(total / day) + "D";
    std::string out = "PT";
    if (const auto hours = total / 3600; hours > 0) out += std::to_string(hours) + "H";
    if (const auto minutes = total / 60 % 60; minutes > 0) out += std::to_string(minutes) + "M";
    if (const auto seconds = total % 60; seconds > 0 || total == 0)
        out += std::to_string(seconds) + "S";
    return out;
}

std::string write_icalendar(const CalendarFeed& feed) { return Writer(feed).write(); }

}  // namespace jinqiao::adapters::http
