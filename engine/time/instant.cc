#include "engine/time/instant.h"

#include <cassert>

namespace jinqiao::engine::time {

namespace chr = std::chrono;

namespace {

// Reads fixed-width fields off the front of a text. A reader that has failed stays failed, so a
// caller asks once, at the end.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    int digits(std::size_t width) {
        int value = 0;
        for (std::size_t i = 0; i < width; ++i) value = value * 10 + digit();
        return value;
    }

    bool next_is(char expected) const { return !rest_.empty() && rest_.front() == expected; }

    void literal(char expected) {
        if (!next_is(expected)) return fail();
        rest_.remove_prefix(1);
    }

    bool next_is_digit() const {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }

    int digit() {
        if (!next_is_digit()) {
            fail();
            return 0;
        }
        const int value = rest_.front() - '0';
        rest_.remove_prefix(1);
        return value;
    }

    void require(bool condition) {
        if (!condition) fail();
    }

    bool done() const { return ok_ && rest_.empty(); }

  private:
    void fail() { ok_ = false; }

    std::string_view rest_;
    bool ok_ = true;
};

Date read_date(Reader& reader) {
    const int year = reader.digits(4);
    reader.literal('-');
    const int month = reader.digits(2);
    reader.literal('-');
    const int day = reader.digits(2);
    const chr::year_month_day date{chr::year{year}, chr::month{static_cast<unsigned>(month)},
                                   chr::day{static_cast<unsigned>(day)}};
    reader.require(date.ok());
    return date.ok() ? Date{date} : Date{};
}

chr::milliseconds read_fraction(Reader& reader) {
    if (!reader.next_is('.')) return {};
    reader.literal('.');
    reader.require(reader.next_is_digit());
    int ms = 0;
    for (int weight = 100; reader.next_is_digit(); weight /= 10) ms += reader.digit() * weight;
    return chr::milliseconds{ms};
}

chr::milliseconds read_time_of_day(Reader& reader) {
    const int hour = reader.digits(2);
    reader.literal(':');
    const int minute = reader.digits(2);
    reader.literal(':');
    const int second = reader.digits(2);
    reader.require(hour < 24 && minute < 60 && second < 60);
    return chr::hours{hour} + chr::minutes{minute} + chr::seconds{second} + read_fraction(reader);
}

chr::minutes read_offset(Reader& reader) {
    if (reader.next_is('Z')) {
        reader.literal('Z');
        return {};
    }
    const bool west = reader.next_is('-');
    reader.literal(west ? '-' : '+');
    const int hour = reader.digits(2);
    reader.literal(':');
    const int minute = reader.digits(2);
    reader.require(hour < 24 && minute < 60);
    const chr::minutes offset{hour * 60 + minute};
    return west ? -offset : offset;
}

void append_padded(std::string& out, std::int64_t value, int width) {
    assert(value >= 0);
    std::string digits = std::to_string(value);
    const auto wanted = static_cast<std::size_t>(width);
    if (digits.size() < wanted) out.append(wanted - digits.size(), '0');
    out += digits;
}

void append_date(std::string& out, Date date) {
    const chr::year_month_day ymd{date};
    append_padded(out, static_cast<int>(ymd.year()), 4);
    out += '-';
    append_padded(out, static_cast<unsigned>(ymd.month()), 2);
    out += '-';
    append_padded(out, static_cast<unsigned>(ymd.day()), 2);
}

}  // namespace

std::string to_rfc3339(Instant at, chr::minutes offset) {
    const chr::local_time<chr::milliseconds> local{at.time_since_epoch() + offset};
    const Date date = chr::floor<chr::days>(local);
    const chr::hh_mm_ss clock{local - date};

    std::string out;
    out.reserve(29);
    append_date(out, date);
    out += 'T';
    append_padded(out, clock.hours().count(), 2);
    out += ':';
    append_padded(out, clock.minutes().count(), 2);
    out += ':';
    append_padded(out, clock.seconds().count(), 2);
    if (clock.subseconds().count() != 0) {
        out += '.';
        append_padded(out, clock.subseconds().count(), 3);
    }
    out += offset.count() < 0 ? '-' : '+';
    const auto distance = chr::abs(offset).count();
    append_padded(out, distance / 60, 2);
    out += ':';
    append_padded(out, distance % 60, 2);
    return out;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
    Reader reader{text};
    const Date date = read_date(reader);
    reader.literal('T');
    const chr::milliseconds time_of_day = read_time_of_day(reader);
    const chr::minutes offset = read_offset(reader);
    if (!reader.done()) return std::nullopt;
    return Instant{date.time_since_epoch() + time_of_day - offset};
}

std::string to_string(Date date) {
    std::string out;
    append_date(out, date);
    return out;
}

std::optional<Date> parse_date(std::string_view text) {
    Reader reader{text};
    const Date date = read_date(reader);
    if (!reader.done()) return std::nullopt;
    return date;
}

std::int64_t to_ms(Instant at) { return at.time_since_epoch().count(); }

Instant from_ms(std::int64_t ms) { return Instant{chr::milliseconds{ms}}; }

}  // namespace jinqiao::engine::time
