// The words of Draft that deal with telling people: notices, assignments, routing.
#include <algorithm>

#include "engine/kernel/draft.h"
#include "engine/kernel/refuse.h"
#include "engine/kernel/sign_for.h"
#include "engine/kernel/workflow.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Addressee;
using model::Assignment;
using model::AssignmentState;

void Draft::notify(std::string_view event, const Addressee& to, const model::AssignmentId& about,
                   const json::object& vars, std::string_view reason, std::size_t contact) {
    auto reach = directory().reach(to, now());
    Addressee addressee = to;
    std::string why(reason);
    if (!reach.reachable()) {
        // Never a silent skip: what was meant for nobody goes to the desk that is never empty.
        record("unreachable", {{"addressee", to.text()}, {"why", reach.reason}, {"event", event}});
        // Whoever filed in confidence is named to no desk, not even as somebody who is not reached.
        const bool secret = kase.confidentiality == model::Confidentiality::restricted &&
                            to.kind == Addressee::Kind::person && to.id == kase.filer.value;
        why = secret ? reach.reason : to.text() + ": " + reach.reason;
        addressee = {Addressee::Kind::post, directory().fallback.value};
        reach = directory().reach(addressee, now());
    } else if (!reach.reason.empty() && why.empty()) {
        why = reach.reason;
    }
    const auto n = std::to_string(notices_.size() + 1);
    model::Notice notice;
    notice.id = model::NoticeId{kase.id.value + "-n" + std::to_string(kase.seq) + "-" + n};
    notice.kase = kase.id;
    notice.event = event;
    notice.addressee = addressee;
    notice.person = reach.person;
    notice.urgent = kase.grade.effective >= model::GradeLevel::orange;
    if (reach.reachable()) {
        const auto& way = reach.contacts[std::min(contact, reach.contacts.size() - 1)];
        notice.channel = way.channel;
        notice.address = way.address;
        notice.not_before = policy::held_until(directory(), way, notice.urgent, now());
    }
    if (notice.not_before) {
        kase.held_until = std::max(kase.held_until.value_or(now()), *notice.not_before);
        record("held", {{"notice", notice.id.value},
                        {"addressee", addressee.text()},
                        {"until_ms", time::to_ms(*notice.not_before)},
                        {"why", "quiet_hours"}});
        if (why.empty()) why = "quiet hours";
    }
    notice.key = kase.id.value + "/" + notice.event + "/" + std::to_string(kase.seq) + "." + n +
                 "/" + addressee.text() + "/" + notice.channel;
    notice.assignment = about;
    notice.grade = kase.grade.effective;
    notice.exercise = kase.exercise;
    notice.at = now();
    notice.vars = vars;
    notice.vars["number"] = kase.number;
    notice.vars["grade"] = model::name(kase.grade.effective);
    notice.vars["state"] = kase.regions.empty() ? "" : kase.regions.front().state;
    notice.reason = std::move(why);
    notices_.push_back(std::move(notice));
}

Assignment& Draft::assign(const Addressee& to, std::string_view task, std::string_view about,
                          bool needs_sign) {
    Assignment assignment;
    assignment.id =
        model::AssignmentId{kase.id.value + "-a" + std::to_string(kase.next_assignment++)};
    assignment.addressee = to;
    assignment.task = task;
    assignment.about = about;
    assignment.needs_sign = needs_sign;
    assignment.told_at = now();
    for (const auto& known : kase.assignments)
        if (known.addressee == to && known.task == task && known.about == about)
            assignment.round = known.round + 1;
    record(
        "assigned",
        {{"assignment", assignment.id.value}, {"to", to.text()}, {"task", task}, {"about", about}});
    kase.assignments.push_back(std::move(assignment));
    return kase.assignments.back();
}

void Draft::tell(std::string_view event, json::object vars, const std::vector<std::string>& extra,
                 std::string_view about) {
    const auto rule = policy().notices.find(std::string(event));
    std::vector<std::string> words = extra;
    bool sign = false;
    if (rule != policy().notices.end()) {
        words.insert(words.end(), rule->second.to.begin(), rule->second.to.end());
        sign = rule->second.sign;
    }
    for (const auto& to : audience(words, about)) {
        model::AssignmentId id;
        if (sign) id = assign(to, "notice", event, true).id;
        notify(event, to, id, vars);
    }
}

void Draft::tell_others(std::string_view event, const Addressee& but, json::object vars,
                        std::string_view about) {
    const auto rule = policy().notices.find(std::string(event));
    if (rule == policy().notices.end()) return;
    for (const auto& to : audience(rule->second.to, about)) {
        if (to == but) continue;
        model::AssignmentId id;
        if (rule->second.sign) id = assign(to, "notice", event, true).id;
        notify(event, to, id, vars);
    }
}

namespace {

// What a person is asked to do ends when it was accepted as done, returned, or, where signing is
// all that is asked, signed for.
bool closes(const Assignment& assignment, AssignmentState to) {
    if (to == AssignmentState::returned || to == AssignmentState::done) return true;
    if (assignment.task == "handover") return to == AssignmentState::accepted;
    // Having read who is to be named competent is not having named anybody.
    return to == AssignmentState::signed_for && assignment.task != "alert" &&
           assignment.task != "competence";
}

// Who answers by a link is known as its holder and no closer: the record says so in place of a
// person. Empty for everything else.
std::string way_of(const model::Command& command, const Assignment& assignment) {
    if (command.actor.kind != model::Actor::Kind::engine) return {};
    if (text(command.payload, "assignment") != assignment.id.value) return {};
    return text(command.payload, "how");
}

void quiet(Draft& draft, const std::string& clock_key) {
    for (auto& clock : draft.kase.clocks) {
        if (clock.key() != clock_key || !clock.open()) continue;
        const auto* ladder = draft.ladder_of(clock);
        if (!ladder || !ladder->quiet) continue;
        clock.quiet_until = time::add(draft.calendar(), draft.now(), *ladder->quiet);
        draft.record("acknowledged",
                     {{"clock", clock.key()}, {"until_ms", time::to_ms(*clock.quiet_until)}});
    }
}

}  // namespace

void Draft::advance(Assignment& assignment, AssignmentState to, std::string_view reason) {
    if (assignment.closed_at || assignment.state >= to) return;
    const auto how = way_of(command_, assignment);
    assignment.state = to;
    if (to == AssignmentState::delivered) assignment.delivered_at = now();
    if (to >= AssignmentState::signed_for && !assignment.signed_at &&
        command_.actor.kind == model::Actor::Kind::person) {
        assignment.signed_at = now();
        assignment.signed_by = by();
    } else if (to == AssignmentState::signed_for || (!how.empty() && !assignment.signed_at)) {
        assignment.signed_at = now();
    }
    if (!reason.empty()) assignment.reason = reason;
    if (closes(assignment, to)) assignment.closed_at = now();
    json::object event{{"assignment", assignment.id.value}, {"to", assignment.addressee.text()}};
    if (!how.empty()) event["how"] = how;
    record("assignment_" + std::string(model::name(to)), std::move(event));
    if (to == AssignmentState::delivered) return;
    const auto id = assignment.id.value;
    const auto about = assignment.about;
    const bool escalation = assignment.task == "escalation";
    meet("asg.sign", model::name(to), id);
    if (escalation) quiet(*this, about);
}

namespace {

// A task that came back is not given to the same hands again, unless the case has become graver
// since and nobody has said yet who is competent.
bool routed_anew(const Draft& draft, const Assignment& known) {
    return waits_for_decision(draft.kase, known) && !needs_ruling(draft.policy().routing, known) &&
           draft.kase.grade.effective > known.returned_on.value_or(draft.kase.grade.effective);
}

}  // namespace

void Draft::route() {
    const auto facts = context_.workflow->facts(kase, now());
    std::vector<std::string> fresh;  // events of those told for the first time
    for (const auto& told : policy::route(policy().routing, kase.grade.effective, facts)) {
        const Addressee to = told.is_department ? Addressee{Addressee::Kind::department, told.id}
                                                : Addressee{Addressee::Kind::post,
                                                            local(model::PostId{told.id}).value};
        // The latest one: before it there may be a copy that it superseded.
        const auto known =
            std::find_if(kase.assignments.rbegin(), kase.assignments.rend(),
                         [&](const auto& a) { return a.addressee == to && a.task == "alert"; });
        const bool is_known = known != kase.assignments.rend();
        const bool again = is_known && routed_anew(*this, *known);
        if (is_known && (known->needs_sign || told.copy) && !again) continue;
        model::AssignmentId before;
        int returns = 0;
        if (again) {
            before = known->id;
            returns = known->returns;
            decided(*this, before, "routed again");
        } else if (is_known) {
            known->closed_at = now();  // the copy is superseded
        }
        auto& task = assign(to, "alert", {}, !told.copy);
        task.group = told.group;
        task.before = before;
        task.returns = returns;
        const auto id = task.id;
        record("told", {{"to", to.text()}, {"why", told.why}, {"copy", told.copy}});
        const std::string event = told.copy ? "alert_copy" : "alert";
        notify(event, to, id);
        if (std::find(fresh.begin(), fresh.end(), event) == fresh.end()) fresh.push_back(event);
    }
    // Whoever else the policy wants to know of it is told once, not once for each department.
    for (const auto& event : fresh) tell(event);
}

}  // namespace jinqiao::engine::kernel
