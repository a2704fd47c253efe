#include "tests/support/leave_steps.h"

#include <algorithm>

namespace jinqiao::tests {

namespace json = boost::json;
namespace model = engine::model;
namespace time = engine::time;
using engine::kernel::Draft;
using model::Message;

namespace {

std::string text(const json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number(const json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value && value->is_int64() ? value->get_int64() : 0;
}

bool asked_by_two(const Draft& draft) {
    if (number(draft.kase.data, "days") <= number(draft.policy().params, "alone_days")) return true;
    return std::any_of(draft.kase.requests.begin(), draft.kase.requests.end(), [](const auto& r) {
        return r.kind == "long_leave" && r.state == model::RequestState::approved;
    });
}

// The approver is neither who asked nor who acts for the owner: one person under two posts is one.
bool second_person(const Draft& draft) {
    const auto* request = draft.kase.request(model::RequestId{text(draft.payload(), "request")});
    const auto owner = draft.directory().acting(draft.kase.owner.post, draft.now());
    const bool owns = !owner.empty() && owner.front().person == draft.by();
    return !owns && (!request || request->by != draft.by());
}

bool pending(const Draft& draft, std::string_view kind) {
    return std::any_of(draft.kase.requests.begin(), draft.kase.requests.end(), [&](const auto& r) {
        return r.kind == kind && r.state == model::RequestState::pending;
    });
}

std::string kind_asked_for(std::string_view action) {
    constexpr std::string_view prefix = "request_";
    return std::string(action.substr(0, prefix.size()) == prefix ? action.substr(prefix.size())
                                                                 : action);
}

void arrive(Draft& draft, const LeaveRow& row) {
    if (row.target == "=") return;
    draft.kase.set_state(row.region, row.target);
    draft.record("state_changed",
                 {{"region", row.region}, {"from", row.source}, {"to", row.target}});
}

void ask(Draft& draft) {
    draft.meet("st.ask");
    draft.start("st.decide", {.from = draft.now()});
    draft.start("law.answer");
    if (const auto to = draft.policy().offers.find("asked"); to != draft.policy().offers.end())
        draft.offer(to->second, "asked");
    draft.tell("leave_asked");
}

void end(Draft& draft) {
    draft.withdraw_offer("void");
    draft.lapse_requests("ended");
    for (std::size_t i = 0; i < draft.kase.clocks.size(); ++i)
        draft.finish(draft.kase.clocks[i], model::ClockState::closed, "ended");
    draft.start("arch.keep", {.from = draft.now()});
    draft.end_case();
    draft.tell("leave_answered");
}

void split(Draft& draft) {
    const auto days = number(draft.payload(), "days");
    draft.kase.data["days"] = number(draft.kase.data, "days") - days;
    draft.child({{"days", days}});
    draft.facts_changed();
}

void answer(Draft& draft, bool approve) {
    auto* request = draft.kase.request(model::RequestId{text(draft.payload(), "request")});
    const auto reason = text(draft.payload(), "reason");
    if (approve)
        draft.approve(*request, reason);
    else
        draft.close_request(*request, model::RequestState::rejected, reason);
}

void change(Draft& draft) {
    draft.kase.data["days"] = number(draft.payload(), "days");
    draft.facts_changed();
}

}  // namespace

std::optional<Message> leave_gate(const std::string& gate, const Draft& draft, bool with_payload) {
    const auto& payload = draft.payload();
    bool open = true;
    if (gate == "G.running") open = draft.kase.state_of("clock") == "running";
    if (gate == "G.two") open = asked_by_two(draft);
    if (gate == "G.one_request" && with_payload)
        open = !pending(draft, kind_asked_for(draft.command().name));
    if (gate == "G.pending" && with_payload) {
        const auto* request = draft.kase.request(model::RequestId{text(payload, "request")});
        open = request && request->state == model::RequestState::pending;
    }
    if (gate == "G.second_person" && with_payload) open = second_person(draft);
    if (gate == "G.split" && with_payload)
        open = number(payload, "days") < number(draft.kase.data, "days");
    if (gate == "G.addressee" && with_payload) {
        const auto to = text(payload, "to");
        const auto reach = draft.directory().reach({model::Addressee::Kind::post, to}, draft.now());
        open = reach.reachable() && to != draft.kase.owner.post.value;
    }
    if (open) return {};
    return Message{gate, {}};
}

std::optional<model::Refusal> leave_opened(Draft& draft) {
    auto& kase = draft.kase;
    kase.data["days"] = number(draft.payload(), "days");
    if (const auto* urgent = draft.payload().if_contains("urgent")) kase.data["urgent"] = *urgent;
    draft.regrade();  // the budgets of its clocks hang on the grade
    const model::PostId desk{text(draft.policy().params, "desk")};
    draft.own(desk, {}, "filed");
    draft.start("st.ask");
    return {};
}

std::optional<model::Refusal> leave_step(Draft& draft, const LeaveRow& row) {
    const auto& action = row.action;
    const auto& payload = draft.payload();
    arrive(draft, row);
    if (action == "ask") ask(draft);
    if (action == "grant" || action == "refuse") end(draft);
    if (action == "change_days") change(draft);
    if (action == "split") split(draft);
    if (action == "add_note") draft.record("note", {{"text", text(payload, "text")}});
    if (action == "raise_grade")
        draft.raise_grade(model::parse_grade(text(payload, "to")).value(), "hand");
    if (row.gates == std::vector<std::string>{"G.one_request"})
        draft.request(kind_asked_for(action), payload);
    if (action == "extend")
        for (auto& clock : draft.kase.clocks)
            if (clock.name == "st.decide" && clock.open())
                draft.extend(clock, time::parse_budget(text(payload, "budget")).value());
    if (action == "approve_request" || action == "reject_request")
        answer(draft, action == "approve_request");
    if (action == "resume") {
        draft.meet("sus.until", "resumed");
        leave_resumed(draft);
    }
    if (action == "offer_handover")
        draft.offer(model::PostId{text(payload, "to")}, text(payload, "reason"));
    if (action == "recall_handover") draft.withdraw_offer("recalled");
    if (action == "accept_handover") draft.accept_offer();
    if (action == "decline_handover") draft.withdraw_offer("declined");
    return {};
}

void leave_resumed(Draft& draft) {
    draft.kase.set_state("clock", "running");
    draft.resume_clocks();
}

void leave_answered(Draft& draft, model::Request& request) {
    if (request.state != model::RequestState::approved) return;
    if (request.kind == "lower_grade")
        draft.grant_grade(model::parse_grade(text(request.asked, "to")).value());
    if (request.kind == "suspension") {
        draft.kase.set_state("clock", "suspended");
        draft.suspend_clocks(request.reason);
        engine::kernel::StartOptions until;
        until.from = draft.now();
        until.target = time::parse_rfc3339(text(request.asked, "until"));
        draft.start("sus.until", until);
    }
}

}  // namespace jinqiao::tests
