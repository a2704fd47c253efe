#include "engine/model/codec.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "engine/model/command.h"
#include "engine/model/json_writer.h"

namespace jinqiao::engine::model {

namespace json = boost::json;

namespace {

// Absent values are left out: a case has many, and its snapshot is rewritten at every change.
template <class T>
void put(JsonWriter& out, std::string_view key, const T& value) {
    if (!value.empty()) out.member(key, value);
}

void put(JsonWriter& out, std::string_view key, time::Instant at) {
    out.member(key, time::to_ms(at));
}

void put(JsonWriter& out, std::string_view key, const std::optional<time::Instant>& at) {
    if (at) put(out, key, *at);
}

void put(JsonWriter& out, std::string_view key, const std::optional<GradeLevel>& level) {
    if (level) out.member(key, name(*level));
}

void put(JsonWriter& out, std::string_view key, bool value) {
    if (value) out.member(key, true);
}

void put(JsonWriter& out, std::string_view key, int value) {
    if (value != 0) out.member(key, value);
}

template <class List, class Write>
void put_list(JsonWriter& out, std::string_view key, const List& items, Write write) {
    out.key(key).begin_array();
    for (const auto& item : items) write(out, item);
    out.end_array();
}

template <class List, class Write>
void put_some(JsonWriter& out, std::string_view key, const List& items, Write write) {
    if (!items.empty()) put_list(out, key, items, write);
}

void write_due(JsonWriter& out, const time::Due& due) {
    out.begin_object();
    put(out, "at_ms", due.at);
    if (due.unrolled != due.at) put(out, "unrolled_ms", due.unrolled);
    put(out, "safe_until_ms", due.safe_until);
    put(out, "provisional", due.provisional);
    put(out, "explain", due.explain.text());
    out.end_object();
}

void write_pause(JsonWriter& out, const time::Suspension& pause) {
    out.begin_object();
    put(out, "from_ms", pause.from);
    put(out, "until_ms", pause.until);
    put(out, "reason", pause.reason);
    out.end_object();
}

void write_budget(JsonWriter& out, const time::Budget& budget) {
    out.value(time::to_string(budget));
}

void write_reason(JsonWriter& out, const GradeReason& reason) {
    out.begin_object().member("rule", reason.rule).key("text").begin_object();
    out.member("zh", reason.text.zh).member("en", reason.text.en).end_object().end_object();
}

void write_grade(JsonWriter& out, const Grade& grade) {
    out.begin_object();
    out.member("computed", name(grade.computed)).member("effective", name(grade.effective));
    put(out, "granted", grade.granted);
    put(out, "granted_on", grade.granted_on);
    put(out, "floor", grade.floor);
    put_list(out, "reasons", grade.reasons, write_reason);
    out.end_object();
}

void write_offer(JsonWriter& out, const Offer& offer) {
    out.begin_object().member("to", offer.to.value);
    put(out, "at_ms", offer.at);
    put(out, "person", offer.person.value);
    put(out, "by_post", offer.by_post.value);
    put(out, "by", offer.by.value);
    put(out, "note", offer.note);
    put(out, "forced", offer.forced);
    put(out, "assignment", offer.assignment.value);
    out.end_object();
}

void write_clock(JsonWriter& out, const Clock& clock) {
    out.begin_object();
    out.member("name", clock.name);
    out.member("class", name(clock.cls));
    out.member("state", name(clock.state));
    put(out, "from_ms", clock.from);
    out.key("budget");
    write_budget(out, clock.rule.budget);
    out.key("due");
    write_due(out, clock.due);
    out.member("instance", clock.instance);
    put(out, "epoch", clock.epoch);
    put(out, "subject", clock.subject);
    put_some(out, "extensions", clock.rule.extensions, write_budget);
    put(out, "backward", clock.rule.backward);
    if (!clock.rule.roll) out.member("roll", false);
    put(out, "by_date", clock.by_date);
    put(out, "suspendable", clock.suspendable);
    put(out, "own_budget", clock.own_budget);
    put_some(out, "ledger", clock.ledger, write_pause);
    put(out, "source", clock.source);
    put(out, "calendar", clock.calendar_version);
    put(out, "ended_ms", clock.ended_at);
    put(out, "outcome", clock.outcome);
    put(out, "late", clock.late);
    put(out, "ladder", clock.ladder);
    put(out, "rung", clock.rung);
    put(out, "repeat", clock.repeat);
    put(out, "quiet_until_ms", clock.quiet_until);
    put(out, "rung_ms", clock.rung_at);
    put(out, "next_ms", clock.next_at);
    put(out, "unrolled_told", clock.unrolled_told);
    put(out, "expired", clock.expired);
    out.end_object();
}

void write_assignment(JsonWriter& out, const Assignment& assignment) {
    out.begin_object();
    out.member("id", assignment.id.value);
    out.member("to", assignment.addressee.text());
    out.member("task", assignment.task);
    out.member("state", name(assignment.state));
    put(out, "told_ms", assignment.told_at);
    out.member("round", assignment.round);
    put(out, "delivered_ms", assignment.delivered_at);
    put(out, "signed_ms", assignment.signed_at);
    put(out, "closed_ms", assignment.closed_at);
    put(out, "signed_by", assignment.signed_by.value);
    put(out, "reason", assignment.reason);
    put(out, "about", assignment.about);
    if (!assignment.needs_sign) out.member("needs_sign", false);
    put(out, "group", assignment.group);
    put(out, "returns", assignment.returns);
    put(out, "ruled", assignment.ruled);
    put(out, "before", assignment.before.value);
    put(out, "returned_on", assignment.returned_on);
    out.end_object();
}

void write_request(JsonWriter& out, const Request& request) {
    out.begin_object();
    out.member("id", request.id.value);
    out.member("kind", request.kind);
    out.member("reason", request.reason);
    out.member("asked", request.asked);
    out.member("needed", request.needed);
    out.member("approver", request.approver.value);
    put(out, "made_ms", request.made_at);
    out.member("state", name(request.state));
    out.member("on_expiry", request.on_expiry);
    put(out, "by_post", request.by_post.value);
    put(out, "by", request.by.value);
    put(out, "evidence", request.evidence);
    put_some(out, "approvals", request.approvals,
             [](JsonWriter& to, const PersonId& person) { to.value(person.value); });
    put(out, "answered_ms", request.answered_at);
    put(out, "answer", request.answer);
    put(out, "escalated", request.escalated);
    out.end_object();
}

void write_link(JsonWriter& out, const Link& link) {
    out.begin_object().member("kind", link.kind).member("case", link.other.value).end_object();
}

void write_head(JsonWriter& out, const Case& kase) {
    out.member("id", kase.id.value);
    out.member("number", kase.number);
    out.member("workflow", kase.workflow);
    out.member("workflow_version", kase.workflow_version);
    out.member("policy", kase.policy.value);
    out.member("enterprise", kase.enterprise.value);
    out.member("enterprise_name", kase.enterprise_name);
    put(out, "filed_ms", kase.filed_at);
    put(out, "noticed_ms", kase.noticed_at);
    out.member("filer_account", kase.filer_account.value);
    out.member("filer", kase.filer.value);
    out.member("stage", kase.stage);
    out.member("open", kase.open);
    out.key("grade");
    write_grade(out, kase.grade);
    out.member("seq", kase.seq);
    out.member("version", kase.version);
    put(out, "exercise", kase.exercise);
    put(out, "restricted", kase.confidentiality == Confidentiality::restricted);
}

void write_parts(JsonWriter& out, const Case& kase) {
    out.key("regions").begin_object();
    for (const auto& region : kase.regions) out.member(region.name, region.state);
    out.end_object();
    out.key("owner").begin_object().member("post", kase.owner.post.value);
    out.member("person", kase.owner.person.value).end_object();
    if (kase.offer) {
        out.key("offer");
        write_offer(out, *kase.offer);
    }
    put_list(out, "clocks", kase.clocks, write_clock);
    put_list(out, "assignments", kase.assignments, write_assignment);
    put_list(out, "requests", kase.requests, write_request);
    put_some(out, "links", kase.links, write_link);
    put(out, "ended_ms", kase.ended_at);
    put(out, "held_until_ms", kase.held_until);
    out.member("data", kase.data);
    put(out, "epoch", kase.epoch);
    put(out, "escalations", kase.escalations);
    out.key("next").begin_array().value(kase.next_assignment).value(kase.next_request);
    out.value(kase.next_child).end_array();
}

}  // namespace

std::string encode(const Case& kase) {
    constexpr std::size_t usual = 8 * 1024;
    JsonWriter out;
    out.reserve(usual);
    out.begin_object();
    write_head(out, kase);
    write_parts(out, kase);
    out.end_object();
    return std::move(out).take();
}

namespace {

using Storage = json::storage_ptr;  // every part in the memory of the whole: nothing is copied

template <class T>
void put(json::object& out, std::string_view key, const T& value) {
    if (!value.empty()) out[key] = value;
}

}  // namespace

json::object encode(const Actor& actor, const Storage& sp) {
    if (actor.kind == Actor::Kind::engine) return json::object({{"kind", "engine"}}, sp);
    json::object out({{"kind", "person"}, {"account", actor.account.value}}, sp);
    put(out, "person", actor.person.value);
    json::array roles(actor.roles.begin(), actor.roles.end(), sp);
    put(out, "roles", roles);
    put(out, "enterprise", actor.enterprise.value);
    put(out, "department", actor.department.value);
    return out;
}

json::object encode(const Command& command, const Storage& sp) {
    json::object out({{"name", command.name}, {"actor", encode(command.actor, sp)}}, sp);
    put(out, "payload", command.payload);
    put(out, "cause", command.cause);
    if (command.expected_version) out["expected_version"] = *command.expected_version;
    return out;
}

}  // namespace jinqiao::engine::model
