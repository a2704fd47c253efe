#include <gtest/gtest.h>

#include <set>

#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

// Who may do what. Roles serve the whole zone, but an enterprise union needs a tie to the case and
// a department must have been told; relations come from the case.
namespace jinqiao::tests {
namespace {

namespace kernel = engine::kernel;
namespace model = engine::model;
using Words = std::set<std::string>;

Words relations(Story& story, const model::Actor& actor) {
    const auto all =
        kernel::relations(story.workflow, story.kase(), actor, story.directory, story.now);
    return {all.begin(), all.end()};
}

// Names of what the actor may do; "grant!" where something blocks it.
Words options(Story& story, const model::Actor& actor) {
    Words out;
    for (const auto& option : kernel::options(story.workflow, story.kase(), actor, story.facts(),
                                              story.policy, story.calendar, story.now))
        out.insert(option.action->name + (option.reasons.empty() ? "" : "!"));
    return out;
}

TEST(Options, RelationsComeFromCaseAndDirectory) {
    auto story = filed_story(6);
    EXPECT_EQ(relations(story, filer()), (Words{"filer", "enterprise"}));
    EXPECT_EQ(relations(story, person("wang")), Words{"own"});
    EXPECT_EQ(relations(story, person("li")), Words{"own"}) << "the deputy acts for the owner";
    EXPECT_EQ(relations(story, person("zheng")), Words{}) << "a deputy post waits its turn";
    EXPECT_EQ(relations(story, department_account("hr")), Words{"department"});
    EXPECT_EQ(relations(story, department_account("police")), Words{});
    EXPECT_EQ(relations(story, person("qian")), Words{});
}

TEST(Options, OffereeAndApproverAreRelatedAsLongAsTheyAreAsked) {
    auto story = filed_story(6);
    story.act(person("wang"), "offer_handover", {{"to", "chief2"}, {"reason", "轮岗"}});
    story.act(person("wang"), "request_lower_grade", {{"to", "blue"}, {"reason", "平息"}});
    EXPECT_EQ(relations(story, person("sun")), Words{"addressee"});
    EXPECT_EQ(relations(story, person("qian")), Words{"approver"});
    story.act(person("sun"), "decline_handover", {{"reason", "忙"}});
    EXPECT_EQ(relations(story, person("sun")), Words{});
}

TEST(Options, WorkflowAddsRelationsOfItsOwn) {
    auto story = filed_story();
    story.kase().data["cover"] = "zhou";
    EXPECT_EQ(relations(story, person("zhou")), Words{"cover"});
    EXPECT_EQ(options(story, person("zhou")), Words{"add_note"});
}

TEST(Options, BlockedActionsAreListedWithTheirReasons) {
    auto story = filed_story(9);
    const auto before = options(story, person("wang"));
    EXPECT_TRUE(before.contains("ask"));
    EXPECT_TRUE(before.contains("grant!"));
    EXPECT_TRUE(before.contains("recall_handover!"));
    EXPECT_FALSE(before.contains("file"));
    EXPECT_FALSE(before.contains("approve_request"));
    story.act(filer(), "ask");
    EXPECT_TRUE(options(story, person("wang")).contains("grant!")) << "G.two";
    EXPECT_TRUE(options(story, person("wang")).contains("ask!"));
}

TEST(Options, StrangerHasNone) {
    auto story = filed_story();
    EXPECT_TRUE(options(story, person("pan")).empty());
    EXPECT_TRUE(options(story, person("x", {"administrator", "auditor"})).empty());
}

TEST(Options, UnionOfAnotherEnterpriseIsAStranger) {
    auto story = filed_story();
    auto other = person("gao", {"enterprise_union"});
    other.enterprise = model::EnterpriseId{"ent-2"};
    EXPECT_TRUE(options(story, other).empty());
    auto colleague = person("gao", {"enterprise_union"});
    colleague.enterprise = model::EnterpriseId{"ent-1"};
    EXPECT_EQ(relations(story, colleague), Words{"enterprise"});
}

TEST(Options, AnybodyWithTheRoleFiles) {
    auto story = leave_story();
    EXPECT_FALSE(story.file(leave_alert(3), person("pan", {"department"})));
    EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::forbidden);
    EXPECT_TRUE(story.file(leave_alert(3), person("ding", {"duty_officer"})));
}

TEST(Options, DepartmentActsOnceItHasBeenTold) {
    auto story = filed_story(6);
    EXPECT_TRUE(story.act(department_account("hr"), "change_days", {{"days", 6}}));
    EXPECT_FALSE(story.act(department_account("police"), "change_days", {{"days", 6}}));
    story.act(filer(), "change_days", {{"days", 12}});
    EXPECT_TRUE(story.act(department_account("police"), "change_days", {{"days", 12}}));
}

TEST(Options, RestrictedCaseIsForOwnerApproverAndFilerOnly) {
    auto story = leave_story();
    auto alert = leave_alert(6);
    alert["filing"] = "confidential";
    ASSERT_TRUE(story.file(alert, filer()));
    EXPECT_EQ(story.kase().confidentiality, model::Confidentiality::restricted);
    EXPECT_FALSE(story.act(department_account("hr"), "change_days", {{"days", 6}}));
    EXPECT_FALSE(
        story.act(person("zhou", {"supervisor"}), "raise_grade", {{"to", "red"}, {"reason", "x"}}));
    EXPECT_TRUE(story.act(filer(), "change_days", {{"days", 6}}));
    EXPECT_TRUE(
        story.act(person("wang"), "request_lower_grade", {{"to", "blue"}, {"reason", "x"}}));
    EXPECT_TRUE(options(story, person("qian")).contains("approve_request"));
}

TEST(Options, EngineMayEverything) {
    auto story = filed_story();
    EXPECT_TRUE(story.by_engine("raise_grade", {{"to", "red"}, {"reason", "规则"}}));
    EXPECT_FALSE(story.by_engine("raise_grade", {{"to", "violet"}, {"reason", "规则"}}))
        << "its payloads are checked all the same";
    EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::invalid_payload);
}

TEST(Lacking, NamesWhatAnOpenCaseMisses) {
    auto story = filed_story();
    auto& kase = story.kase();
    EXPECT_TRUE(story.lacking().empty());
    kase.owner.post.value = "attic";
    EXPECT_EQ(story.lacking(), (std::vector<std::string>{"owner", "addressee"}));
    kase.owner.post.value = "desk";
    for (auto& clock : kase.clocks) clock.next_at.reset();
    EXPECT_EQ(story.lacking(), std::vector<std::string>{"due"});
    kase.regions.front().state.clear();
    EXPECT_EQ(story.lacking(), (std::vector<std::string>{"due", "next_action"}));
    kase.open = false;
    EXPECT_TRUE(story.lacking().empty());
}

TEST(Lacking, ReferenceAndSuspendedClocksAreNoDueTime) {
    auto story = filed_story();
    for (auto& clock : story.kase().clocks) clock.cls = model::ClockClass::reference;
    EXPECT_EQ(story.lacking(), std::vector<std::string>{"due"});
    for (auto& clock : story.kase().clocks) {
        clock.cls = model::ClockClass::stage;
        clock.state = model::ClockState::suspended;
    }
    EXPECT_EQ(story.lacking(), std::vector<std::string>{"due"});
}

}  // namespace
}  // namespace jinqiao::tests
