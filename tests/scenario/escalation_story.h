#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// Timelines of clocks, ladders, requests and signatures: cases that differ in how many people they
// concern and nothing else. 3 workers are blue, 12 yellow, 120 orange, 320 red.
class EscalationStory : public ::testing::Test {
  protected:
    DisputeStory story;

    // Tue Mar 3 2026 unless said otherwise; noticed at that very time.
    void file(int workers, const std::string& at = "2026-03-03 10:00",
              const std::string& more = "") {
        story.at(at);
        story.filed(R"({"enterprise": {"name": "示例物流", "staff": 2000},
                        "event": {"cause": "contract_change", "workers_involved": )" +
                    std::to_string(workers) +
                    R"(, "demands": ["transfer_terms"], "noticed_at": ")" + at.substr(0, 10) + "T" +
                    at.substr(11) + R"(:00+08:00")" + more + "}}");
    }

    // A yellow case in the mediation team, owned by the lead mediator since 11:00.
    void in_team(const std::string& at = "2026-03-03 10:00") {
        file(12, at);
        story.taken_and_verified();
        story.does(story.duty, "attach_plan", R"({"plan": "plan-basic"})");
        story.does(story.duty, "open_coordination", R"({"tier": "team", "lead": "p_mediator_1"})");
        story.does(story.mediator, "accept_handover");
        story.sign_everything();
    }

    engine::model::Actor department(const std::string& id) {
        auto actor = story.holder("p_" + id + "_1", {"department"});
        actor.department = engine::model::DepartmentId{id};
        return actor;
    }

    std::string last_request() { return story.it().requests.back().id.value; }
    std::string answer_json() {
        return R"({"request": ")" + last_request() + R"(", "reason": "已研究"})";
    }
    void approve(const engine::model::Actor& who) {
        story.does(who, "approve_request", answer_json());
    }
    void ask_suspension(const std::string& until, const std::string& kind = "suspend") {
        story.does(
            story.mediator, "request_suspension",
            R"({"reason": "等待总部", "until": ")" + until + R"(", "kind": ")" + kind + R"("})");
    }
    void suspend(const std::string& until) {
        ask_suspension(until);
        approve(story.supervisor);
        story.expect_state("suspended", "clock");
    }
    std::string extension_json(const std::string& by, const std::string& clock = "st.meeting") {
        return R"({"reason": "总部尚未答复", "clock": ")" + clock + R"(", "budget": ")" + by +
               R"("})";
    }
    void ask_time(const std::string& by, const std::string& clock = "st.meeting") {
        story.does(story.mediator, "request_stage_extension", extension_json(by, clock));
    }

    const engine::model::Clock& clock(const std::string& name, const std::string& subject = {}) {
        static const engine::model::Clock none;
        const auto* found = story.it().clock(name, subject);
        EXPECT_NE(found, nullptr) << name;
        return found == nullptr ? none : *found;
    }
    std::string due(const std::string& name) {
        return engine::time::to_rfc3339(clock(name).due.at, story.calendar.utc_offset())
            .substr(0, 16);
    }

    // How often a rung ran, by its name, or by "clock/…" of its key.
    std::size_t ran(const std::string& rung) const {
        const auto all = story.rungs();
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [&](const std::string& key) {
                return key.starts_with(rung) || key.find("/" + rung + "/") != std::string::npos;
            }));
    }
    std::size_t times(const std::string& event, const std::string& addressee) const {
        const auto all = story.told(event);
        return static_cast<std::size_t>(std::count(all.begin(), all.end(), addressee));
    }

    // --- tasks of departments
    std::string task(const std::string& department) {
        std::string id;
        for (const auto& each : story.it().assignments)
            if (each.addressee.text() == "department:" + department && each.task == "alert")
                id = each.id.value;
        return id;
    }
    bool answers(const std::string& who, const std::string& how, const std::string& reason = "") {
        engine::model::Command command;
        command.target = story.it().id;
        command.name = how;
        command.payload = {{"assignment", task(who)}};
        if (!reason.empty()) command.payload["reason"] = reason;
        command.actor = department(who);
        return story.send(command);
    }
    bool sends_back(const std::string& who) { return answers(who, "return", "不属本部门职责"); }
    std::string to_json(const std::string& from, const std::string& to,
                        const std::string& more = "") {
        return R"({"assignment": ")" + task(from) + R"(", "to": ")" + to + R"(")" + more + "}";
    }
    bool urged(const std::string& who) {
        const auto* found = story.it().clock("asg.sign", task(who));
        return found != nullptr && found->open();
    }

    bool has_old_and_new(const std::string& why) const {
        for (const auto& each : story.events)
            if (each.name == "due_changed" && each.data.at("why").as_string() == why &&
                each.data.contains("old_ms") && each.data.contains("new_ms"))
                return true;
        return false;
    }
};

}  // namespace jinqiao::tests
