#include "tests/support/dispute_story.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <filesystem>

#include "config/load.h"
#include "config/zone.h"
#include "tests/unit/time/calendar_fixture.h"
#include "workflows/catalogue.h"

namespace jinqiao::tests {

namespace json = boost::json;
namespace model = engine::model;
namespace time = engine::time;

namespace {

const engine::kernel::Workflow& dispute() {
    static const auto all = workflows::catalogue();
    for (const auto& workflow : all)
        if (workflow->name() == "dispute") return *workflow;
    std::abort();
}

// Beside this file, so that a test may run from anywhere.
std::filesystem::path folder() {
    return std::filesystem::path(__FILE__).parent_path().parent_path().parent_path() / "config";
}

std::string described(const config::Faults& faults, const config::Catalogue& texts) {
    std::string text;
    for (const auto& fault : faults)
        if (!fault.warning) text += config::describe(fault, texts, model::Language::en) + "\n";
    return text;
}

const config::Configuration& shipped() {
    static const auto loaded = [] {
        const auto* workflow = &dispute();
        return config::load(folder(), std::span(&workflow, 1),
                            time::testing::at("2026-01-05 09:00"));
    }();
    if (!loaded.configuration) {
        ADD_FAILURE() << "the shipped configuration does not load:\n"
                      << described(loaded.faults, *loaded.texts);
        std::abort();
    }
    return *loaded.configuration;
}

engine::policy::Directory people() {
    const auto zone = config::load_zone(folder() / "demo" / "zone.yaml", shipped().organisation);
    if (!zone.zone) {
        ADD_FAILURE() << "the demonstration zone does not load:\n"
                      << described(zone.faults, *shipped().texts);
        std::abort();
    }
    return config::staffed(shipped().organisation, *zone.zone);
}

}  // namespace

time::Instant shanghai(const std::string& text) {
    if (text.ends_with(" 24:00")) return time::testing::end_of(text.substr(0, 10));
    return time::testing::at(text);
}

json::object payload(const std::string& text) { return json::parse(text).as_object(); }

DisputeStory::DisputeStory()
    : Story(dispute(), *shipped().policies.at("dispute"), people(), *shipped().calendar),
      duty(holder("p_duty_1", {"duty_officer"})),
      duty_deputy(holder("p_duty_2", {"duty_officer"})),
      liaison(holder("p_liaison_1", {"mediator"})),
      chair(holder("p_chair_1", {"mediator"})),
      mediator(holder("p_mediator_1", {"mediator"})),
      lead_department(holder("p_hrss_1", {"mediator"})),
      supervisor(holder("p_supervisor_1", {"supervisor"})),
      supervisor2(holder("p_supervisor_2", {"supervisor"})),
      enterprise_union(holder("p_filer", {"enterprise_union"})) {
    enterprise_union.enterprise = model::EnterpriseId{"e_demo"};
    more_facts = [this](const model::Command& command, engine::kernel::Facts& facts) {
        if (const auto* target = command.payload.if_contains("target"))
            if (const auto found = all_cases().find(std::string(target->as_string()));
                found != all_cases().end())
                facts.other = found->second;
    };
}

model::Actor DisputeStory::holder(const std::string& person,
                                  const std::vector<std::string>& roles) const {
    model::Actor actor;
    actor.kind = model::Actor::Kind::person;
    actor.account = model::AccountId{"a_" + person};
    actor.person = model::PersonId{person};
    actor.roles = roles;
    return actor;
}

std::string DisputeStory::filed(const std::string& alert_json) {
    const auto before = cases();
    auto alert = payload(alert_json);
    if (auto* enterprise = alert.if_contains("enterprise"); enterprise == nullptr)
        alert["enterprise"] = json::object{{"name", "示例企业"}};
    const bool accepted = file(alert, enterprise_union);
    EXPECT_TRUE(accepted) << "file: " << reason();
    EXPECT_GT(cases(), before);
    id_ = "case" + std::to_string(before + 1);
    return id_;
}

void DisputeStory::sign_everything() {
    for (const auto& [id, kase] : all_cases())
        for (const auto& each : std::vector(kase.assignments)) {
            if (!each.needs_sign || each.signed_at || each.closed_at) continue;
            model::Command command;
            command.target = kase.id;
            command.name = "sign";
            command.payload = {{"assignment", each.id.value}};
            send(command);
        }
}

void DisputeStory::when(const std::string& text) {
    sign_everything();
    run_until(text);
}

void DisputeStory::does(const model::Actor& actor, const std::string& action,
                        const std::string& payload_json) {
    model::Command command;
    command.target = model::CaseId{id_};
    command.name = action;
    command.payload = payload(payload_json);
    command.actor = actor;
    refusal = {};
    const bool accepted = send(command);
    std::string why;
    for (const auto& each : refusal.reasons) {
        why += " " + each.code;
        for (const auto& [name, value] : each.args) why += " " + name + "=" + value;
    }
    EXPECT_TRUE(accepted) << action << " was refused:" << why;
}

void DisputeStory::refused(const std::string& reason_code, const model::Actor& actor,
                           const std::string& action, const std::string& payload_json) {
    const auto before = it();
    model::Command command;
    command.target = model::CaseId{id_};
    command.name = action;
    command.payload = payload(payload_json);
    command.actor = actor;
    EXPECT_FALSE(send(command)) << action << " was accepted";
    EXPECT_EQ(reason(), reason_code) << action;
    EXPECT_EQ(before.data, it().data);  // I24
    EXPECT_EQ(before.regions, it().regions);
}

void DisputeStory::expect_due(const std::string& name, const std::string& text,
                              const std::string& subject) {
    const auto* found = it().clock(name, subject);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_EQ(time::to_rfc3339(found->due.at, calendar.utc_offset()),
              time::to_rfc3339(shanghai(text), calendar.utc_offset()))
        << name;
}

void DisputeStory::expect_open(const std::string& name) {
    const auto* found = it().clock(name);
    EXPECT_TRUE(found != nullptr && found->open()) << name;
}

void DisputeStory::expect_no(const std::string& name) {
    const auto* found = it().clock(name);
    EXPECT_TRUE(found == nullptr || !found->open()) << name;
}

void DisputeStory::expect_state(const std::string& state, const std::string& region) {
    EXPECT_EQ(it().state_of(region), state) << region;
}

void DisputeStory::expect_grade(const std::string& grade) {
    EXPECT_EQ(model::name(it().grade.effective), grade);
}

void DisputeStory::expect_owner(const std::string& post) { EXPECT_EQ(it().owner.post.value, post); }

void DisputeStory::expect_end_of(const std::string& name, const std::string& outcome) {
    const auto* found = it().clock(name);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_FALSE(found->open()) << name;
    EXPECT_EQ(found->outcome, outcome) << name;
}

bool DisputeStory::recorded(const std::string& event, const std::string& key,
                            const std::string& value) const {
    for (const auto& each : events) {
        if (each.name != event) continue;
        if (key.empty()) return true;
        const auto* found = each.data.if_contains(key);
        if (found != nullptr && found->is_string() && found->as_string() == value) return true;
    }
    return false;
}

void DisputeStory::taken_and_verified(bool collective) {
    does(duty, "acknowledge");
    does(duty, "update_facts", R"({"certainty": "seen"})");
    does(duty, "confirm_facts",
         std::string(R"({"types": ["wage_arrears"], "in_scope": true, "rights_claim": true,)") +
             (collective ? R"("collective": true, "common_claim": "pay"})"
                         : R"("collective": false})"));
}

}  // namespace jinqiao::tests
