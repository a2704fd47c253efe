#include "engine/kernel/sign_for.h"

#include <algorithm>

#include "engine/kernel/refuse.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Actor;
using model::Addressee;
using model::Assignment;
using model::AssignmentState;
using model::Refusal;

namespace {

bool may_answer(const Draft& draft, const Assignment& assignment) {
    const auto& actor = draft.command().actor;
    if (actor.kind == Actor::Kind::engine) return true;  // a signed link proved the right
    const auto& directory = draft.directory();
    switch (assignment.addressee.kind) {
        case Addressee::Kind::department: {
            if (actor.department.value == assignment.addressee.id) return true;
            const auto found =
                directory.departments.find(model::DepartmentId{assignment.addressee.id});
            return found != directory.departments.end() &&
                   directory.acts_for(actor.person, found->second.desk, draft.now());
        }
        case Addressee::Kind::post:
            return directory.acts_for(actor.person, model::PostId{assignment.addressee.id},
                                      draft.now());
        case Addressee::Kind::person:
            return actor.person.value == assignment.addressee.id;
    }
    return false;
}

bool counts(const Assignment& assignment) {
    return assignment.task == "alert" && assignment.needs_sign;
}

bool answered(const Assignment& assignment) {
    return assignment.state == AssignmentState::signed_for ||
           assignment.state == AssignmentState::accepted ||
           assignment.state == AssignmentState::done;
}

bool chased(const model::Case& kase, const Assignment& assignment) {
    const auto* clock = kase.clock("asg.sign", assignment.id.value);
    return clock != nullptr && clock->open();
}

// The others of the group are urged no more once enough have signed, and again if one of those
// sends the task back after all.
void settle_group(Draft& draft, const Assignment& about) {
    auto& kase = draft.kase;
    const bool enough = enough_answered(kase, draft.policy().routing, about);
    for (const auto& each : kase.assignments) {
        if (!counts(each) || each.group != about.group || each.closed_at || answered(each))
            continue;
        if (enough)
            draft.close("asg.sign", "enough", each.id.value);
        else if (kase.open && each.delivered_at && !chased(kase, each))
            draft.start("asg.sign", {.from = draft.now(), .subject = each.id.value});
    }
}

// Who is competent is a question with a clock of its own: a task nobody wants must not lie about.
void ask_who_is_competent(Draft& draft, Assignment& assignment, const std::string& reason) {
    ++assignment.returns;
    assignment.returned_on = draft.kase.grade.effective;
    if (draft.kase.open)
        draft.start("asg.rule", {.from = draft.now(), .subject = assignment.id.value});
    const json::object vars{{"addressee", assignment.addressee.text()}, {"reason", reason}};
    const auto id = assignment.id.value;
    for (const auto& to : draft.audience({"decider"}, id)) {
        draft.notify("returned", to, draft.assign(to, "competence", id, false).id, vars);
        draft.tell_others("returned", to, vars, id);
    }
}

}  // namespace

namespace {

// False: there is no such assignment, or it knows already.
bool deliver(Draft& draft, const model::AssignmentId& id) {
    auto* assignment = draft.kase.assignment(id);
    if (!assignment || assignment->state != AssignmentState::told) return false;
    draft.advance(*assignment, AssignmentState::delivered, {});
    // An escalation is urged by the ladder that made it: a clock of its own would escalate the
    // escalation, and that one again, without end.
    const bool urged = assignment->needs_sign && !assignment->closed_at && draft.kase.open &&
                       assignment->task != "escalation";
    if (urged && !enough_answered(draft.kase, draft.policy().routing, *assignment))
        draft.start("asg.sign", {.from = draft.now(), .subject = assignment->id.value});
    return true;
}

}  // namespace

std::optional<Refusal> delivered(Draft& draft) {
    bool any = deliver(draft, model::AssignmentId{text(draft.payload(), "assignment")});
    const auto* several = draft.payload().if_contains("assignments");
    if (several != nullptr && several->is_array())
        for (const auto& id : several->get_array())
            if (id.is_string())
                any = deliver(draft, model::AssignmentId{std::string(id.get_string())}) || any;
    if (!any) return dropped("delivered.known");
    return {};
}

namespace {

AssignmentState state_after(std::string_view answer) {
    return answer == "sign"     ? AssignmentState::signed_for
           : answer == "accept" ? AssignmentState::accepted
           : answer == "return" ? AssignmentState::returned
                                : AssignmentState::done;
}

}  // namespace

std::optional<Refusal> unfit_answer(const Assignment& assignment, std::string_view answer) {
    const auto to = state_after(answer);
    // Signing twice is harmless; going back from an answer is not an answer.
    if (assignment.state == to || (answer == "sign" && assignment.state > to))
        return dropped("assignment.known");
    if (assignment.closed_at || assignment.state > to)
        return refuse(Refusal::Kind::blocked, "assignment.closed");
    if (assignment.task == "handover" || assignment.task == "request" ||
        assignment.task == "competence")
        if (answer != "sign") return refuse(Refusal::Kind::blocked, "assignment.by_action");
    if (answer == "return" && assignment.ruled)
        return refuse(Refusal::Kind::blocked, "assignment.ruled");
    return {};
}

std::optional<Refusal> answer_assignment(Draft& draft) {
    const auto& name = draft.command().name;
    auto* assignment =
        draft.kase.assignment(model::AssignmentId{text(draft.payload(), "assignment")});
    if (!assignment) return refuse(Refusal::Kind::not_found, "assignment.unknown");
    if (!may_answer(draft, *assignment)) return refuse(Refusal::Kind::forbidden, "forbidden");
    const auto reason = text(draft.payload(), "reason");
    if (name == "return" && reason.find_first_not_of(" \t\r\n") == std::string::npos)
        return refuse(Refusal::Kind::invalid_payload, "payload.required", {{"field", "reason"}});
    if (auto refusal = unfit_answer(*assignment, name)) return refusal;
    const auto to = state_after(name);
    draft.advance(*assignment, to, reason);
    if (name == "return") {
        if (counts(*assignment))
            ask_who_is_competent(draft, *assignment, reason);
        else
            draft.tell("returned",
                       {{"addressee", assignment->addressee.text()}, {"reason", reason}},
                       {draft.kase.owner.post.value});
    }
    if (counts(*assignment)) settle_group(draft, *assignment);
    return {};
}

namespace {

// Those who answer for the case: its owner, whoever is on duty, those above.
bool may_urge(const Draft& draft) {
    const auto& actor = draft.command().actor;
    return actor.has("supervisor") || actor.has("duty_officer") ||
           draft.directory().acts_for(actor.person, draft.kase.owner.post, draft.now());
}

}  // namespace

std::optional<Refusal> urge(Draft& draft) {
    auto* assignment =
        draft.kase.assignment(model::AssignmentId{text(draft.payload(), "assignment")});
    if (!assignment) return refuse(Refusal::Kind::not_found, "assignment.unknown");
    if (!may_urge(draft)) return refuse(Refusal::Kind::forbidden, "forbidden");
    if (!assignment->needs_sign || assignment->signed_at || assignment->closed_at)
        return refuse(Refusal::Kind::blocked, "assignment.signed_already");
    draft.record("urged",
                 {{"assignment", assignment->id.value}, {"to", assignment->addressee.text()}});
    draft.notify("urged", assignment->addressee, assignment->id);
    return {};
}

std::vector<Answers> answers(const model::Case& kase, const policy::RoutingRules& routing) {
    std::vector<Answers> out;
    for (const auto& each : kase.assignments) {
        if (!counts(each)) continue;
        auto found = std::find_if(out.begin(), out.end(),
                                  [&](const Answers& known) { return known.group == each.group; });
        if (found == out.end()) {
            const auto rule = routing.enough.find(each.group);
            out.push_back({each.group});
            found = out.end() - 1;
            found->enough = rule == routing.enough.end() ? 0 : rule->second;
        }
        found->returned += each.state == AssignmentState::returned ? 1 : 0;
        if (each.state == AssignmentState::returned) continue;
        ++found->told;
        found->signed_for += answered(each) ? 1 : 0;
        found->accepted += each.state == AssignmentState::accepted ? 1 : 0;
    }
    return out;
}

bool enough_answered(const model::Case& kase, const policy::RoutingRules& routing,
                     const Assignment& assignment) {
    if (!counts(assignment)) return false;
    for (const auto& each : answers(kase, routing))
        if (each.group == assignment.group) return each.enough > 0 && each.reached();
    return false;
}

bool waits_for_decision(const model::Case& kase, const Assignment& assignment) {
    if (!counts(assignment) || assignment.state != AssignmentState::returned) return false;
    return std::none_of(kase.assignments.begin(), kase.assignments.end(),
                        [&](const Assignment& each) { return each.before == assignment.id; });
}

bool needs_ruling(const policy::RoutingRules& routing, const Assignment& assignment) {
    return assignment.returns > routing.returns;
}

void decided(Draft& draft, const model::AssignmentId& returned, std::string_view how) {
    draft.meet("asg.rule", how, returned.value);
    for (auto& each : draft.kase.assignments)
        if (each.task == "competence" && each.about == returned.value)
            draft.advance(each, AssignmentState::done, {});
}

// --- words of Draft -----------------------------------------------------------------------------

Assignment& Draft::retask(Assignment& returned, const Addressee& to, bool ruled) {
    const auto old = returned;
    auto& task = assign(to, "alert", old.id.value);
    task.before = old.id;
    task.group = old.group;
    task.returns = old.returns;
    task.ruled = ruled;
    record(ruled ? "competence_ruled" : "task_reassigned",
           {{"from", old.addressee.text()}, {"to", to.text()}, {"assignment", task.id.value}});
    decided(*this, old.id, ruled ? "ruled" : "reassigned");
    notify("alert", to, task.id, {}, ruled ? "assignment.given_by_ruling" : "assignment.given_on");
    return task;
}

}  // namespace jinqiao::engine::kernel
