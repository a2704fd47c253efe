// The program is killed, or there is a great deal to do: no clock and no case is lost over it.
#include "engine/policy/directory.h"
#include "tests/scenario/duty_story.h"

namespace jinqiao::tests {

class Restarts : public DutyStory {
  protected:
    const engine::model::Clock& decide(const engine::model::Case& of) {
        for (const auto& clock : of.clocks)
            if (clock.name == "st.decide") return clock;
        static const engine::model::Clock none;
        ADD_FAILURE() << "no st.decide";
        return none;
    }
    void suspend(const engine::model::CaseId& id, const std::string& until) {
        act("wang", "request_suspension", id, R"({"until": ")" + until + R"(", "reason": "x"})");
        const auto request = kase(id).requests.back().id.value;
        act("qian", "approve_request", id, R"({"request": ")" + request + R"(", "reason": "x"})");
        ASSERT_EQ(kase(id).state_of("clock"), "suspended");
    }
};

TEST_F(Restarts, PausedLadderResumesAfterARestart) {
    open("2026-03-03 10:00");
    const auto id = file();
    act("wang", "ask", id);
    const auto due = decide(kase(id)).due.at;
    at("2026-03-03 11:00");
    suspend(id, "2026-03-09T00:00:00+08:00");
    EXPECT_FALSE(decide(kase(id)).next_at);
    restart();
    at("2026-03-05 09:00");
    EXPECT_FALSE(decide(kase(id)).next_at) << "nothing rings while it rests";
    act("wang", "resume", id);
    restart();
    const auto back = kase(id);
    ASSERT_TRUE(decide(back).next_at);
    EXPECT_GT(decide(back).due.at, due) << "the pause does not count";
    const auto before = sent("rung.remind").size() + sent("rung.inform").size();
    at("2026-03-13 10:00");
    EXPECT_GT(sent("rung.remind").size() + sent("rung.inform").size(), before);
}

TEST_F(Restarts, NoRungRunsAgainForThat) {
    open("2026-03-03 10:00");
    const auto id = file();
    at("2026-03-03 15:00");  // st.ask was due at 14:00
    const auto before = sent("");
    const auto kept = rows(id.value);
    for (int i = 0; i < 3; ++i) restart();
    at("2026-03-03 15:00");
    EXPECT_EQ(sent(""), before);
    EXPECT_EQ(rows(id.value), kept);
}

// The old one is the first of its deadline, however many came after it.
TEST_F(Restarts, TwoHundredNewerCasesDoNotStarveAnOldOne) {
    open("2026-03-03 10:00");
    const auto old = file();
    at("2026-03-03 10:01");
    for (int i = 0; i < 200; ++i) file();
    const auto half = [&] {
        std::size_t n = 0;
        for (const auto& line : sent("rung.remind")) n += line.starts_with("03-03 12:00") ? 1 : 0;
        return n;
    };
    at("2026-03-03 12:00");
    EXPECT_EQ(half(), 1U) << "only the old one is half way";
    switch_off_until("2026-03-05 10:00");
    const auto of_old = kase(old);
    EXPECT_TRUE(std::any_of(of_old.clocks.begin(), of_old.clocks.end(), [](const auto& clock) {
        return clock.expired && clock.rung_at;
    })) << "missed while the program was off, and its ladder goes on";
    EXPECT_TRUE(recorded(old.value, "due_passed"));
}

TEST_F(Restarts, NobodyLeftMeansTheFallbackDeskInTheSameInstant) {
    open("2026-03-03 10:00");
    const auto id = file();
    for (const char* who : {"wang", "li", "hu", "zhao", "zheng"})
        change("disable_person", std::string(R"({"person": ")") + who + R"("})");
    EXPECT_EQ(kase(id).owner.post.value, "fallback_desk");
    const auto told = sent("");
    EXPECT_NE(std::find(told.begin(), told.end(), "03-03 10:00 wu"), told.end());
}

}  // namespace jinqiao::tests
