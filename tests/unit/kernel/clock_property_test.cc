#include <gtest/gtest.h>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/minute_oracle.h"

// A clock on its way through a case: extended, suspended, regraded, under one calendar after the
// other, at random. After each event the stored due instant is that which living through the whole
// period gives, and the legal clock beside it has not moved but with the calendar.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
namespace kernel = engine::kernel;
namespace time = engine::time;
using std::chrono::minutes;
using time::testing::show;

class Walk {
  public:
    explicit Walk(unsigned seed) : random_(seed), story_(filed_story(3)) {
        for (auto& budget : story_.policy.clocks.at("st.decide").budget)
            budget = time::Budget{pick(1, 20), unit_};
        story_.policy.ladders.clear();
        change([](kernel::Draft& draft) {
            draft.start("st.decide");
            draft.start("law.answer");
        });
    }

    void step() {
        story_.now += minutes{pick(1, 2000)};
        switch (pick(0, 5)) {
            case 0:
                return change([](kernel::Draft& draft) { draft.suspend_clocks("pause"); });
            case 1:
                return change([](kernel::Draft& draft) { draft.resume_clocks(); });
            case 2: {
                const time::Budget more{pick(1, 6), unit_};
                return change([&](kernel::Draft& draft) { draft.extend(own(draft), more); });
            }
            case 3: {
                const auto to = static_cast<model::GradeLevel>(pick(0, 3));
                return change([&](kernel::Draft& draft) { draft.raise_grade(to, "hand"); });
            }
            case 4: {
                const auto to = static_cast<model::GradeLevel>(pick(0, 3));
                return change([&](kernel::Draft& draft) { draft.grant_grade(to); });
            }
            default:
                story_.calendar = time::testing::any_calendar(random_);
                return change([](kernel::Draft& draft) {
                    for (auto& clock : draft.kase.clocks)
                        if (clock.open()) draft.rederive(clock, "calendar");
                });
        }
    }

    void expect_honest() {
        const auto& clock = *story_.kase().clock("st.decide");
        const auto& rule = story_.policy.clocks.at("st.decide");
        const auto grade = static_cast<std::size_t>(story_.kase().grade.effective);
        ASSERT_EQ(clock.rule.budget, *rule.budget[grade]);
        auto total = *rule.budget[grade];
        for (const auto& each : clock.rule.extensions) total.amount += each.amount;
        ASSERT_EQ(show(clock.due.at), show(time::testing::lived_through(story_.calendar, total,
                                                                        clock.from, clock.ledger)))
            << to_string(total) << " from " << show(clock.from);
        ASSERT_TRUE(time::is_well_formed(clock.ledger));
        const auto& law = *story_.kase().clock("law.answer");
        ASSERT_TRUE(law.ledger.empty());
        ASSERT_EQ(show(law.due.at),
                  show(time::testing::lived_through(story_.calendar, {15, time::Unit::natural_days},
                                                    law.from, {})));
    }

  private:
    int pick(int from, int to) { return std::uniform_int_distribution<int>{from, to}(random_); }

    static model::Clock& own(kernel::Draft& draft) { return *draft.kase.clock("st.decide"); }

    template <class Do>
    void change(Do words) {
        const model::Command command;
        const auto facts = story_.facts();
        const auto before = story_.kase();
        kernel::Draft draft(
            before, command,
            {&story_.workflow, &story_.policy, &story_.calendar, &facts, story_.now});
        words(draft);
        story_.kase() = draft.kase;
    }

    std::mt19937 random_;
    time::Unit unit_ = pick(0, 1) == 0 ? time::Unit::working_days : time::Unit::natural_days;
    Story story_;
};

TEST(ClockProperty, WhateverHappensToACaseItsClockIsThatOfABookkeeper) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        Walk walk(seed);
        for (int n = 0; n < 12; ++n) {
            walk.step();
            walk.expect_honest();
            if (::testing::Test::HasFatalFailure()) FAIL() << "seed " << seed << ", event " << n;
        }
    }
}

}  // namespace
}  // namespace jinqiao::tests
