#pragma once
#include <gtest/gtest.h>

#include <string>

#include "tests/support/dispute_story.h"
#include "workflows/dispute/alert.h"
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

// A case on a Monday morning, and short ways to bring it on.
class Interplay : public ::testing::Test {
  protected:
    tests::DisputeStory story;
    void SetUp() override { story.at("2026-03-02 09:00"); }

    std::string file(int workers = 5, const std::string& more = "") {
        return story.filed(R"({"enterprise": {"name": "甲", "id": "e_demo", "staff": 1000},
            "event": {"cause": "wage_arrears", "workers_involved": )" +
                           std::to_string(workers) +
                           R"(, "demands": ["pay_arrears"],
                      "noticed_at": "2026-03-02T08:30:00+08:00")" +
                           more + "}}");
    }
    void coordinate(const char* tier = "committee", bool collective = false) {
        story.taken_and_verified(collective);
        story.does(story.duty, "attach_plan", R"({"plan": "our-own"})");
        story.does(story.duty, "open_coordination", std::string(R"({"tier": ")") + tier + R"("})");
    }
    void mediate(const char* kind = "enterprise_committee", const char* body = "x") {
        story.does(story.duty, "apply_mediation",
                   std::string(R"({"mediator_kind": ")") + kind + R"(", "body": ")" + body +
                       R"(", "received_at": "2026-03-02T09:00:00+08:00", "by": "both",
                           "form": "written", "requests": ["x"]})");
        story.does(story.mediator, "accept_mediation",
                   R"({"mediator": "p_mediator_1", "no_tie": true,
                       "accepted_at": "2026-03-02T09:00:00+08:00"})");
    }
    void agree(const char* kind = "mediation") {
        story.does(story.mediator, "record_session",
                   R"({"kind": "talk", "present": [{"side": "employer"}],
                       "heard": ["employer", "workers"], "result": "x"})");
        story.does(story.mediator, "propose_agreement",
                   std::string(R"({"kind": ")") + kind + R"(", "text": "doc",
                       "outcomes": {"enterprise": "a", "workers": "b"},
                       "balance": {"lawful": "a", "humane": "b", "fair": "c"}})");
        story.does(story.mediator, "sign_agreement",
                   R"({"signed_at": "2026-03-02T09:00:00+08:00", "mandate": "doc-mandate",
                       "signatures": {"employer": true, "workers": true, "mediator": true,
                                      "seal": true},
                       "instalments": [{"no": 1, "due": "2026-03-20", "amount": 100}]})");
    }
    Data data() { return read_data(story.it().data); }
    std::int64_t workers(const std::string& id) {
        return read_alert(read_data(story.kase(id).data)).workers();
    }
    std::string approve(const engine::model::Actor& by) {
        const auto id = story.it().requests.back().id.value;
        story.does(by, "approve_request", R"({"request": ")" + id + R"(", "reason": "同意"})");
        return id;
    }
};

}  // namespace jinqiao::workflows::dispute
