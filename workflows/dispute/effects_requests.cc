// Requests for a second person, their answers, and what an approval carries out.
#include "workflows/dispute/carry_out.h"
#include "workflows/dispute/effects.h"
#include "workflows/dispute/guards.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

// At most one of a kind is pending (I14); the newer one says what is wanted now.
void ask(Step& step, std::string_view kind) {
    step.save();
    for (std::size_t i = 0; i < step.kase().requests.size(); ++i) {
        model::Request& each = step.kase().requests[i];
        if (each.kind == kind && each.state == model::RequestState::pending)
            step.draft.close_request(each, model::RequestState::void_, "superseded");
    }
    step.draft.request(kind, step.payload());
    step.load();
}

void lower_grade(Step& step) { ask(step, "lower_grade"); }
void suspension(Step& step) { ask(step, "suspension"); }
void skip_step(Step& step) { ask(step, "skip_step"); }
void stage_extension(Step& step) { ask(step, "stage_extension"); }
void approval(Step& step) { ask(step, "approval"); }
void unseal(Step& step) { ask(step, "unseal"); }

model::Request* asked(Step& step) {
    return step.kase().request(model::RequestId{text(step.payload(), "request")});
}

void approve(Step& step) {
    step.save();
    if (auto* request = asked(step)) step.draft.approve(*request, text(step.payload(), "reason"));
    step.load();
}

void reject(Step& step) {
    step.save();
    if (auto* request = asked(step))
        step.draft.close_request(*request, model::RequestState::rejected,
                                 text(step.payload(), "reason"));
    step.load();
}

void suspension_approved(Step& step) {
    step.data.suspended_until = field<time::Date>(step.payload(), "until");
    ++step.data.suspensions;
}

constexpr Effect list[] = {{"request_lower_grade", lower_grade},
                           {"request_suspension", suspension},
                           {"request_skip_step", skip_step},
                           {"request_stage_extension", stage_extension},
                           {"request_approval", approval},
                           {"request_unseal", unseal},
                           {"approve_request", approve},
                           {"reject_request", reject},
                           {"suspension_approved", suspension_approved}};

// --- what was approved
// ------------------------------------------------------------------------------

// The case may have changed since: guards are asked again, and an approval that no longer fits is
// on record as void.
bool still_holds(Step& step, std::string_view id, std::string_view event) {
    step.event = event;
    const Guard* found = guard(id);
    const auto reason = found != nullptr ? found->ask(step) : Reason{};
    if (reason) step.draft.record("approval_void", {{"guard", id}});
    return !reason;
}

void approved_lower_grade(Step& step, model::Request& request) {
    const auto to = model::parse_grade(text(request.asked, "to"));
    if (!to || !still_holds(step, "G.floor", "request_lower_grade")) return;
    step.save();
    step.draft.grant_grade(*to);
    step.load();
}

void approved_extension(Step& step, model::Request& request) {
    const auto budget = time::parse_budget(text(request.asked, "budget"));
    const auto key = text(request.asked, "clock");
    for (model::Clock& clock : step.kase().clocks)
        if ((clock.key() == key || clock.name == key) && clock.open() && budget &&
            clock.cls == model::ClockClass::stage && time::compatible(clock.rule.budget, *budget))
            return step.draft.extend(clock, *budget);
    step.draft.record("approval_void", {{"clock", key}});
}

// The action asked for follows in the same transaction, its guards asked again, the approval on
// record for G.two.
void approved_action(Step& step, model::Request& request) {
    Approval approval;
    approval.action = text(request.asked, "for");
    approval.payload = object(request.asked, "payload");
    approval.request = request.id.value;
    approval.requester = request.by.value;
    approval.approver = step.draft.by().value;
    approval.at = step.draft.now();
    model::Command command;
    command.target = step.kase().id;
    command.name = approval.action;
    command.payload = approval.payload;
    step.data.approvals.push_back(std::move(approval));
    step.save();
    if (command.name == "unseal") return open_identity(step, request);
    if (known_event(command.name)) step.draft.follow_up(std::move(command));
}

void approved_move(Step& step, model::Request& request, std::string_view event) {
    json::object input = request.asked;
    input["request"] = request.id.value;
    step.input = &input;
    step.event = event;
    if (carry_out(step)) step.draft.record("approval_void", {{"event", event}});
    step.input = nullptr;
    step.save();
}

}  // namespace

std::span<const Effect> request_effects() { return list; }

void answered(Step& step, model::Request& request) {
    step.input = &request.asked;
    if (request.state == model::RequestState::lapsed) {
        step.draft.tell("request_lapsed", {{"kind", request.kind}}, {}, request.id.value);
    } else if (request.state == model::RequestState::approved) {
        if (request.kind == "lower_grade") approved_lower_grade(step, request);
        if (request.kind == "suspension") approved_move(step, request, "suspension_approved");
        if (request.kind == "skip_step") approved_move(step, request, "skip_approved");
        if (request.kind == "stage_extension") approved_extension(step, request);
        if (request.kind == "approval") approved_action(step, request);
        if (request.kind == "unseal") open_identity(step, request);
    }
    step.input = nullptr;
}

}  // namespace jinqiao::workflows::dispute
