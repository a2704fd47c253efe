// A case tried out on a clock of its own: what would be told to whom, and when.

#include "engine/kernel/preview.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/leave_request.h"
#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace kernel = engine::kernel;
namespace model = engine::model;
using engine::time::testing::at;

namespace {

class PreviewOfLeave : public testing::Test {
  protected:
    kernel::Preview play(int days, std::vector<kernel::Deed> deeds = {},
                         std::chrono::hours horizon = std::chrono::hours{24}) {
        kernel::Situation situation;
        situation.alert = leave_alert(days);
        situation.filer = filer();
        situation.at = at("2026-03-03 10:00");
        situation.deeds = std::move(deeds);
        situation.horizon = horizon;
        return kernel::preview({workflow.get(), &policy, &directory, &calendar}, situation);
    }

    static const kernel::PreviewLine* line(const kernel::Preview& preview, const std::string& event,
                                           const std::string& to, const std::string& rung = {}) {
        const auto found = std::find_if(
            preview.lines.begin(), preview.lines.end(), [&](const kernel::PreviewLine& one) {
                return one.event == event && one.notice && one.notice->addressee.id == to &&
                       one.rung == rung;
            });
        return found == preview.lines.end() ? nullptr : &*found;
    }

    std::unique_ptr<kernel::Workflow> workflow = leave_request();
    engine::policy::Policy policy = leave_policy();
    engine::policy::Directory directory = leave_directory();
    engine::time::Calendar calendar = engine::time::testing::calendar_2026();
};

}  // namespace

TEST_F(PreviewOfLeave, SaysWhoIsToldAtFilingAndWhy) {
    const auto preview = play(10);
    ASSERT_FALSE(preview.refusal);
    EXPECT_EQ(preview.filed.grade.effective, model::GradeLevel::orange);
    const auto* hr = line(preview, "alert", "hr");
    ASSERT_NE(hr, nullptr);
    EXPECT_EQ(hr->at, at("2026-03-03 10:00"));
    EXPECT_EQ(hr->why, "from:blue");
    EXPECT_TRUE(hr->sign);
    const auto* police = line(preview, "alert", "police");
    ASSERT_NE(police, nullptr);
    EXPECT_EQ(police->why, "from:orange");
    EXPECT_EQ(line(preview, "alert", "leader"), nullptr);
}

TEST_F(PreviewOfLeave, FollowsTheLadderAndCountsItsRepetitions) {
    const auto preview = play(3);
    const auto* half = line(preview, "rung.remind", "desk", "half");
    ASSERT_NE(half, nullptr);
    EXPECT_EQ(half->at, at("2026-03-03 12:00"));
    const auto* late = line(preview, "rung.inform", "chief", "late");
    ASSERT_NE(late, nullptr);
    EXPECT_EQ(late->at, at("2026-03-03 16:00"));
    // 16:00, then every two hours up to 10:00 of the next day.
    EXPECT_EQ(late->times, 10);
    EXPECT_EQ(late->last, at("2026-03-04 10:00"));
}

TEST_F(PreviewOfLeave, NobodyWhoActsIsTheFallbackDeskInTheEnd) {
    const auto preview = play(3);
    EXPECT_EQ(preview.after.owner.post.value, "fallback_desk");
    const auto owned =
        std::find_if(preview.lines.begin(), preview.lines.end(), [](const auto& one) {
            return one.event == "owner_changed" && one.at > at("2026-03-03 10:00");
        });
    ASSERT_NE(owned, preview.lines.end());
    EXPECT_TRUE(preview.lacked.empty());
    EXPECT_FALSE(preview.cut);
}

TEST_F(PreviewOfLeave, ADeedInTimeKeepsTheLadderQuiet) {
    const auto preview = play(3, {{std::chrono::hours{1}, "ask", {}, {}}});
    EXPECT_TRUE(preview.refused.empty());
    EXPECT_EQ(preview.after.state_of("leave"), "asked");
    EXPECT_EQ(line(preview, "rung.remind", "desk", "half"), nullptr);
    EXPECT_EQ(preview.after.owner.post.value, "desk");
}

TEST_F(PreviewOfLeave, ADeedThatIsNotPossibleIsNamedWithItsReason) {
    const auto preview = play(3, {{std::chrono::hours{1}, "grant", {}, {}}});
    ASSERT_EQ(preview.refused.size(), 1U);
    EXPECT_EQ(preview.refused.front().first, 0U);
    EXPECT_FALSE(preview.refused.front().second.reasons.empty());
}

TEST_F(PreviewOfLeave, AnAlertThatIsNotAcceptedSaysWhy) {
    kernel::Situation situation;
    situation.alert = {{"nonsense", true}};
    situation.filer = filer();
    situation.at = at("2026-03-03 10:00");
    const auto preview =
        kernel::preview({workflow.get(), &policy, &directory, &calendar}, situation);
    ASSERT_TRUE(preview.refusal);
    EXPECT_EQ(preview.refusal->kind, model::Refusal::Kind::invalid_payload);
    EXPECT_TRUE(preview.lines.empty());
}

// The counterexample a reader wants to see: nobody is left who could be told.
TEST_F(PreviewOfLeave, APolicyThatReachesNobodyLacksAnAddressee) {
    for (auto& [id, person] : directory.people) person.enabled = false;
    const auto preview = play(3);
    EXPECT_NE(std::find(preview.lacked.begin(), preview.lacked.end(), "addressee"),
              preview.lacked.end());
}

TEST_F(PreviewOfLeave, EqualSituationsHaveEqualTimelines) {
    const auto one = play(20), other = play(20);
    ASSERT_EQ(one.lines.size(), other.lines.size());
    for (std::size_t i = 0; i < one.lines.size(); ++i) {
        EXPECT_EQ(one.lines[i].at, other.lines[i].at);
        EXPECT_EQ(one.lines[i].event, other.lines[i].event);
        EXPECT_EQ(one.lines[i].times, other.lines[i].times);
    }
}

}  // namespace jinqiao::tests
