// What lies ahead of a stored case under one policy, and what another would change about it.
#include "engine/kernel/outlook.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

namespace kernel = engine::kernel;
namespace model = engine::model;
using engine::time::testing::at;
using engine::time::testing::budget;
using Kind = kernel::Difference::Kind;
using Differences = std::vector<kernel::Difference>;

class OutlookOfLeave : public testing::Test {
  protected:
    kernel::Outlook ahead(const engine::policy::Policy& policy,
                          const engine::policy::Directory& directory,
                          const char* until = "2026-03-04 10:00", bool migrate = false) {
        std::vector<model::Command> first;
        if (migrate) {
            model::Command command;
            command.target = story.kase().id;
            command.name = "policy_migrated";
            first.push_back(command);
        }
        return kernel::outlook({&story.workflow, &policy, &directory, &story.calendar},
                               story.kase(), first, story.now, at(until));
    }

    static const kernel::Difference* find(const Differences& in, Kind kind,
                                          const std::string& what) {
        const auto found = std::find_if(in.begin(), in.end(), [&](const auto& one) {
            return one.kind == kind && (one.rung == what || one.clock == what);
        });
        return found == in.end() ? nullptr : &*found;
    }

    Story story = filed_story();
};

TEST_F(OutlookOfLeave, SaysWhatRingsAndWhomItTells) {
    const auto outlook = ahead(story.policy, story.directory);
    EXPECT_EQ(outlook.dues.at("st.ask#1"), at("2026-03-03 14:00"));
    const auto half =
        std::find_if(outlook.messages.begin(), outlook.messages.end(), [](const auto& entry) {
            return entry.first.rung == "half" && entry.first.clock == "st.ask";
        });
    ASSERT_NE(half, outlook.messages.end());
    EXPECT_EQ(half->first.to, "post:desk");
    EXPECT_EQ(half->second.first, at("2026-03-03 12:00"));
    EXPECT_EQ(outlook.owner.value, "fallback_desk");
    EXPECT_FALSE(outlook.cut);
}

// Rungs that the daemon has not run yet are no change.
TEST_F(OutlookOfLeave, WhatIsOverdueRingsBeforeAnythingIsCompared) {
    story.at("2026-03-03 15:00");
    const auto now =
        kernel::caught_up({&story.workflow, &story.policy, &story.directory, &story.calendar},
                          story.kase(), story.now);
    EXPECT_EQ(now.clock("st.ask")->state, model::ClockState::missed);
    EXPECT_GT(*now.clock("st.ask")->next_at, story.now);
}

TEST_F(OutlookOfLeave, TheSamePolicyChangesNothing) {
    EXPECT_TRUE(kernel::differences(ahead(story.policy, story.directory),
                                    ahead(story.policy, story.directory))
                    .empty());
}

TEST_F(OutlookOfLeave, AStretchedRungIsLater) {
    auto stretched = story.policy;
    stretched.id = model::PolicyId{"stretched"};
    stretched.ladders.front().rungs.front().at = share(75);
    const auto changes =
        kernel::differences(ahead(story.policy, story.directory),
                            ahead(stretched, story.directory, "2026-03-04 10:00", true));
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes.front().rung, "half");
    EXPECT_EQ(changes.front().at_before, at("2026-03-03 12:00"));
    EXPECT_EQ(changes.front().at_after, at("2026-03-03 13:00"));
    EXPECT_EQ(changes.front().before, changes.front().after);
}

TEST_F(OutlookOfLeave, ALongerBudgetMovesTheDue) {
    auto longer = story.policy;
    longer.id = model::PolicyId{"longer"};
    for (auto& each : longer.clocks.at("st.ask").budget) each = budget("6 h");
    const auto changes =
        kernel::differences(ahead(story.policy, story.directory),
                            ahead(longer, story.directory, "2026-03-04 10:00", true));
    const auto* due = find(changes, Kind::due, "st.ask#1");
    ASSERT_NE(due, nullptr);
    EXPECT_EQ(due->at_before, at("2026-03-03 14:00"));
    EXPECT_EQ(due->at_after, at("2026-03-03 16:00"));
}

TEST_F(OutlookOfLeave, AnotherAddresseeIsOneChangeNotTwo) {
    auto other = story.policy;
    other.id = model::PolicyId{"other"};
    other.ladders.front().rungs.front().to = {"leader"};
    const auto changes =
        kernel::differences(ahead(story.policy, story.directory),
                            ahead(other, story.directory, "2026-03-04 10:00", true));
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_TRUE(changes.front().before.starts_with("post:desk"));
    EXPECT_TRUE(changes.front().after.starts_with("post:leader"));
}

TEST_F(OutlookOfLeave, ADirectoryWithoutPeopleSendsItToTheFallbackDesk) {
    auto left = story.directory;
    for (const char* name : {"wang", "li", "zhao", "zheng"}) disable(left, name);
    const auto changes =
        kernel::differences(ahead(story.policy, story.directory), ahead(story.policy, left));
    const auto half = find(changes, Kind::told, "half");
    ASSERT_NE(half, nullptr);
    EXPECT_TRUE(half->after.starts_with("post:fallback_desk"));
}

TEST_F(OutlookOfLeave, APolicyThatRingsWithoutEndIsCut) {
    auto wild = story.policy;
    wild.ladders.front().rungs.resize(2);
    wild.ladders.front().rungs.back().every = budget("1 min");
    EXPECT_TRUE(ahead(wild, story.directory, "2026-04-03 10:00").cut);
}

}  // namespace
}  // namespace jinqiao::tests
