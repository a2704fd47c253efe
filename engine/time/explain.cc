#include "engine/time/explain.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/time/clock_count.h"
#include "engine/time/day_count.h"
#include "engine/time/explain_runs.h"

namespace jinqiao::engine::time {

namespace chr = std::chrono;

namespace {

class Teller {
  public:
    Teller(const Calendar& calendar, const Sum& sum, Instant from, const Ledger& ledger,
           const Reckoning& reckoning)
        : calendar_(calendar), sum_(sum), from_(from), ledger_(ledger), reckoning_(reckoning) {}

    std::vector<Line> tell(const Rule& rule) {
        start();
        budget(rule);
        if (!sum_.backward) suspensions();
        counting();
        end();
        for_each_missing_year(calendar_, reckoning_, [this](int year) {
            add("provisional", {{"year", std::to_string(year)}});
        });
        if (is_day_kind(sum_.total.unit) && !sum_.backward)
            add("safe_until", {{"at", text(calendar_.close_of_business(reckoning_.day))}});
        return std::move(lines_);
    }

  private:
    using Args = std::vector<std::pair<std::string, std::string>>;

    void add(const char* code, Args args) { lines_.push_back({code, std::move(args)}); }

    std::string text(Instant at) const { return to_rfc3339(at, calendar_.utc_offset()); }

    void start() {
        if (is_day_kind(sum_.total.unit))
            add(sum_.backward ? "event" : "start",
                {{"date", to_string(calendar_.local_date(from_))}, {"at", text(from_)}});
        else
            add(sum_.backward ? "event_clock" : "start_clock", {{"at", text(from_)}});
    }

    void add_amount(const char* code, Budget budget) {
        add(code, {{"amount", std::to_string(budget.amount)},
                   {"unit", std::string{spelling(budget.unit)}}});
    }

    void budget(const Rule& rule) {
        add_amount("budget", rule.budget);
        for (const Budget& extension : rule.extensions) add_amount("extension", extension);
        if (!rule.extensions.empty()) add_amount("total", sum_.total);
    }

    void suspensions() {
        for (const Suspension& pause : ledger_) {
            if (pause.from >= reckoning_.unrolled) break;
            if (pause.until && *pause.until <= from_) continue;
            if (!pause.until)
                add("suspended_open", {{"from", text(pause.from)}, {"reason", pause.reason}});
            else
                suspension(pause, *pause.until);
        }
    }

    void suspension(const Suspension& pause, Instant until) {
        Args args{{"from", text(pause.from)}, {"until", text(until)}, {"reason", pause.reason}};
        if (is_day_kind(sum_.total.unit)) {
            args.emplace_back("days", std::to_string(days_lost(pause, until)));
            add("suspended", std::move(args));
        } else {
            const Instant first = std::max(pause.from, from_);
            const milliseconds lost = sum_.total.unit == Unit::working_hours
                                          ? working_time(calendar_, first, until, {})
                                          : clock_time(first, until, {});
            args.emplace_back("minutes",
                              std::to_string(chr::duration_cast<chr::minutes>(lost).count()));
            add("suspended_clock", std::move(args));
        }
    }

    // The days this pause kept from counting, by the same reading as StoppedDays.
    std::int64_t days_lost(const Suspension& pause, Instant until) const {
        const Date after_start = calendar_.local_date(from_) + chr::days{1};
        const Date first = std::max(calendar_.local_date(pause.from), after_start);
        const Date last = calendar_.local_date(until);  // exclusive
        if (sum_.total.unit != Unit::working_days)
            return std::max<std::int64_t>((last - first).count(), 0);
        std::int64_t lost = 0;
        for (Date day = first; day < last; day += chr::days{1}) lost += calendar_.is_working(day);
        return lost;
    }

    void counting() {
        const Unit unit = sum_.total.unit;
        if (unit == Unit::working_hours) {
            const auto [first, last] = std::minmax(from_, reckoning_.at);
            append_working_time(lines_, calendar_, first, last, sum_.backward ? Ledger{} : ledger_);
        } else if (is_day_kind(unit)) {
            const Date from = calendar_.local_date(from_);
            if (unit == Unit::months || unit == Unit::years) month_end(from);
            if (sum_.backward)
                append_days(lines_, calendar_, unit, reckoning_.unrolled_day, from - chr::days{1},
                            {});
            else
                append_days(lines_, calendar_, unit, from + chr::days{1}, reckoning_.unrolled_day,
                            ledger_);
        }
    }

    void month_end(Date from) {
        const std::int64_t count = months_in(sum_.total);
        const MonthStep step = step_months(from, sum_.backward ? -count : count);
        if (step.clipped) add("month_end", {{"date", to_string(step.date)}});
    }

    void end() {
        if (!is_day_kind(sum_.total.unit)) {
            add(sum_.backward ? "act_by_clock" : "end_clock", {{"at", text(reckoning_.at)}});
            return;
        }
        const Date last = reckoning_.unrolled_day;
        add(sum_.backward ? "act_by" : "end", {{"date", to_string(last)}});
        if (reckoning_.day != last)
            rolled(last);
        else if (sum_.roll && is_weekend(last) && calendar_.is_working(last))
            add("worked_end",
                {{"date", to_string(last)}, {"name", std::string{calendar_.worked_name(last)}}});
    }

    void rolled(Date last) {
        const std::string_view name = calendar_.off_name(last);
        std::string code = sum_.backward ? "backward_rolled" : "rolled";
        Args args{{"from", to_string(last)}, {"to", to_string(reckoning_.day)}};
        if (name.empty())
            code += "_weekend";
        else
            args.emplace_back("name", name);
        add(code.c_str(), std::move(args));
    }

    const Calendar& calendar_;
    const Sum& sum_;
    Instant from_;
    const Ledger& ledger_;
    const Reckoning& reckoning_;
    std::vector<Line> lines_;
};

}  // namespace

std::vector<Line> explain(const Calendar& calendar, const Rule& rule, const Sum& sum, Instant from,
                          const Ledger& ledger, const Reckoning& reckoning) {
    return Teller{calendar, sum, from, ledger, reckoning}.tell(rule);
}

}  // namespace jinqiao::engine::time
