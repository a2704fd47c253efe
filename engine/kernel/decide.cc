#include "engine/kernel/decide.h"

#include <algorithm>

#include "engine/kernel/refuse.h"
#include "engine/kernel/sign_for.h"
#include "engine/model/codec.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Actor;
using model::Addressee;
using model::AssignmentState;
using model::Case;
using model::Command;
using model::Refusal;

namespace {

const json::object& part(const json::object& from, std::string_view key) {
    static const json::object none;
    const auto* value = from.if_contains(key);
    return value && value->is_object() ? value->get_object() : none;
}

// --- new cases --------------------------------------------------------------------------------

Case blank(const Workflow& workflow, const Command& command, const policy::Policy& policy,
           time::Instant now) {
    Case kase;
    kase.id = command.target;
    kase.workflow = workflow.name();
    kase.workflow_version = workflow.version();
    kase.policy = policy.id;
    kase.filed_at = kase.noticed_at = now;
    for (const auto& state : workflow.states())
        if (state.initial) kase.regions.push_back({state.region, state.name});
    return kase;
}

Case filed(const Workflow& workflow, const Command& command, const policy::Policy& policy,
           time::Instant now) {
    auto kase = blank(workflow, command, policy, now);
    const auto& enterprise = part(command.payload, "enterprise");
    kase.enterprise = model::EnterpriseId{text(enterprise, "id")};
    kase.enterprise_name = text(enterprise, "name");
    const auto* exercise = command.payload.if_contains("exercise");
    kase.exercise = exercise && exercise->is_bool() && exercise->get_bool();
    if (const auto at = time::parse_rfc3339(text(part(command.payload, "event"), "noticed_at")))
        kase.noticed_at = *at;
    kase.filer_account = command.actor.account;
    kase.filer = command.actor.person;
    if (text(command.payload, "filing") == "confidential")
        kase.confidentiality = model::Confidentiality::restricted;
    return kase;
}

Case child(const Workflow& workflow, const Command& command, const policy::Policy& policy,
           time::Instant now) {
    auto kase = blank(workflow, command, policy, now);
    const auto& seed = command.payload;
    kase.enterprise = model::EnterpriseId{text(seed, "enterprise_id")};
    kase.enterprise_name = text(seed, "enterprise_name");
    kase.filer_account = model::AccountId{text(seed, "filer_account")};
    kase.filer = model::PersonId{text(seed, "filer")};
    kase.links.push_back({"parent", model::CaseId{text(seed, "parent")}});
    if (const auto* at = seed.if_contains("noticed_ms"); at && at->is_int64())
        kase.noticed_at = time::from_ms(at->get_int64());
    if (const auto* exercise = seed.if_contains("exercise"))
        kase.exercise = exercise->is_bool() && exercise->get_bool();
    if (const auto* restricted = seed.if_contains("restricted"))
        if (restricted->is_bool() && restricted->get_bool())
            kase.confidentiality = model::Confidentiality::restricted;
    return kase;
}

// --- engine events ----------------------------------------------------------------------------

std::optional<Refusal> timer_fired(Draft& draft) {
    const auto slot = text(draft.payload(), "slot");
    for (std::size_t i = 0; i < draft.kase.clocks.size(); ++i) {
        auto& clock = draft.kase.clocks[i];
        if (clock.key() != slot || !clock.open()) continue;
        if (!clock.next_at || *clock.next_at > draft.now()) return dropped("timer.early");
        if (fire(draft, clock)) return {};
    }
    return dropped("timer.stale");
}

// The contact of the addressee after the one that failed, which is told by its place: addresses are
// personal and stay out of the history. Empty after the last, or if the one that failed is none of
// theirs any more.
std::optional<std::size_t> next_contact(const Draft& draft, const Addressee& to,
                                        const json::object& failed) {
    const auto* tried = failed.if_contains("contact");
    if (tried == nullptr || !tried->is_int64()) return {};
    const auto next = static_cast<std::size_t>(tried->get_int64() + 1);
    if (next >= draft.directory().reach(to, draft.now()).contacts.size()) return {};
    return next;
}

// Every alert goes to the union side and to the government side. Somebody must know at once that
// nobody on one of them has been reached.
void see_side(Draft& draft, std::string_view side, const std::vector<std::string>& departments,
              const Addressee& failed) {
    const auto on_it = [&](const Addressee& whom) {
        return whom.kind == Addressee::Kind::department &&
               std::find(departments.begin(), departments.end(), whom.id) != departments.end();
    };
    if (!on_it(failed)) return;
    const auto& all = draft.kase.assignments;
    const bool reached = std::any_of(all.begin(), all.end(), [&](const model::Assignment& each) {
        return on_it(each.addressee) && (each.delivered_at || each.signed_at);
    });
    if (!reached) draft.tell("side_not_reached", {{"side", side}});
}

// A delivery was given up: the next contact of the same addressee, and after the last one the
// fallback desk, with the dead letter on record. The assignment stays the same.
std::optional<Refusal> delivery_failed(Draft& draft) {
    const auto& payload = draft.payload();
    const model::AssignmentId about{text(payload, "assignment")};
    const auto to = Addressee::parse(text(payload, "addressee"));
    draft.record("undeliverable", payload);
    if (to)
        if (const auto contact = next_contact(draft, *to, payload)) {
            draft.notify(text(payload, "event"), *to, about, part(payload, "vars"),
                         "fallback: " + text(payload, "channel"), *contact);
            return {};
        }
    const auto& fallback = draft.directory().fallback;
    // The fallback desk's own mailbox failing is for the auditor: telling it again would circle.
    if (to && to->id == fallback.value) return {};
    draft.notify("undeliverable", {Addressee::Kind::post, fallback.value}, about, payload,
                 text(payload, "addressee"));
    if (to) {
        see_side(draft, "union", draft.policy().routing.union_side, *to);
        see_side(draft, "government", draft.policy().routing.government_side, *to);
    }
    return {};
}

// An offer waits for a post. Whoever acts for it now, since a shift or an absence began, has not
// heard of it.
void pass_offer_on(Draft& draft, const model::PersonId& person) {
    auto& offer = *draft.kase.offer;
    draft.record("acting_changed",
                 {{"post", offer.to.value}, {"from", offer.person.value}, {"to", person.value}});
    offer.person = person;
    draft.notify("handover_offered", {Addressee::Kind::post, offer.to.value}, offer.assignment,
                 {{"note", offer.note}});
}

// The directory changed under the case: the acting deputy of the same post acts at once, and a
// post nobody holds falls to the fallback desk (checked for every decision in settle()).
std::optional<Refusal> reassess(Draft& draft) {
    auto& kase = draft.kase;
    if (kase.offer) {
        const Addressee to{Addressee::Kind::post, kase.offer->to.value};
        const bool gone = draft.command().name == "person_disabled" &&
                          kase.offer->person.value == text(draft.payload(), "person");
        const auto reach = draft.directory().reach(to, draft.now());
        if (gone || !reach.reachable())
            draft.withdraw_offer("lapsed");
        else if (reach.person != kase.offer->person)
            pass_offer_on(draft, reach.person);
    }
    const auto chain = draft.directory().acting(kase.owner.post, draft.now());
    if (!chain.empty() && chain.front().person != kase.owner.person) {
        draft.record("acting_changed", {{"post", kase.owner.post.value},
                                        {"from", kase.owner.person.value},
                                        {"to", chain.front().person.value}});
        kase.owner.person = chain.front().person;
    }
    return {};
}

// A case follows a newer policy only by this: what it was filed under is replaced on record, and
// each due time that moves is written down old and new.
std::optional<Refusal> policy_migrated(Draft& draft) {
    if (draft.kase.policy == draft.policy().id) return dropped("policy.known");
    draft.record("policy_migrated",
                 {{"from", draft.kase.policy.value}, {"to", draft.policy().id.value}});
    draft.kase.policy = draft.policy().id;
    draft.policy_changed();
    draft.facts_changed();
    return {};
}

std::optional<Refusal> calendar_changed(Draft& draft) {
    bool any = false;
    for (auto& clock : draft.kase.clocks) {
        if (!clock.open() || clock.calendar_version == draft.calendar().version()) continue;
        any = any || !clock.by_date;
        draft.rederive(clock, "calendar");
    }
    if (any) return {};
    return dropped("calendar.known");
}

using Handler = std::optional<Refusal> (*)(Draft&);

Handler engine_event(std::string_view name) {
    if (name == "timer_fired") return timer_fired;
    if (name == "delivered") return delivered;
    if (name == "delivery_failed") return delivery_failed;
    if (name == "sign" || name == "accept" || name == "return" || name == "done")
        return answer_assignment;
    if (name == "urge") return urge;
    if (name == "reassess" || name == "person_disabled") return reassess;
    if (name == "calendar_changed") return calendar_changed;
    if (name == "policy_migrated") return policy_migrated;
    return nullptr;
}

bool for_persons(std::string_view name) {
    return name == "sign" || name == "accept" || name == "return" || name == "done" ||
           name == "urge";
}

// No action of a workflow: which rules a case follows is for those in charge.
bool for_those_in_charge(std::string_view name) { return name == "policy_migrated"; }

bool in_charge(const Actor& actor) { return actor.has("supervisor") || actor.has("administrator"); }

std::optional<Refusal> check_event(const Command& command) {
    if (command.actor.kind == Actor::Kind::engine || for_persons(command.name)) return {};
    if (!for_those_in_charge(command.name))
        return refuse(Refusal::Kind::unknown_action, "unknown_action", {{"action", command.name}});
    if (in_charge(command.actor)) return {};
    return refuse(Refusal::Kind::forbidden, "forbidden", {{"action", command.name}});
}

// --- the order of checks ----------------------------------------------------------------------

const Action* find_action(const Workflow& workflow, std::string_view name) {
    for (const auto& action : workflow.actions())
        if (action.name == name) return &action;
    return nullptr;
}

std::optional<Refusal> check_action(const Workflow& workflow, const Case& kase,
                                    const Command& command, const Context& context) {
    const auto* action = find_action(workflow, command.name);
    if (command.actor.kind == Actor::Kind::engine && !action) return {};
    if (!action)
        return refuse(Refusal::Kind::unknown_action, "unknown_action", {{"action", command.name}});
    if (!may(workflow, kase, *action, command.actor, *context.facts->directory, context.now))
        return refuse(Refusal::Kind::forbidden, "forbidden", {{"action", command.name}});
    auto faults = validate(action->payload, command.payload, context.now);
    if (faults.empty())
        faults = unknown_references(action->payload, command.payload, *context.facts->directory);
    if (!faults.empty()) return Refusal{Refusal::Kind::invalid_payload, std::move(faults)};
    if (command.expected_version && *command.expected_version != kase.version)
        return refuse(Refusal::Kind::stale, "stale",
                      {{"expected", std::to_string(*command.expected_version)},
                       {"version", std::to_string(kase.version)}});
    return {};
}

// --- after the step ---------------------------------------------------------------------------

// I2: an open case belongs to a post that reaches somebody now.
void keep_owned(Draft& draft) {
    if (!draft.kase.open) return;
    const Addressee owner{Addressee::Kind::post, draft.kase.owner.post.value};
    const auto reach = draft.directory().reach(owner, draft.now());
    if (reach.reachable() || owner.id == draft.directory().fallback.value) return;
    draft.record("unreachable", {{"addressee", owner.text()}, {"why", reach.reason}});
    draft.own(draft.directory().fallback, {}, "fallback");
}

// What a later one of the same kind replaced is evidence in the history; the snapshot stays small.
template <class List, class Closed, class Same>
void prune(List& list, Closed closed, Same same) {
    for (std::size_t i = list.size(); i-- > 0;) {
        if (!closed(list[i])) continue;
        const bool replaced =
            std::any_of(list.begin() + static_cast<std::ptrdiff_t>(i) + 1, list.end(),
                        [&](const auto& x) { return same(x, list[i]); });
        if (replaced) list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void prune(Case& kase) {
    // Clocks about a message or a request of the case, told by ids made from the case's own.
    const auto about_own = [&](const model::Clock& clock) {
        return clock.subject.starts_with(kase.id.value);
    };
    prune(
        kase.clocks,
        [](const model::Clock& clock) {
            return !clock.open() && clock.cls == model::ClockClass::stage;
        },
        [&](const model::Clock& a, const model::Clock& b) {
            return a.name == b.name && (a.subject == b.subject || (about_own(a) && about_own(b)));
        });
    prune(
        kase.assignments,
        [](const model::Assignment& assignment) {
            return assignment.closed_at && assignment.task != "alert";
        },
        [](const model::Assignment& a, const model::Assignment& b) {
            return a.addressee == b.addressee && a.task == b.task;
        });
    // What was granted stays: the next approver is chosen by how often it was.
    prune(
        kase.requests,
        [](const model::Request& request) {
            return request.state != model::RequestState::pending &&
                   request.state != model::RequestState::approved;
        },
        [](const model::Request& a, const model::Request& b) { return a.kind == b.kind; });
}

bool same_clock(const model::Clock& a, const model::Clock& b) {
    return a.name == b.name && a.instance == b.instance && a.subject == b.subject &&
           a.state == b.state && a.due.at == b.due.at;
}

// A shift that changes hands is nobody's edit.
bool same_offer(const std::optional<model::Offer>& before, std::optional<model::Offer> after) {
    if (before && after) after->person = before->person;
    return before == after;
}

// Background news (a delivery, a sign-for, a repeated rung) leaves an editor's version good.
bool touches_version(const Case& before, const Case& after) {
    if (before.version == 0 || before.open != after.open || before.regions != after.regions ||
        before.owner.post != after.owner.post || !same_offer(before.offer, after.offer) ||
        before.grade.effective != after.grade.effective ||
        before.grade.computed != after.grade.computed || before.links != after.links ||
        before.requests.size() != after.requests.size() || before.data != after.data)
        return true;
    for (std::size_t i = 0; i < before.requests.size(); ++i)
        if (before.requests[i].state != after.requests[i].state ||
            before.requests[i].approvals != after.requests[i].approvals)
            return true;
    const auto counted = [](const Case& kase) {
        std::vector<const model::Clock*> out;
        for (const auto& clock : kase.clocks)
            if (!clock.name.starts_with("asg.")) out.push_back(&clock);
        return out;
    };
    const auto a = counted(before);
    const auto b = counted(after);
    return !std::equal(a.begin(), a.end(), b.begin(), b.end(),
                       [](const auto* x, const auto* y) { return same_clock(*x, *y); });
}

// I3: something of an open case always rings. Signing for a message, or saying who is competent
// for one, is not the case's own business.
void keep_ringing(Draft& draft) {
    const auto& clocks = draft.kase.clocks;
    const bool rings = std::any_of(clocks.begin(), clocks.end(), [&](const model::Clock& clock) {
        const auto* rule = draft.policy().clock(clock.name);
        return clock.open() && !(rule && rule->background) && clock.next_at &&
               clock.cls != model::ClockClass::reference && !clock.name.starts_with("asg.");
    });
    if (rings || !draft.kase.open) return;
    draft.context().workflow->stalled(draft);
    arm(draft);
}

void set_stage(const Workflow& workflow, Case& kase) {
    for (const auto& state : workflow.states())
        if (!kase.regions.empty() && state.region == kase.regions.front().name &&
            state.name == kase.regions.front().state)
            kase.stage = state.stage;
}

// What was escalated counts within a stage: whoever brought the case on begins afresh.
void count_anew(const Case& before, Case& after) {
    if (before.stage != after.stage) after.escalations = 0;
}

// The room that a draft keeps for more clocks is several times what a case needs, and cases are
// kept in memory by the thousand.
void give_back_room(Case& kase) {
    kase.clocks.shrink_to_fit();
    kase.assignments.shrink_to_fit();
    kase.requests.shrink_to_fit();
}

Decision settle(Draft& draft) {
    const bool fresh = draft.before().seq == 0;
    if (draft.regrade_wanted() || fresh) draft.regrade();
    keep_owned(draft);
    prune(draft.kase);
    arm(draft);
    keep_ringing(draft);
    set_stage(*draft.context().workflow, draft.kase);
    count_anew(draft.before(), draft.kase);
    if (touches_version(draft.before(), draft.kase))
        draft.kase.version = draft.before().version + 1;
    give_back_room(draft.kase);
    return {std::move(draft.kase), std::move(draft.events()), std::move(draft.notices()),
            std::move(draft.follow_ups())};
}

bool nothing_came_of(const Case& before, const Decision& decision) {
    const auto unnumbered = [](Case kase) {
        kase.seq = 0;
        return model::encode(kase);
    };
    return decision.events.empty() && decision.notices.empty() && decision.follow_ups.empty() &&
           unnumbered(before) == unnumbered(decision.after);
}

}  // namespace

Verdict decide(const Workflow& workflow, const Case* before, const Command& command,
               const Facts& facts, const policy::Policy& policy, const time::Calendar& calendar,
               time::Instant now) {
    const Context context{&workflow, &policy, &calendar, &facts, now};
    Case fresh;
    const Case* start = before;
    if (command.name == "file" || command.name == "open_child") {
        if (before) return refuse(Refusal::Kind::blocked, "exists");
        fresh = command.name == "file" ? filed(workflow, command, policy, now)
                                       : child(workflow, command, policy, now);
        start = &fresh;
    } else if (!before) {
        return refuse(Refusal::Kind::not_found, "case.unknown");
    }
    const auto handler = engine_event(command.name);
    if (auto refusal =
            handler ? check_event(command) : check_action(workflow, *start, command, context))
        return *refusal;
    Draft draft(*start, command, context);
    if (auto refusal = handler ? handler(draft) : workflow.step(draft)) return *refusal;
    if (!handler) draft.restart_acted();
    auto decision = settle(draft);
    // Every change of the directory asks every case it might concern, each shift among them. A case
    // that finds itself as it was keeps no row of it.
    if (command.name == "reassess" && nothing_came_of(*start, decision))
        return dropped("reassess.nothing");
    return decision;
}

std::vector<Timer> timers(const Case& kase) {
    std::vector<Timer> out;
    for (const auto& clock : kase.clocks)
        if (clock.open() && clock.next_at)
            out.push_back({clock.key(), *clock.next_at, clock.epoch, clock.rung, clock.repeat});
    return out;
}

Command timer_command(const model::CaseId& id, const Timer& timer) {
    Command command;
    command.target = id;
    command.name = "timer_fired";
    command.payload = {{"slot", timer.slot},
                       {"epoch", timer.epoch},
                       {"rung", timer.rung},
                       {"repeat", timer.repeat},
                       {"at_ms", time::to_ms(timer.at)}};
    return command;
}

}  // namespace jinqiao::engine::kernel
