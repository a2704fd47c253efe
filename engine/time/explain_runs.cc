#include "engine/time/explain_runs.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/time/clock_count.h"
#include "engine/time/day_count.h"

namespace jinqiao::engine::time {

namespace chr = std::chrono;

namespace {

// Joins neighbouring days of one kind and writes a line whenever the kind changes. The order of
// lines is the order of days; a shifted working day is named just before the run it opens.
class Runs {
  public:
    Runs(std::vector<Line>& lines, const Calendar& calendar) : lines_(lines), calendar_(calendar) {}
    ~Runs() { close(); }

    Runs(const Runs&) = delete;
    Runs& operator=(const Runs&) = delete;

    void counted(Date day) { extend(Kind::counted, {}, day, day, 1); }
    void counted(Date first, Date last) {
        extend(Kind::counted, {}, first, last, (last - first).count() + 1);
    }
    void skipped(Date day) { extend(Kind::skipped, calendar_.off_name(day), day, day, 1); }

    // A day worked in part stands alone; days worked in full are joined.
    void hours(Date day, std::int64_t minutes, bool full) {
        extend(full ? Kind::full_hours : Kind::part_hours, {}, day, day, minutes);
        if (!full) close();
    }

    // Ends the run in hand and names the shifted working day that opens the next.
    void worked(Date day) {
        close();
        lines_.push_back(
            {"worked",
             {{"date", to_string(day)}, {"name", std::string{calendar_.worked_name(day)}}}});
    }

  private:
    enum class Kind { none, counted, skipped, full_hours, part_hours };

    void extend(Kind kind, std::string_view name, Date first, Date last, std::int64_t amount) {
        if (kind != kind_ || name != name_ || first != last_ + one_day) {
            close();
            kind_ = kind;
            name_ = name;
            first_ = first;
            amount_ = 0;
        }
        last_ = last;
        amount_ += amount;
    }

    void close() {
        if (kind_ == Kind::none) return;
        Line line{"", {{"from", to_string(first_)}, {"to", to_string(last_)}}};
        if (kind_ == Kind::counted) {
            line.code = "counted";
            line.args.emplace_back("n", std::to_string(amount_));
        } else if (kind_ == Kind::skipped) {
            line.code = name_.empty() ? "skipped_weekend" : "skipped";
            if (!name_.empty()) line.args.emplace_back("name", name_);
        } else {
            line.code = "counted_hours";
            line.args.emplace_back("minutes", std::to_string(amount_));
        }
        lines_.push_back(std::move(line));
        kind_ = Kind::none;
    }

    std::vector<Line>& lines_;
    const Calendar& calendar_;
    Kind kind_ = Kind::none;
    std::string_view name_;
    Date first_{};
    Date last_{};
    std::int64_t amount_ = 0;
};

bool is_shifted(const Calendar& calendar, Date day) {
    return is_weekend(day) && calendar.is_working(day);
}

}  // namespace

void append_days(std::vector<Line>& lines, const Calendar& calendar, Unit unit, Date first,
                 Date last, const Ledger& ledger) {
    if (first > last) return;
    Runs runs{lines, calendar};
    if (unit != Unit::working_days && ledger.empty()) return runs.counted(first, last);

    StoppedDays stopped{calendar, ledger};
    for (Date day = stopped.running_from(first); day <= last;
         day = stopped.running_from(day + one_day)) {
        if (unit != Unit::working_days || calendar.is_working(day)) {
            if (unit == Unit::working_days && is_shifted(calendar, day)) runs.worked(day);
            runs.counted(day);
        } else {
            runs.skipped(day);
        }
    }
}

void append_working_time(std::vector<Line>& lines, const Calendar& calendar, Instant from,
                         Instant until, const Ledger& ledger) {
    Runs runs{lines, calendar};
    const Date last = calendar.local_date(until - milliseconds{1});
    for (Date day = calendar.local_date(from); day <= last; day += one_day) {
        if (!calendar.is_working(day)) {
            runs.skipped(day);
            continue;
        }
        const Instant day_end = calendar.end_of(day);
        const milliseconds run = working_time(calendar, std::max(from, calendar.start_of(day)),
                                              std::min(until, day_end), ledger);
        if (run <= milliseconds{0}) continue;
        const bool full = run == working_time(calendar, calendar.start_of(day), day_end, {});
        if (is_shifted(calendar, day)) runs.worked(day);
        runs.hours(day, chr::duration_cast<chr::minutes>(run).count(), full);
    }
}

}  // namespace jinqiao::engine::time
