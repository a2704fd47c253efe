#include "engine/time/due.h"

#include <algorithm>
#include <cassert>

#include "engine/time/explain.h"
#include "engine/time/reckon.h"

namespace jinqiao::engine::time {

namespace {

Budget total(const Rule& rule) {
    Budget sum = rule.budget;
    for (const Budget& extension : rule.extensions) {
        assert(compatible(rule.budget, extension));
        sum.amount += extension.amount;
    }
    assert(sum.amount >= 0);
    return sum;
}

}  // namespace

Due due(const Calendar& calendar, const Rule& rule, Instant from, const Ledger& ledger) {
    assert(is_well_formed(ledger));
    const Sum sum{total(rule), rule.backward, rule.roll};
    const Reckoning reckoning = reckon(calendar, sum, from, ledger);

    Due out;
    out.at = reckoning.at;
    out.unrolled = reckoning.unrolled;
    if (is_day_kind(sum.total.unit) && !sum.backward)
        out.safe_until = calendar.close_of_business(reckoning.day);
    for_each_missing_year(calendar, reckoning, [&out](int) { out.provisional = true; });
    out.explain = Explanation(explain(calendar, rule, sum, from, ledger, reckoning));
    return out;
}

Instant add(const Calendar& calendar, Instant from, Budget budget, bool backward) {
    // Backward, the preceding working day is part of the meaning; forward, a rung never rolls.
    return reckon(calendar, {budget, backward, backward}, from, {}).at;
}

Instant ahead_of(const Calendar& calendar, Instant due_at, Budget budget) {
    const Sum sum{budget, true, false};
    if (!is_day_kind(budget.unit)) return reckon(calendar, sum, due_at, {}).at;
    return reckon(calendar, sum, due_at - std::chrono::milliseconds{1}, {}).at;
}

}  // namespace jinqiao::engine::time
