#include <gtest/gtest.h>

#include <set>

#include "config/files.h"
#include "config/render.h"
#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// Three hundred at the gate, as an exercise and in earnest.
class Drill : public ::testing::Test {
  protected:
    static std::string file(DisputeStory& story, bool exercise) {
        story.at("2026-03-03 10:00");
        return story.filed(R"({"enterprise": {"id": "ent-1", "name": "示例电子", "staff": 800},
            "event": {"cause": "wage_arrears", "behaviours": ["gate_block"], "place": "南门",
                      "workers_involved": 300, "noticed_at": "2026-03-03T09:55:00+08:00"},
            "exercise": )" +
                           std::string(exercise ? "true" : "false") + "}");
    }
    static std::multiset<std::string> told(const DisputeStory& story) {
        std::multiset<std::string> out;
        for (const auto& notice : story.notices)
            out.insert(notice.event + " " + notice.addressee.text() + " " + notice.channel + " " +
                       notice.address);
        return out;
    }
    static constexpr const char* call_off = R"({"by": "employer", "scope": "whole"})";

    DisputeStory story;
};

TEST_F(Drill, GoesToEverybodyAndByEveryChannelTheRealOneWould) {
    DisputeStory earnest;
    file(earnest, false);
    file(story, true);
    story.expect_grade("red");
    EXPECT_GE(told(story).size(), 16U);
    EXPECT_EQ(told(story), told(earnest));
}

TEST_F(Drill, SaysSoInEverySubjectAndTextItSends) {
    file(story, true);
    story.when("2026-03-03 12:00");  // reminders, hand-overs and urging, too
    config::Faults faults;
    const config::MustacheRenderer renderer(
        std::make_shared<const config::Catalogue>(
            config::load_texts(JINQIAO_SOURCE_DIR "/config/texts", faults)),
        config::Labels{});
    std::set<std::string> events;
    for (const auto& notice : story.notices) {
        events.insert(notice.event);
        for (const auto& [language, mark] :
             {std::pair{engine::model::Language::zh, std::string("【演练】")},
              std::pair{engine::model::Language::en, std::string("[EXERCISE]")}}) {
            const auto rendered = renderer.render(notice, notice.vars, language);
            EXPECT_TRUE(rendered.subject.starts_with(mark)) << rendered.subject;
            EXPECT_TRUE(rendered.text.starts_with(mark)) << rendered.text;
        }
    }
    EXPECT_GE(events.size(), 3U);
}

TEST_F(Drill, IsOverWhenItIsCalledOffAndNobodyHearsOfItAgain) {
    file(story, true);
    story.does(story.duty, "withdraw", call_off);
    story.expect_state("withdrawn");
    EXPECT_FALSE(story.it().open);
    const auto sent = story.notices.size();
    story.when("2026-04-30 10:00");
    EXPECT_EQ(story.notices.size(), sent);
    for (const auto& clock : story.it().clocks) EXPECT_FALSE(clock.open()) << clock.name;
}

// In earnest nobody can make a dangerous case disappear so.
TEST_F(Drill, InEarnestTheCaseStaysOpenUntilTheSceneIsCalm) {
    file(story, false);
    story.does(story.duty, "withdraw", call_off);
    story.expect_state("reported");
    EXPECT_TRUE(story.it().open);
}

}  // namespace jinqiao::tests
