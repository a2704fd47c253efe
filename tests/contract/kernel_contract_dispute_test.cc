#include <filesystem>

#include "config/load.h"
#include "tests/contract/kernel_contract.h"
#include "tests/support/builders.h"
#include "tests/unit/time/calendar_fixture.h"
#include "workflows/catalogue.h"

// The kernel's contract, kept by the dispute under the policy and organisation as shipped. Each
// post is held by one person, named after it: p_duty_desk, p_supervisor.
namespace jinqiao::tests {
namespace {

namespace model = engine::model;
using engine::kernel::Workflow;

struct Shipped {
    std::vector<std::shared_ptr<const Workflow>> workflows = jinqiao::workflows::catalogue();
    const Workflow* dispute = nullptr;
    config::Loaded loaded;

    Shipped() {
        std::vector<const Workflow*> all;
        for (const auto& workflow : workflows) {
            all.push_back(workflow.get());
            if (workflow->name() == "dispute") dispute = workflow.get();
        }
        loaded = config::load(std::filesystem::path(JINQIAO_SOURCE_DIR) / "config", all,
                              engine::time::testing::at("2026-03-03 10:00"));
    }
};

const Shipped& shipped() {
    static const Shipped one;
    return one;
}

engine::policy::Directory staffed(engine::policy::Directory directory) {
    for (const auto& [id, post] : directory.posts) {
        const auto one = DirectoryBuilder().person("p_" + id.value, id.value).build();
        directory.people.insert(one.people.begin(), one.people.end());
        directory.terms.push_back(one.terms.front());
    }
    return directory;
}

Story dispute_story() {
    const auto& configuration = shipped().loaded.configuration.value();
    Story story(*shipped().dispute, *configuration.policies.at("dispute"),
                staffed(configuration.organisation), *configuration.calendar);
    story.directory.channels = {"file"};
    story.at("2026-03-03 10:00");
    return story;
}

boost::json::object alert() {
    return {{"enterprise", {{"name", "示例公司"}, {"staff", 200}}},
            {"event",
             {{"cause", "wage_arrears"},
              {"behaviours", {"talk"}},
              {"workers_involved", 3},
              {"noticed_at", "2026-03-03T09:40:00+08:00"}}},
            {"filing", "identified"}};
}

KernelSubject dispute() {
    const auto filer = person("p_enterprise_union_chair", {"enterprise_union"});
    const auto owner = person("p_duty_desk", {"duty_officer"});
    KernelSubject out;
    out.name = "dispute";
    out.story = dispute_story;
    out.filing = {filer, "file", alert()};
    out.fact = {filer, "update_facts", {{"event", {{"workers_involved", 4}}}}};
    out.note = {filer, "add_note", {{"text", "已电话核实"}}};
    out.stranger = {person("nobody"), "acknowledge", {}};
    out.invalid = {
        filer,
        "update_facts",
        {{"event", {{"workers_involved", -1}}}, {"day", 3}, {"occurred_at", "tomorrow"}}};
    out.faults = {{"payload.least", "event.workers_involved"},
                  {"payload.unknown", "day"},
                  {"payload.type", "occurred_at"}};
    out.blocked = {owner, "close_settled", {}};
    out.taken = {{owner, "acknowledge", {}}};
    out.offering = owner;
    out.to_post = "committee_chair";
    out.note_field = "note";
    out.answering = person("p_committee_chair", {"mediator"});
    out.raise = {owner, "raise_grade", {{"to", "orange"}, {"reason", "情绪激动"}}};
    out.lower = {owner, "request_lower_grade", {{"to", "blue"}, {"reason", "已平息"}}};
    out.approver = person("p_supervisor", {"supervisor"});
    return out;
}

TEST(DisputeUnderContract, ShippedConfigurationLoads) {
    const auto& loaded = shipped().loaded;
    for (const auto& fault : loaded.faults)
        EXPECT_TRUE(fault.warning) << config::describe(fault, *loaded.texts, model::Language::en);
    ASSERT_TRUE(loaded.configuration);
}

INSTANTIATE_TEST_SUITE_P(Dispute, KernelContract, testing::Values(dispute()), subject_name);

}  // namespace
}  // namespace jinqiao::tests
