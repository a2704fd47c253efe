#include <gtest/gtest.h>

#include "tests/support/dispute_story.h"
#include "workflows/dispute/alert.h"
#include "workflows/dispute/facts.h"
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

namespace {

using tests::DisputeStory;
using tests::payload;

class Filing : public ::testing::Test {
  protected:
    DisputeStory story;
    void SetUp() override { story.at("2026-03-02 09:00"); }

    std::string fault(const std::string& alert) {
        EXPECT_FALSE(story.file(payload(alert), story.duty)) << alert;
        EXPECT_EQ(story.refusal.kind, model::Refusal::Kind::invalid_payload);
        for (const auto& [name, value] : story.refusal.reasons.at(0).args)
            if (name == "field") return value;
        return {};
    }
};

}  // namespace

TEST_F(Filing, NeedsAnEnterpriseOrAPlaceSomethingThatHappenedAndATime) {
    EXPECT_EQ(fault(R"({"event": {"cause": "layoff", "noticed_at": "2026-03-02T08:00:00+08:00"}})"),
              "enterprise.name");
    EXPECT_EQ(fault(R"({"enterprise": {"name": "甲"},
                        "event": {"noticed_at": "2026-03-02T08:00:00+08:00"}})"),
              "event.cause");
    EXPECT_EQ(fault(R"({"enterprise": {"name": "甲"}, "event": {"cause": "layoff"}})"),
              "event.noticed_at");
    EXPECT_TRUE(story.file(payload(R"({"event": {"place": "东门",
        "noticed_at": "2026-03-02T08:00:00+08:00"}, "note": "有人聚集"})"),
                           story.duty));
}

TEST_F(Filing, HalfKnownFactsComeBackAsMissingAndStartAClock) {
    story.filed(R"({"event": {"cause": "layoff", "noticed_at": "2026-03-02T08:00:00+08:00"}})");
    const auto missing = story.workflow.missing(story.it());
    EXPECT_NE(std::find(missing.begin(), missing.end(), "event.workers_involved"), missing.end());
    EXPECT_NE(std::find(missing.begin(), missing.end(), "reporter.phone"), missing.end());
    EXPECT_EQ(std::find(missing.begin(), missing.end(), "event.cause"), missing.end());
    story.expect_open("complete_report");
    story.does(story.duty, "acknowledge");
    story.does(story.duty, "update_facts", R"({
        "enterprise": {"uscc": "91310115MA0000000U", "address": "一号", "staff": 50},
        "event": {"place": "东门", "started_at": "2026-03-02T08:00:00+08:00", "workers_involved": 5,
                  "demands": ["compensation"], "behaviours": ["talk"]},
        "reporter": {"name": "某", "role": "工会", "phone": "1"}})");
    EXPECT_TRUE(story.workflow.missing(story.it()).empty());
    story.expect_end_of("complete_report", "complete");
}

TEST_F(Filing, TheOwnerIsTheDutyDeskAndSaysWhatComesNext) {
    story.filed(R"({"event": {"cause": "layoff", "noticed_at": "2026-03-02T08:00:00+08:00"}})");
    story.expect_owner("duty_desk");
    EXPECT_EQ(story.workflow.next_step(story.it()).code, "next.acknowledge");
    EXPECT_TRUE(story.lacking().empty());
}

TEST(Alert, BehavioursBeginAndEnd) {
    Data data;
    const auto noon = tests::shanghai("2026-03-02 12:00");
    take_over(data, payload(R"({"event": {"behaviours": ["gate_block", "talk"]}})"), noon);
    EXPECT_EQ(going_on(data), (Texts{"gate_block", "talk"}));
    take_over(data, payload(R"({"behaviours": [{"code": "gate_block",
                                "ended": "2026-03-02T13:00:00+08:00"}]})"),
              noon);
    EXPECT_EQ(going_on(data), (Texts{"talk"}));
    EXPECT_EQ(data.behaviours.front().started, noon);
    take_over(data, payload(R"({"event": {"behaviours": ["gate_block"]}})"), noon);
    EXPECT_EQ(going_on(data), (Texts{"talk", "gate_block"}));
    EXPECT_EQ(data.behaviours.size(), 3U);
}

TEST(Alert, LaterReportsAddAndForgetNothing) {
    Data data;
    const auto at = tests::shanghai("2026-03-02 12:00");
    take_over(data, payload(R"({"enterprise": {"name": "甲", "staff": 10}, "note": "一"})"), at);
    take_over(data, payload(R"({"enterprise": {"staff": 20, "name": " "}, "note": "二"})"), at);
    const Alert alert = read_alert(data);
    EXPECT_EQ(alert.enterprise.name, "甲");
    EXPECT_EQ(alert.enterprise.staff, 20);
    EXPECT_EQ(alert.note, "一");
}

TEST(Alert, UnknownFactsAreAbsent) {
    const model::Case kase;
    const auto facts = flat_facts(kase, Data{}, tests::shanghai("2026-03-02 12:00"));
    EXPECT_FALSE(facts.contains("workers"));
    EXPECT_FALSE(facts.contains("share_percent"));
    EXPECT_FALSE(facts.contains("stoppage_hours"));
}

TEST(Alert, FlatFactsOfAGatheringForeignFirm) {
    Data data;
    const auto at = tests::shanghai("2026-03-02 12:00");
    take_over(data, payload(R"({"enterprise": {"ownership": "foreign", "staff": 320},
        "event": {"cause": "closure", "workers_involved": 120, "behaviours": ["stoppage"],
                  "layoff": {"announced": "2026-03-01"}}})"),
              at);
    Params params = read_params(tests::DisputeStory().policy.params);
    derive(data, params);
    const auto facts = flat_facts(model::Case{}, data, at + std::chrono::hours{25});
    EXPECT_EQ(facts.at("stoppage_hours").as_int64(), 25);
    EXPECT_DOUBLE_EQ(facts.at("share_percent").as_double(), 37.5);
    EXPECT_TRUE(facts.at("hq_closure").as_bool());
    EXPECT_TRUE(facts.at("layoff_unexplained").as_bool());
    EXPECT_TRUE(facts.at("foreign").as_bool());
}

TEST(Data, SurvivesTheRoundTrip) {
    Data data;
    data.alert = payload(R"({"event": {"cause": "layoff"}})");
    data.collective = true;
    data.behaviours.push_back({"talk", tests::shanghai("2026-03-02 12:00"), {}});
    data.facts.in_scope = false;
    Application application;
    application.no = 1;
    application.consents.push_back({"workers", true, tests::shanghai("2026-03-02 12:00")});
    data.applications.push_back(application);
    data.process.vote = Vote{"doc", "congress", 9, 8, 7, *time::parse_date("2026-03-01")};
    data.checks["law"] = Check{"p", "ok", {}, {}};
    const auto json = write_data(data);
    EXPECT_EQ(write_data(read_data(json)), json);
    EXPECT_EQ(read_data(json).facts.in_scope, false);
    EXPECT_TRUE(write_data(Data{}).empty());
}

TEST(Params, TheShippedPolicyHasThemAll) {
    EXPECT_EQ(check_params(tests::DisputeStory().policy.params), std::vector<std::string>{});
    EXPECT_FALSE(check_params({}).empty());
}

}  // namespace jinqiao::workflows::dispute
