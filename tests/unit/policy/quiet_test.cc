#include "engine/policy/quiet.h"

#include <gtest/gtest.h>

#include "engine/policy/directory.h"
#include "tests/support/builders.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using time::testing::at;

constexpr minutes kShanghai{480};

std::optional<time::Instant> end(const std::vector<QuietWindow>& windows, const std::string& when) {
    return quiet_until(windows, at(when), kShanghai);
}

const QuietWindow kNight{hours{22}, hours{7}, {}};

TEST(Quiet, NightPassesMidnight) {
    EXPECT_EQ(end({kNight}, "2026-03-03 21:59"), std::nullopt);
    EXPECT_EQ(end({kNight}, "2026-03-03 22:00"), at("2026-03-04 07:00"));
    EXPECT_EQ(end({kNight}, "2026-03-04 06:59"), at("2026-03-04 07:00"));
    EXPECT_EQ(end({kNight}, "2026-03-04 07:00"), std::nullopt);
}

TEST(Quiet, LocalTimeCountsNotUtc) {
    EXPECT_EQ(quiet_until({kNight}, at("2026-03-04 00:00"), minutes{0}), std::nullopt)
        << "16:00 in Greenwich";
}

TEST(Quiet, DaysAreThoseOnWhichItBegins) {
    const QuietWindow friday{hours{18}, hours{9}, {5}};
    EXPECT_EQ(end({friday}, "2026-03-06 20:00"), at("2026-03-07 09:00"));
    EXPECT_EQ(end({friday}, "2026-03-07 08:00"), at("2026-03-07 09:00"));
    EXPECT_EQ(end({friday}, "2026-03-07 20:00"), std::nullopt);
}

TEST(Quiet, WindowsThatFollowOneAnotherAreOne) {
    EXPECT_EQ(end({kNight, {hours{7}, hours{8}, {}}}, "2026-03-03 23:00"), at("2026-03-04 08:00"));
}

TEST(Quiet, NobodyIsQuietForLongerThanADay) {
    const std::vector<QuietWindow> always{{hours{0}, hours{12}, {}}, {hours{12}, hours{24}, {}}};
    EXPECT_EQ(end(always, "2026-03-03 10:00"), at("2026-03-04 10:00"));
}

TEST(Quiet, OnlyWhatIsNotUrgentAndGoesToAPersonOffDutyIsHeld) {
    auto of = tests::DirectoryBuilder()
                  .post("desk")
                  .person("wang", "desk")
                  .person("li", "desk", 1)
                  .rota("desk", at("2026-03-03 20:00"), 12, {"wang", "li"})
                  .quiet("wang", "20:00", "08:00")
                  .quiet("li", "20:00", "08:00")
                  .build();
    const auto held = [&](const std::string& person, bool urgent, const std::string& when) {
        const Way way{{"file", person, {}}, model::PersonId{person}};
        return held_until(of, way, urgent, at(when)).has_value();
    };
    EXPECT_TRUE(held("li", false, "2026-03-03 23:00"));
    EXPECT_FALSE(held("li", true, "2026-03-03 23:00"));
    EXPECT_FALSE(held("wang", false, "2026-03-03 23:00")) << "on duty";
    EXPECT_FALSE(held("li", false, "2026-03-03 19:00")) << "no window";
    const Way desk{{"file", "desk", {}}, {}};
    EXPECT_FALSE(held_until(of, desk, false, at("2026-03-03 23:00"))) << "a mailbox sleeps never";
}

}  // namespace
}  // namespace jinqiao::engine::policy
