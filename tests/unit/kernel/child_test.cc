#include <gtest/gtest.h>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// A part of a case that goes its own way: opened by a follow-up in the same transaction, under an
// id derived from the parent's.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;

TEST(Child, IsOpenedByAFollowUpUnderADerivedId) {
    auto story = filed_story(12);
    ASSERT_TRUE(story.act(person("wang"), "split", {{"days", 2}})) << story.reason();
    ASSERT_EQ(story.cases(), 2u);
    auto& child = story.kase("case1-c1");
    EXPECT_EQ(child.data.at("days"), 2);
    EXPECT_EQ(child.grade.effective, model::GradeLevel::blue) << "graded on its own facts";
    EXPECT_EQ(child.links, (std::vector<model::Link>{{"parent", model::CaseId{"case1"}}}));
    EXPECT_EQ(story.kase().links, (std::vector<model::Link>{{"child", model::CaseId{"case1-c1"}}}));
    EXPECT_EQ(story.kase().data.at("days"), 10);
}

TEST(Child, HasItsOwnOwnerClocksAndAssignments) {
    auto story = filed_story(12);
    story.act(person("wang"), "split", {{"days", 2}});
    auto& child = story.kase("case1-c1");
    EXPECT_TRUE(engine::kernel::lacking(child, story.directory, story.now).empty());
    EXPECT_EQ(child.clock("st.ask")->instance, 1);
    EXPECT_FALSE(child.assignments.empty());
    EXPECT_EQ(child.assignments.front().id.value, "case1-c1-a1");
    EXPECT_EQ(child.seq, 3u) << "opened, delivered to the union and to hr";
}

TEST(Child, InheritsWhoFiledWhereAndHowConfidentially) {
    auto story = leave_story();
    auto alert = leave_alert(12);
    alert["exercise"] = true;
    alert["filing"] = "confidential";
    ASSERT_TRUE(story.file(alert, filer()));
    ASSERT_TRUE(story.act(person("wang"), "split", {{"days", 2}}));
    const auto& child = story.kase("case1-c1");
    EXPECT_EQ(child.enterprise.value, "ent-1");
    EXPECT_EQ(child.enterprise_name, "an enterprise");
    EXPECT_EQ(child.filer, filer().person);
    EXPECT_EQ(child.filer_account, filer().account);
    EXPECT_TRUE(child.exercise);
    EXPECT_EQ(child.confidentiality, model::Confidentiality::restricted);
    EXPECT_EQ(child.noticed_at, story.kase().noticed_at);
}

TEST(Child, EachGetsItsOwnNumber) {
    auto story = filed_story(12);
    story.act(person("wang"), "split", {{"days", 2}});
    story.act(person("wang"), "split", {{"days", 3}});
    EXPECT_EQ(story.cases(), 3u);
    EXPECT_EQ(story.kase("case1-c2").data.at("days"), 3);
    EXPECT_EQ(story.kase().next_child, 3);
}

TEST(Child, FollowUpNamesItsCause) {
    auto story = filed_story(12);
    std::string cause;
    story.watch = [&](const engine::kernel::Decision& decision) {
        for (const auto& follow_up : decision.follow_ups) cause = follow_up.cause;
    };
    const auto seq = story.kase().seq;
    story.act(person("wang"), "split", {{"days", 2}});
    EXPECT_EQ(cause, "case1/" + std::to_string(seq + 1));
}

TEST(Child, NoPersonOpensOneDirectly) {
    auto story = filed_story(12);
    model::Command command;
    command.target = model::CaseId{"case9"};
    command.name = "open_child";
    command.actor = person("wang", {"supervisor"});
    EXPECT_FALSE(story.send(command));
    EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::unknown_action);
}

}  // namespace
}  // namespace jinqiao::tests
