#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/time/due.h"
#include "tests/unit/time/calendar_fixture.h"

// due() against an oracle that walks minute by minute or day by day and knows no shortcut. Random
// calendars, ledgers and starts from a fixed seed; a failure prints all it takes to write it down.
namespace jinqiao::engine::time::testing {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::minutes;

class Random {
  public:
    explicit Random(unsigned seed) : engine_(seed) {}
    std::int64_t operator()(std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>{from, to}(engine_);
    }

  private:
    std::mt19937 engine_;
};

Calendar random_calendar(Random& random) {
    CalendarData data;
    for (int year = 2025; year <= 2027; ++year)
        if (random(0, 3) != 0) data.years.insert(year);
    const Date first = day("2025-06-01");
    for (int i = 0; i < 15; ++i) {
        const Date from = first + days{random(0, 700)};
        for (std::int64_t length = random(1, 9); length > 0; --length)
            data.off.emplace(from + days{length}, "holiday");
    }
    for (int i = 0; i < 20; ++i) data.worked.emplace(first + days{random(0, 700)}, "holiday");
    return Calendar{data};
}

Instant random_minute(Random& random) {
    return at("2025-10-01 00:00") + minutes{random(0, 400 * 24 * 60)};
}

// Pauses that often begin or end exactly at midnight, where rounding mistakes would hide.
Ledger random_ledger(Random& random, const Calendar& calendar, Instant from) {
    Ledger ledger;
    Instant cursor = from - minutes{random(0, 3000)};
    for (std::int64_t count = random(0, 4); count > 0; --count) {
        const Instant start = cursor + minutes{random(0, 4000)};
        Instant until = start + minutes{random(0, 6000)};
        if (random(0, 3) == 0) until = calendar.end_of(calendar.local_date(until));
        ledger.push_back({start, until, "pause"});
        cursor = until;
    }
    if (random(0, 3) == 0) ledger.push_back({cursor + minutes{random(0, 4000)}, {}, "open"});
    return ledger;
}

bool stopped(const Ledger& ledger, Instant instant) {
    return std::any_of(ledger.begin(), ledger.end(), [&](const Suspension& pause) {
        return pause.until && pause.from <= instant && instant < *pause.until;
    });
}

bool at_work(const Calendar& calendar, Instant instant) {
    const Date date = calendar.local_date(instant);
    const auto minute = instant - calendar.start_of(date);
    return calendar.is_working(date) && ((minute >= 9h && minute < 11h + 30min) ||
                                         (minute >= 13h + 30min && minute < 17h + 30min));
}

Instant oracle_minutes(const Calendar& calendar, Budget budget, Instant from,
                       const Ledger& ledger) {
    std::int64_t left = budget.unit == Unit::minutes ? budget.amount : budget.amount * 60;
    Instant now = from;
    for (; left > 0; now += 1min)
        if (!stopped(ledger, now) && (budget.unit != Unit::working_hours || at_work(calendar, now)))
            --left;
    return now;
}

Date oracle_days(const Calendar& calendar, Budget budget, Date from, const Ledger& ledger) {
    Date date = from;
    for (std::int64_t left = budget.amount; left > 0;) {
        date += days{1};
        const Instant last_moment = calendar.end_of(date) - 1ms;
        if (!stopped(ledger, last_moment) &&
            (budget.unit != Unit::working_days || calendar.is_working(date)))
            --left;
    }
    return date;
}

std::string describe(const Budget& budget, Instant from, const Ledger& ledger) {
    std::string out = to_string(budget) + " from " + show(from);
    for (const Suspension& pause : ledger)
        out += "; pause " + show(pause.from) + " .. " + (pause.until ? show(*pause.until) : "open");
    return out;
}

TEST(Property, ClockKindsAgreeWithCountingEveryMinute) {
    Random random{20261122};
    for (int round = 0; round < 600; ++round) {
        const Calendar calendar = random_calendar(random);
        const Budget amount = round % 3 == 0   ? Budget{random(0, 600), Unit::minutes}
                              : round % 3 == 1 ? Budget{random(0, 48), Unit::hours}
                                               : Budget{random(0, 30), Unit::working_hours};
        const Instant from = random_minute(random);
        const Ledger ledger = random_ledger(random, calendar, from);
        const Due answer = due(calendar, Rule{.budget = amount, .extensions = {}}, from, ledger);
        ASSERT_EQ(show(answer.at), show(oracle_minutes(calendar, amount, from, ledger)))
            << describe(amount, from, ledger);
        ASSERT_EQ(answer.unrolled, answer.at);
    }
}

TEST(Property, DayKindsAgreeWithLookingAtEveryDay) {
    Random random{19490501};
    for (int round = 0; round < 3000; ++round) {
        const Calendar calendar = random_calendar(random);
        const Budget amount = round % 2 == 0 ? Budget{random(0, 120), Unit::natural_days}
                                             : Budget{random(0, 60), Unit::working_days};
        const Instant from = random_minute(random);
        const Ledger ledger = random_ledger(random, calendar, from);
        const Due answer = due(calendar, Rule{.budget = amount, .extensions = {}}, from, ledger);

        const Date last = oracle_days(calendar, amount, calendar.local_date(from), ledger);
        Date rolled = last;
        if (calendar.covers(last))
            while (!calendar.is_working(rolled)) rolled += days{1};
        ASSERT_EQ(show(answer.unrolled), show(calendar.end_of(last)))
            << describe(amount, from, ledger);
        ASSERT_EQ(show(answer.at), show(calendar.end_of(rolled))) << describe(amount, from, ledger);

        bool provisional = !calendar.covers(last) || !calendar.covers(rolled);
        if (amount.unit == Unit::working_days)
            for (Date date = calendar.local_date(from) + days{1}; date <= last; date += days{1})
                provisional = provisional || !calendar.covers(date);
        ASSERT_EQ(answer.provisional, provisional) << describe(amount, from, ledger);
    }
}

TEST(Property, BackwardLeavesExactlyTheBudgetBeforeTheEvent) {
    Random random{20080501};
    for (int round = 0; round < 2000; ++round) {
        const Calendar calendar = random_calendar(random);
        const Budget amount = round % 2 == 0 ? Budget{random(1, 90), Unit::natural_days}
                                             : Budget{random(1, 40), Unit::working_days};
        const Instant event = random_minute(random);
        const Due answer =
            due(calendar, Rule{.budget = amount, .extensions = {}, .backward = true}, event);

        Date act_by = calendar.local_date(event);
        for (std::int64_t left = amount.amount; left > 0;) {
            act_by -= days{1};
            if (amount.unit == Unit::natural_days || calendar.is_working(act_by)) --left;
        }
        ASSERT_EQ(show(answer.unrolled), show(calendar.end_of(act_by)));
        if (calendar.covers(act_by))
            while (!calendar.is_working(act_by)) act_by -= days{1};
        ASSERT_EQ(show(answer.at), show(calendar.end_of(act_by)));
    }
}

TEST(Property, BackwardWorkingHoursUndoForwardOnesInsideWork) {
    Random random{20150321};
    for (int round = 0; round < 500; ++round) {
        const Calendar calendar = random_calendar(random);
        const Budget amount{random(1, 30), Unit::working_hours};
        Instant from = random_minute(random);
        while (!at_work(calendar, from)) from += 1min;
        const Instant end = add(calendar, from, amount);
        ASSERT_EQ(show(add(calendar, end, amount, true)), show(from)) << to_string(amount);
    }
}

// The explanation is a second walk over the same days; these sums hold it to the first.
TEST(Property, TheCountedRunsOfAnExplanationAddUpToTheBudget) {
    Random random{20261009};
    for (int round = 0; round < 1500; ++round) {
        const Calendar calendar = random_calendar(random);
        const Unit units[] = {Unit::natural_days, Unit::working_days, Unit::working_hours};
        const Budget amount{random(1, 40), units[round % 3]};
        const Instant from = random_minute(random);
        const Ledger ledger = random_ledger(random, calendar, from);
        const Due answer = due(calendar, Rule{.budget = amount, .extensions = {}}, from, ledger);

        std::int64_t counted = 0;
        std::int64_t lost = 0;
        for (const Line& line : answer.explain.lines()) {
            if (line.code == "counted" || line.code == "counted_hours")
                counted += std::stoll(line.args.at(2).second);
            if (line.code == "suspended") lost += std::stoll(line.args.at(3).second);
        }
        const bool hours = amount.unit == Unit::working_hours;
        ASSERT_EQ(counted, hours ? amount.amount * 60 : amount.amount)
            << describe(amount, from, ledger);
        if (amount.unit == Unit::natural_days) {
            ASSERT_EQ(answer.unrolled,
                      calendar.end_of(calendar.local_date(from)) + days{amount.amount + lost});
        }
    }
}

TEST(Property, ALongerBudgetIsNeverDueEarlier) {
    Random random{19950101};
    for (int round = 0; round < 1000; ++round) {
        const Calendar calendar = plain_years(2024, 2030);
        const Unit unit = static_cast<Unit>(random(0, 6));
        const std::int64_t amount = random(0, 20);
        const Instant from = random_minute(random);
        const Ledger ledger = random_ledger(random, calendar, from);
        const Due shorter =
            due(calendar, Rule{.budget = {amount, unit}, .extensions = {}}, from, ledger);
        const Due longer =
            due(calendar, Rule{.budget = {amount + 1, unit}, .extensions = {}}, from, ledger);
        ASSERT_LE(shorter.at, longer.at) << describe({amount, unit}, from, ledger);
        ASSERT_GE(shorter.at, shorter.unrolled);
    }
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
