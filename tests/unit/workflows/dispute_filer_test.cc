// Whoever filed without a name, and whoever filed in confidence.
#include <gtest/gtest.h>

#include "tests/support/builders.h"
#include "tests/support/dispute_story.h"

namespace jinqiao::workflows::dispute {

namespace {

namespace json = boost::json;
using tests::DisputeStory;

class Filer : public ::testing::Test {
  protected:
    DisputeStory story;
    engine::model::Actor nobody;

    void SetUp() override {
        story.at("2026-03-02 09:00");
        nobody.kind = engine::model::Actor::Kind::person;
        nobody.roles = {"anonymous"};
    }
    void file(const std::string& filing) {
        const auto by_name = story.enterprise_union;
        if (filing == "anonymous") story.enterprise_union = nobody;
        story.filed(R"({"enterprise": {"name": "甲", "id": "e_demo", "staff": 1000},
            "event": {"cause": "wage_arrears", "workers_involved": 5,
                      "noticed_at": "2026-03-02T08:30:00+08:00"},
            "reporter": {"name": "张三", "phone": "139"}, "filing": ")" +
                    filing + R"("})");
        story.enterprise_union = by_name;
    }
    const json::array* conversation() {
        const auto* found = story.it().data.if_contains("conversation");
        return found == nullptr ? nullptr : found->if_array();
    }
    std::size_t told(const std::string& event) { return story.told(event).size(); }
};

}  // namespace

TEST_F(Filer, WithoutANameIsNobodyInTheCase) {
    file("anonymous");
    EXPECT_TRUE(story.it().filer.empty());
    EXPECT_TRUE(story.it().filer_account.empty());
    EXPECT_EQ(story.it().data.at("receipt"), true);
}

TEST_F(Filer, WritesAndTheOwnerAnswersWhateverTheStage) {
    file("anonymous");
    story.does(nobody, "filer_message", R"({"message": "还有二十人没有拿到工资"})");
    story.does(story.duty, "answer_filer", R"({"message": "已安排核实"})");
    ASSERT_NE(conversation(), nullptr);
    ASSERT_EQ(conversation()->size(), 2U);
    EXPECT_EQ(conversation()->at(0).at("from"), "filer");
    EXPECT_FALSE(conversation()->at(0).as_object().contains("by"));
    EXPECT_EQ(conversation()->at(1).at("from"), "office");
    story.taken_and_verified();
    story.does(story.duty, "close_no_dispute", R"({"reason": "已查明"})");
    EXPECT_FALSE(story.it().open);
    story.does(nobody, "filer_message", R"({"message": "又欠了"})");
    story.does(story.duty, "answer_filer", R"({"message": "请重新报告"})");
    EXPECT_EQ(conversation()->size(), 4U);
}

TEST_F(Filer, IsAnsweredByTheOwnerAlone) {
    file("anonymous");
    EXPECT_FALSE(story.act(story.mediator, "answer_filer", tests::payload(R"({"message": "x"})")));
    EXPECT_FALSE(story.act(story.duty, "filer_message", tests::payload(R"({"message": "x"})")));
}

TEST_F(Filer, MessagesSoonAfterOneAnotherAreOneNotice) {
    file("anonymous");
    story.does(nobody, "filer_message", R"({"message": "一"})");
    EXPECT_EQ(told("filer_message"), 1U);
    story.does(nobody, "filer_message", R"({"message": "二"})");
    EXPECT_EQ(told("filer_message"), 1U);
    story.does(story.duty, "answer_filer", R"({"message": "好"})");
    story.does(nobody, "filer_message", R"({"message": "三"})");
    EXPECT_EQ(told("filer_message"), 2U);
    story.when("2026-03-02 09:31");
    story.does(nobody, "filer_message", R"({"message": "四"})");
    EXPECT_EQ(told("filer_message"), 3U);
}

TEST_F(Filer, OnlyTheLatestMessagesStayInTheSnapshot) {
    file("anonymous");
    for (int i = 0; i < 103; ++i) story.does(nobody, "filer_message", R"({"message": "还有"})");
    EXPECT_EQ(conversation()->size(), 100U);
}

TEST_F(Filer, ByNameCannotBeAnsweredByCode) {
    file("identified");
    story.refused("G.filer", story.duty, "answer_filer", R"({"message": "x"})");
    story.refused("G.sealed", story.duty, "request_unseal", R"({"reason": "x"})");
}

TEST_F(Filer, InConfidenceIsOpenedByTwoPersonsForAWhile) {
    file("confidential");
    story.does(story.duty, "request_unseal", R"({"reason": "须当面核实"})");
    EXPECT_FALSE(story.it().data.contains("openings"));
    const auto id = story.it().requests.back().id.value;
    const auto answer = R"({"request": ")" + id + R"(", "reason": "同意"})";
    story.refused("forbidden", story.duty, "approve_request", answer);
    story.does(story.supervisor, "approve_request", answer);
    EXPECT_TRUE(story.recorded("identity_opened", "reason", "须当面核实"));
    const auto& opening = story.it().data.at("openings").at(0);
    EXPECT_EQ(opening.at("by").as_string(), story.duty.person.value);
    EXPECT_EQ(opening.at("approver").as_string(), story.supervisor.person.value);
    EXPECT_EQ(opening.at("until"), "2026-03-03T09:00:00+08:00");
    EXPECT_EQ(told("identity_opened"), 2U);  // whoever filed, and the second level
}

TEST_F(Filer, InConfidenceIsOpenedByAnApprovalToo) {
    const char* const asked =
        R"({"reason": "须当面核实", "for": "unseal", "payload": {"reason": "须当面核实"}})";
    file("identified");
    story.refused("G.sealed", story.duty, "request_approval", asked);
    file("confidential");
    story.does(story.duty, "request_approval", asked);
    story.does(
        story.supervisor, "approve_request",
        R"({"request": ")" + story.it().requests.back().id.value + R"(", "reason": "同意"})");
    EXPECT_EQ(story.it().data.at("openings").at(0).at("by").as_string(), story.duty.person.value);
}

TEST_F(Filer, InConfidenceIsNamedToNoDeskWhereNothingReachesThem) {
    file("confidential");
    story.directory.people.erase(story.it().filer);  // has left
    story.does(story.duty, "request_unseal", R"({"reason": "须当面核实"})");
    story.does(
        story.supervisor, "approve_request",
        R"({"request": ")" + story.it().requests.back().id.value + R"(", "reason": "同意"})");
    ASSERT_TRUE(story.recorded("unreachable"));
    bool instead = false;
    for (const auto& notice : story.notices) {
        if (notice.event != "identity_opened") continue;
        instead = instead || notice.addressee.id == story.directory.fallback.value;
        EXPECT_EQ(notice.reason.find(story.enterprise_union.person.value), std::string::npos)
            << notice.reason;
    }
    EXPECT_TRUE(instead);
}

TEST_F(Filer, OfAnApprovalUnderOlderRulesNothingIsOpened) {
    story.policy.params.erase("identity_open");
    file("confidential");
    story.does(story.duty, "request_unseal", R"({"reason": "x"})");
    story.does(story.supervisor, "approve_request",
               R"({"request": ")" + story.it().requests.back().id.value + R"(", "reason": "y"})");
    EXPECT_FALSE(story.it().data.contains("openings"));
    EXPECT_TRUE(story.recorded("approval_void"));
}

}  // namespace jinqiao::workflows::dispute
