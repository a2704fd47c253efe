// The words of Draft that deal with who holds the case: owner, hand-over, fallback, requests.
#include <algorithm>

#include "engine/kernel/draft.h"
#include "engine/kernel/workflow.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Addressee;
using model::AssignmentState;
using model::RequestState;

namespace {

void set_custody(model::Case& kase, std::string_view state) {
    if (!kase.state_of("custody").empty()) kase.set_state("custody", state);
}

model::PersonId acting_for(const Draft& draft, const model::PostId& post) {
    const auto chain = draft.directory().acting(post, draft.now());
    return chain.empty() ? model::PersonId{} : chain.front().person;
}

// Only a decline is an answer of the addressee; whoever recalls an offer has signed for nothing.
void close_handover(Draft& draft, model::Assignment& assignment, std::string_view outcome) {
    if (outcome == "declined") return draft.advance(assignment, AssignmentState::returned, outcome);
    if (assignment.closed_at) return;
    assignment.state = AssignmentState::returned;
    assignment.reason = outcome;
    assignment.closed_at = draft.now();
    draft.record("assignment_returned",
                 {{"assignment", assignment.id.value}, {"to", assignment.addressee.text()}});
}

}  // namespace

model::PostId Draft::local(const model::PostId& post) const {
    return directory().post_in(kase.enterprise, post);
}

void Draft::own(const model::PostId& named, const model::PersonId& person, std::string_view how) {
    const auto post = local(named);
    const auto old = kase.owner;
    kase.owner = {post, person.empty() ? acting_for(*this, post) : person};
    if (old.post == post) return;
    record("owner_changed", {{"from", old.post.value}, {"to", post.value}, {"how", how}});
    if (!old.post.empty()) tell("owner_changed", {{"how", how}}, {post.value, old.post.value});
}

void Draft::fall_back(std::string_view why, std::string_view what) {
    record("fell_back", {{"why", why}, {"what", what}});
    notify("unreachable", {Addressee::Kind::post, directory().fallback.value}, {},
           {{"why", why}, {"what", what}}, why);
}

void Draft::offer(const model::PostId& named, std::string_view note, bool forced) {
    const auto to = local(named);
    if (kase.offer) withdraw_offer("recalled");
    if (to.empty() || to == kase.owner.post) return;
    const auto reach = directory().reach({Addressee::Kind::post, to.value}, now());
    if (!reach.reachable() || to == directory().fallback) {
        if (to != directory().fallback) fall_back(reach.reason, "handover:" + to.value);
        own(directory().fallback, {}, "fallback");
        return;
    }
    auto& assignment = assign({Addressee::Kind::post, to.value}, "handover", {}, false);
    kase.offer = model::Offer{to,    reach.person,      kase.owner.post, by(),
                              now(), std::string(note), forced,          assignment.id};
    set_custody(kase, "offered");
    record("handover_offered", {{"to", to.value}, {"forced", forced}});
    start("st.handover", {.from = now()});
    const Addressee addressee{Addressee::Kind::post, to.value};
    notify("handover_offered", addressee, assignment.id, {{"note", note}});
    tell_others("handover_offered", addressee, {{"to", to.value}});
}

void Draft::withdraw_offer(std::string_view outcome) {
    if (!kase.offer) return;
    const auto offer = *kase.offer;
    kase.offer.reset();
    set_custody(kase, "held");
    close("st.handover", outcome);
    if (auto* assignment = kase.assignment(offer.assignment))
        close_handover(*this, *assignment, outcome);
    record("handover_" + std::string(outcome), {{"to", offer.to.value}});
    tell("handover_" + std::string(outcome), {{"to", offer.to.value}},
         {kase.owner.post.value, offer.to.value});
}

void Draft::accept_offer() {
    if (!kase.offer) return;
    const auto offer = *kase.offer;
    kase.offer.reset();
    set_custody(kase, "held");
    meet("st.handover", "accepted");
    if (auto* assignment = kase.assignment(offer.assignment))
        advance(*assignment, AssignmentState::accepted, {});
    record("handover_accepted", {{"to", offer.to.value}});
    tell("handover_accepted", {{"to", offer.to.value}});
    own(offer.to, by(), "accepted");
}

model::PostId Draft::approver_of(std::string_view kind) const {
    const auto rule = policy().requests.find(std::string(kind));
    if (rule == policy().requests.end() || rule->second.approvers.empty())
        return directory().fallback;
    const auto before = std::count_if(
        kase.requests.begin(), kase.requests.end(), [&](const model::Request& request) {
            return request.kind == kind && request.state == RequestState::approved;
        });
    const auto& posts = rule->second.approvers;
    return local(posts[std::min(static_cast<std::size_t>(before), posts.size() - 1)]);
}

model::Request& Draft::request(std::string_view kind, json::object asked) {
    const auto rule = policy().requests.find(std::string(kind));
    model::Request request;
    request.id = model::RequestId{kase.id.value + "-r" + std::to_string(kase.next_request++)};
    request.kind = kind;
    request.by_post = kase.owner.post;
    request.by = by();
    if (const auto* reason = asked.if_contains("reason"); reason && reason->is_string())
        request.reason = std::string(reason->get_string());
    if (const auto* evidence = asked.if_contains("evidence"); evidence && evidence->is_string())
        request.evidence = std::string(evidence->get_string());
    request.asked = std::move(asked);
    request.approver = approver_of(kind);
    request.made_at = now();
    if (rule != policy().requests.end()) {
        request.needed = rule->second.needed;
        request.on_expiry = rule->second.on_expiry;
    }
    const auto id = request.id;
    kase.requests.push_back(std::move(request));
    record("request_made", {{"request", id.value}, {"kind", kind}});
    ask_approver(*kase.request(id));
    return *kase.request(id);
}

void Draft::ask_approver(const model::Request& request) {
    const auto rule = policy().requests.find(request.kind);
    const auto clock =
        rule == policy().requests.end() ? std::string("st.answer") : rule->second.answer_clock;
    const Addressee approver{Addressee::Kind::post, request.approver.value};
    start(clock, {.from = now(), .subject = request.id.value, .new_instance = true});
    const auto id = assign(approver, "request", request.id.value, false).id;
    notify("request_made", approver, id, {{"kind", request.kind}});
    tell_others("request_made", approver, {{"kind", request.kind}}, request.id.value);
}

bool Draft::ask_higher(model::Request& request) {
    const auto rule = policy().requests.find(request.kind);
    if (request.escalated || rule == policy().requests.end()) return false;
    const auto& posts = rule->second.approvers;
    const auto asked = std::find(posts.begin(), posts.end(), request.approver);
    if (asked == posts.end() || asked + 1 == posts.end()) return false;
    for (auto& clock : kase.clocks)
        if (clock.subject == request.id.value)
            finish(clock, model::ClockState::closed, "escalated");
    for (auto& assignment : kase.assignments)
        if (assignment.about == request.id.value && assignment.task == "request")
            advance(assignment, AssignmentState::done, "escalated");
    record("request_escalated", {{"request", request.id.value},
                                 {"from", request.approver.value},
                                 {"to", (asked + 1)->value}});
    request.approver = *(asked + 1);
    request.escalated = true;
    ask_approver(request);
    return true;
}

void Draft::answer_by_silence(model::Request& request) {
    if (request.on_expiry == "escalate" && ask_higher(request)) return;
    const bool granted =
        request.on_expiry == "approve" && context_.workflow->silence_may_grant(request.kind);
    record("request_unanswered",
           {{"request", request.id.value}, {"answer", granted ? "approved" : "refused"}});
    close_request(request, granted ? RequestState::approved : RequestState::lapsed,
                  "no answer in time");
}

std::optional<model::Message> Draft::barred(std::string_view kind,
                                            const json::object* asked) const {
    const auto found = policy().requests.find(std::string(kind));
    if (found == policy().requests.end()) return {};
    const auto& rule = found->second;
    const auto granted = std::count_if(
        kase.requests.begin(), kase.requests.end(), [&](const model::Request& request) {
            return request.kind == kind && request.state == RequestState::approved;
        });
    if (rule.most > 0 && granted >= rule.most)
        return model::Message{"request.most",
                              {{"kind", std::string(kind)}, {"most", std::to_string(rule.most)}}};
    if (!rule.evidence || asked == nullptr) return {};
    const auto* evidence = asked->if_contains("evidence");
    if (evidence && evidence->is_string() && !evidence->get_string().empty()) return {};
    return model::Message{"request.evidence", {{"kind", std::string(kind)}}};
}

void Draft::approve(model::Request& request, std::string_view reason) {
    if (std::find(request.approvals.begin(), request.approvals.end(), by()) ==
        request.approvals.end())
        request.approvals.push_back(by());
    record("request_approval", {{"request", request.id.value}, {"by", by().value}});
    if (static_cast<int>(request.approvals.size()) >= request.needed)
        close_request(request, RequestState::approved, reason);
}

void Draft::close_request(model::Request& request, RequestState state, std::string_view reason) {
    if (request.state != RequestState::pending) return;
    request.state = state;
    request.answered_at = now();
    request.answer = reason;
    const auto id = request.id;
    for (auto& clock : kase.clocks)
        if (clock.subject == id.value) {
            const bool answered =
                state == RequestState::approved || state == RequestState::rejected;
            finish(clock, answered ? model::ClockState::met : model::ClockState::closed,
                   model::name(state));
        }
    for (auto& assignment : kase.assignments)
        if (assignment.about == id.value && assignment.task == "request")
            advance(assignment, AssignmentState::done, model::name(state));
    record("request_answered", {{"request", id.value}, {"state", model::name(state)}});
    const Addressee asker = request.by_post.empty()
                                ? Addressee{Addressee::Kind::post, kase.owner.post.value}
                                : Addressee{Addressee::Kind::post, request.by_post.value};
    const json::object vars{{"kind", request.kind}, {"answer", model::name(state)}};
    notify("request_answered", asker, {}, vars);
    tell_others("request_answered", asker, vars, request.id.value);
    context_.workflow->answered(*this, *kase.request(id));
}

void Draft::lapse_requests(std::string_view reason) {
    for (std::size_t i = 0; i < kase.requests.size(); ++i)
        close_request(kase.requests[i], RequestState::lapsed, reason);
}

}  // namespace jinqiao::engine::kernel
