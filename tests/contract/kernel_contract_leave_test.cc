#include "tests/contract/kernel_contract.h"
#include "tests/support/leave_setting.h"

// The kernel's contract, kept by the small workflow of tests/support.
namespace jinqiao::tests {
namespace {

KernelSubject leave() {
    KernelSubject out;
    out.name = "leave";
    out.story = leave_story;
    out.filing = {filer(), "file", leave_alert(3)};
    out.fact = {filer(), "change_days", {{"days", 4}}};
    out.note = {filer(), "add_note", {{"text", "已电话核实"}}};
    out.stranger = {person("zhou"), "grant", {}};
    out.invalid = {filer(), "change_days", {{"days", 0}, {"day", 3}, {"occurred_at", "tomorrow"}}};
    out.faults = {
        {"payload.least", "days"}, {"payload.unknown", "day"}, {"payload.type", "occurred_at"}};
    out.blocked = {person("wang"), "grant", {}};
    out.offering = person("wang");
    out.taken = {{filer(), "ask", {}}};
    out.to_post = "second_desk";
    out.note_field = "reason";
    out.answering = person("zhao");
    out.raise = {person("wang"), "raise_grade", {{"to", "orange"}, {"reason", "人数上升"}}};
    out.lower = {person("wang"), "request_lower_grade", {{"to", "blue"}, {"reason", "已平息"}}};
    out.approver = person("qian");
    return out;
}

INSTANTIATE_TEST_SUITE_P(Leave, KernelContract, testing::Values(leave()), subject_name);

}  // namespace
}  // namespace jinqiao::tests
