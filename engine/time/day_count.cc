#include "engine/time/day_count.h"

namespace jinqiao::engine::time {

namespace chr = std::chrono;

namespace {

Date count_natural(const Calendar& calendar, Date start, std::int64_t days, const Ledger& ledger) {
    if (ledger.empty()) return start + chr::days{days};
    StoppedDays stopped{calendar, ledger};
    Date day = start;
    for (; days > 0; --days) day = stopped.running_from(day + one_day);
    return day;
}

Date count_working(const Calendar& calendar, Date start, std::int64_t days, const Ledger& ledger) {
    StoppedDays stopped{calendar, ledger};
    Date day = start;
    while (days > 0) {
        day = stopped.running_from(day + one_day);
        if (calendar.is_working(day)) --days;
    }
    return day;
}

}  // namespace

StoppedDays::StoppedDays(const Calendar& calendar, const Ledger& ledger)
    : calendar_(&calendar), next_(ledger.begin()), end_(ledger.end()) {
    load();
}

Date StoppedDays::running_from(Date day) {
    while (any_ && day >= first_) {
        if (day < until_) day = until_;
        load();
    }
    return day;
}

void StoppedDays::load() {
    for (; next_ != end_; ++next_) {
        if (!next_->until) continue;  // costs nothing until it ends
        first_ = calendar_->local_date(next_->from);
        until_ = calendar_->local_date(*next_->until);
        if (first_ < until_) break;  // otherwise inside one day
    }
    any_ = next_ != end_;
    if (any_) ++next_;
}

Date last_day(const Calendar& calendar, Date start, Budget budget, const Ledger& ledger) {
    if (budget.unit == Unit::working_days)
        return count_working(calendar, start, budget.amount, ledger);
    if (budget.unit == Unit::natural_days)
        return count_natural(calendar, start, budget.amount, ledger);
    const Date matching = step_months(start, months_in(budget)).date;
    return count_natural(calendar, start, (matching - start).count(), ledger);
}

Date last_day_before(const Calendar& calendar, Date event, Budget budget) {
    if (budget.unit == Unit::natural_days) return event - chr::days{budget.amount};
    if (budget.unit != Unit::working_days) return step_months(event, -months_in(budget)).date;
    Date day = event;
    for (std::int64_t days = budget.amount; days > 0;) {
        day -= one_day;
        if (calendar.is_working(day)) --days;
    }
    return day;
}

MonthStep step_months(Date date, std::int64_t count) {
    const chr::year_month_day matching =
        chr::year_month_day{date} + chr::months{static_cast<chr::months::rep>(count)};
    if (matching.ok()) return {Date{matching}, false};
    return {Date{matching.year() / matching.month() / chr::last}, true};
}

std::int64_t months_in(Budget budget) {
    return budget.unit == Unit::years ? budget.amount * 12 : budget.amount;
}

}  // namespace jinqiao::engine::time
