#include "engine/model/codec.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "engine/model/command.h"

namespace jinqiao::engine::model {

namespace json = boost::json;

namespace {

using Storage = json::storage_ptr;  // every part in the memory of the whole: nothing is copied

json::object text(const Text& value, const Storage& sp) {
    return json::object({{"zh", value.zh}, {"en", value.en}}, sp);
}

// Absent values are left out: a case has many, and its snapshot is rewritten at every change.
template <class T>
void put(json::object& out, std::string_view key, const T& value) {
    if (!value.empty()) out[key] = value;
}

void put(json::object& out, std::string_view key, const std::optional<time::Instant>& at) {
    if (at) out[key] = time::to_ms(*at);
}

void put(json::object& out, std::string_view key, bool value) {
    if (value) out[key] = true;
}

void put(json::object& out, std::string_view key, int value) {
    if (value != 0) out[key] = value;
}

template <class List>
json::array list(const List& values, const Storage& sp) {
    json::array out(sp);
    out.reserve(values.size());
    for (const auto& value : values) out.push_back(encode(value, sp));
    return out;
}

json::object encode_due(const time::Due& due, const Storage& sp) {
    json::object out({{"at_ms", time::to_ms(due.at)}}, sp);
    if (due.unrolled != due.at) out["unrolled_ms"] = time::to_ms(due.unrolled);
    put(out, "safe_until_ms", due.safe_until);
    put(out, "provisional", due.provisional);
    json::array lines(sp);
    for (const auto& line : due.explain) {
        json::array parts(sp);
        parts.emplace_back(line.code);
        for (const auto& [key, value] : line.args) {
            parts.emplace_back(key);
            parts.emplace_back(value);
        }
        lines.push_back(std::move(parts));
    }
    if (!lines.empty()) out["explain"] = std::move(lines);
    return out;
}

json::array encode_ledger(const time::Ledger& ledger, const Storage& sp) {
    json::array out(sp);
    for (const auto& pause : ledger) {
        json::object row({{"from_ms", time::to_ms(pause.from)}}, sp);
        put(row, "until_ms", pause.until);
        put(row, "reason", pause.reason);
        out.push_back(std::move(row));
    }
    return out;
}

json::object encode_grade(const Grade& grade, const Storage& sp) {
    json::object out({{"computed", name(grade.computed)}, {"effective", name(grade.effective)}},
                     sp);
    if (grade.granted) out["granted"] = name(*grade.granted);
    if (grade.granted_on) out["granted_on"] = name(*grade.granted_on);
    if (grade.floor) out["floor"] = name(*grade.floor);
    json::array reasons(sp);
    for (const auto& reason : grade.reasons)
        reasons.push_back({{"rule", reason.rule}, {"text", text(reason.text, sp)}});
    out["reasons"] = std::move(reasons);
    return out;
}

json::object encode_offer(const Offer& offer, const Storage& sp) {
    json::object out({{"to", offer.to.value}, {"at_ms", time::to_ms(offer.at)}}, sp);
    put(out, "person", offer.person.value);
    put(out, "by_post", offer.by_post.value);
    put(out, "by", offer.by.value);
    put(out, "note", offer.note);
    put(out, "forced", offer.forced);
    put(out, "assignment", offer.assignment.value);
    return out;
}

}  // namespace

json::object encode(const Clock& clock, const Storage& sp) {
    json::object out({{"name", clock.name},
                      {"class", name(clock.cls)},
                      {"state", name(clock.state)},
                      {"from_ms", time::to_ms(clock.from)},
                      {"budget", time::to_string(clock.rule.budget)},
                      {"due", encode_due(clock.due, sp)}},
                     sp);
    out["instance"] = clock.instance;
    put(out, "epoch", clock.epoch);
    put(out, "subject", clock.subject);
    json::array extensions(sp);
    for (const auto& extension : clock.rule.extensions)
        extensions.emplace_back(time::to_string(extension));
    put(out, "extensions", extensions);
    put(out, "backward", clock.rule.backward);
    if (!clock.rule.roll) out["roll"] = false;
    put(out, "by_date", clock.by_date);
    put(out, "suspendable", clock.suspendable);
    put(out, "own_budget", clock.own_budget);
    put(out, "ledger", encode_ledger(clock.ledger, sp));
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
    return out;
}

json::object encode(const Assignment& assignment, const Storage& sp) {
    json::object out({{"id", assignment.id.value},
                      {"to", assignment.addressee.text()},
                      {"task", assignment.task},
                      {"state", name(assignment.state)},
                      {"told_ms", time::to_ms(assignment.told_at)}},
                     sp);
    out["round"] = assignment.round;
    put(out, "delivered_ms", assignment.delivered_at);
    put(out, "signed_ms", assignment.signed_at);
    put(out, "closed_ms", assignment.closed_at);
    put(out, "signed_by", assignment.signed_by.value);
    put(out, "reason", assignment.reason);
    put(out, "about", assignment.about);
    if (!assignment.needs_sign) out["needs_sign"] = false;
    put(out, "group", assignment.group);
    put(out, "returns", assignment.returns);
    put(out, "ruled", assignment.ruled);
    put(out, "before", assignment.before.value);
    if (assignment.returned_on) out["returned_on"] = name(*assignment.returned_on);
    return out;
}

json::object encode(const Request& request, const Storage& sp) {
    json::object out({{"id", request.id.value},
                      {"kind", request.kind},
                      {"reason", request.reason},
                      {"asked", request.asked},
                      {"needed", request.needed},
                      {"approver", request.approver.value},
                      {"made_ms", time::to_ms(request.made_at)},
                      {"state", name(request.state)},
                      {"on_expiry", request.on_expiry}},
                     sp);
    put(out, "by_post", request.by_post.value);
    put(out, "by", request.by.value);
    put(out, "evidence", request.evidence);
    json::array approvals(sp);
    for (const auto& person : request.approvals) approvals.emplace_back(person.value);
    put(out, "approvals", approvals);
    put(out, "answered_ms", request.answered_at);
    put(out, "answer", request.answer);
    put(out, "escalated", request.escalated);
    return out;
}

json::object encode(const Case& kase, const Storage& sp) {
    json::object out({{"id", kase.id.value},
                      {"number", kase.number},
                      {"workflow", kase.workflow},
                      {"workflow_version", kase.workflow_version},
                      {"policy", kase.policy.value},
                      {"enterprise", kase.enterprise.value},
                      {"enterprise_name", kase.enterprise_name},
                      {"filed_ms", time::to_ms(kase.filed_at)},
                      {"noticed_ms", time::to_ms(kase.noticed_at)},
                      {"filer_account", kase.filer_account.value},
                      {"filer", kase.filer.value},
                      {"stage", kase.stage},
                      {"open", kase.open},
                      {"grade", encode_grade(kase.grade, sp)},
                      {"seq", kase.seq},
                      {"version", kase.version}},
                     sp);
    put(out, "exercise", kase.exercise);
    if (kase.confidentiality == Confidentiality::restricted) out["restricted"] = true;
    json::object regions(sp);
    for (const auto& region : kase.regions) regions[region.name] = region.state;
    out["regions"] = std::move(regions);
    out["owner"] = {{"post", kase.owner.post.value}, {"person", kase.owner.person.value}};
    if (kase.offer) out["offer"] = encode_offer(*kase.offer, sp);
    out["clocks"] = list(kase.clocks, sp);
    out["assignments"] = list(kase.assignments, sp);
    out["requests"] = list(kase.requests, sp);
    json::array links(sp);
    for (const auto& link : kase.links)
        links.push_back({{"kind", link.kind}, {"case", link.other.value}});
    put(out, "links", links);
    put(out, "ended_ms", kase.ended_at);
    put(out, "held_until_ms", kase.held_until);
    out["data"] = kase.data;
    put(out, "epoch", kase.epoch);
    put(out, "escalations", kase.escalations);
    out["next"] = {kase.next_assignment, kase.next_request, kase.next_child};
    return out;
}

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
