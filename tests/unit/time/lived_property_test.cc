#include <gtest/gtest.h>

#include "tests/unit/time/minute_oracle.h"

// Budget, extensions, suspensions and a calendar, at random: the derived due instant against one
// that was lived through, and what must hold of any two.
namespace jinqiao::engine::time::testing {
namespace {

using std::chrono::minutes;

struct Situation {
    Calendar calendar;
    Rule rule;
    Instant from;
    Ledger ledger;

    Instant derived() const { return due(calendar, rule, from, ledger).at; }
    Budget total() const {
        Budget sum = rule.budget;
        for (const Budget& each : rule.extensions) sum.amount += each.amount;
        return sum;
    }
    std::string words() const {
        std::string out = to_string(total()) + " from " + show(from);
        for (const auto& pause : ledger)
            out += "; pause " + show(pause.from) + " .. " + (pause.until ? show(*pause.until) : "");
        return out;
    }
};

class Chance {
  public:
    explicit Chance(unsigned seed) : engine_(seed) {}
    int operator()(int from, int to) {
        return std::uniform_int_distribution<int>{from, to}(engine_);
    }
    std::mt19937& engine() { return engine_; }

  private:
    std::mt19937 engine_;
};

Budget any_budget(Chance& chance, Unit unit) {
    const int most = unit == Unit::minutes ? 900 : unit == Unit::hours ? 60 : 20;
    return {chance(0, most), unit};
}

Situation any_situation(Chance& chance, bool all_known = false) {
    constexpr Unit units[] = {Unit::minutes, Unit::hours, Unit::working_hours, Unit::natural_days,
                              Unit::working_days};
    const Unit unit = units[chance(0, 4)];
    Situation out{any_calendar(chance.engine(), all_known), {}, {}, {}};
    out.rule.budget = any_budget(chance, unit);
    for (int n = chance(0, 2); n > 0; --n) out.rule.extensions.push_back(any_budget(chance, unit));
    out.from = at("2025-10-01 00:00") + minutes{chance(0, 300 * 24 * 60)};
    Instant cursor = out.from - minutes{chance(0, 2000)};
    for (int n = chance(0, 3); n > 0; --n) {
        const Instant start = cursor + minutes{chance(0, 3000)};
        Instant until = start + minutes{chance(0, 5000)};
        // Pauses that end with a day are where a minute too many or too few would hide.
        if (chance(0, 2) == 0) until = out.calendar.end_of(out.calendar.local_date(until));
        out.ledger.push_back({start, until, "pause"});
        cursor = until;
    }
    return out;
}

TEST(LivedThrough, DerivedDueIsTheMinuteAtWhichTheTimeIsOver) {
    Chance chance{20260303};
    for (int round = 0; round < 500; ++round) {
        const auto one = any_situation(chance);
        ASSERT_EQ(show(one.derived()),
                  show(lived_through(one.calendar, one.total(), one.from, one.ledger)))
            << one.words();
    }
}

// Never early: a minute before the unrolled end some of the time is still to come.
TEST(LivedThrough, NothingIsDueBeforeItsTimeHasRun) {
    Chance chance{20260304};
    for (int round = 0; round < 300; ++round) {
        auto one = any_situation(chance);
        if (one.total().amount == 0) continue;
        const auto answer = due(one.calendar, one.rule, one.from, one.ledger);
        auto less = one.total();
        --less.amount;
        ASSERT_GE(answer.at, answer.unrolled);
        ASSERT_GT(answer.unrolled,
                  lived_through(one.calendar, less, one.from, one.ledger, false) - minutes{1})
            << one.words();
        ASSERT_GE(answer.at, one.from);
    }
}

TEST(LivedThrough, MoreTimeIsNeverEarlier) {
    Chance chance{20260305};
    for (int round = 0; round < 600; ++round) {
        auto one = any_situation(chance, true);
        const auto before = one.derived();
        if (chance(0, 1) == 0)
            one.rule.budget.amount += chance(1, 5);
        else
            one.rule.extensions.push_back({chance(1, 5), one.rule.budget.unit});
        ASSERT_GE(one.derived(), before) << one.words();
    }
}

TEST(LivedThrough, MoreSuspensionIsNeverEarlier) {
    Chance chance{20260306};
    for (int round = 0; round < 600; ++round) {
        auto one = any_situation(chance, true);
        const auto before = one.derived();
        const auto last = one.ledger.empty() ? one.from : *one.ledger.back().until;
        const auto start = last + minutes{chance(0, 3000)};
        one.ledger.push_back({start, start + minutes{chance(0, 6000)}, "another"});
        ASSERT_GE(one.derived(), before) << one.words();
    }
}

// A suspension that stands still is worth nothing yet, and never less when it ends later.
TEST(LivedThrough, OpenSuspensionCountsAsIfItEndedAtOnce) {
    Chance chance{20260307};
    for (int round = 0; round < 300; ++round) {
        auto one = any_situation(chance, true);
        const auto before = one.derived();
        const auto last = one.ledger.empty() ? one.from : *one.ledger.back().until;
        one.ledger.push_back({last + minutes{chance(0, 3000)}, {}, "open"});
        ASSERT_EQ(show(one.derived()), show(before)) << one.words();
        one.ledger.back().until = one.ledger.back().from + minutes{chance(0, 6000)};
        ASSERT_GE(one.derived(), before) << one.words();
    }
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
