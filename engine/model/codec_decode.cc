#include <array>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <stdexcept>

#include "engine/model/codec.h"

namespace jinqiao::engine::model {

namespace json = boost::json;

namespace {

// A misfit inside decode_case only: turned into Error{corrupt} at its end.
struct Misfit : std::runtime_error {
    using std::runtime_error::runtime_error;
};

const json::value& need(const json::object& from, std::string_view key) {
    if (const auto* value = from.if_contains(key)) return *value;
    throw Misfit("missing " + std::string(key));
}

std::string text(const json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    if (!value) return {};
    if (!value->is_string()) throw Misfit("not a text: " + std::string(key));
    return std::string(value->get_string());
}

std::int64_t number(const json::object& from, std::string_view key, std::int64_t fallback = 0) {
    const auto* value = from.if_contains(key);
    if (!value) return fallback;
    boost::system::error_code failed;
    const auto found = value->to_number<std::int64_t>(failed);
    if (failed) throw Misfit("not a number: " + std::string(key));
    return found;
}

bool flag(const json::object& from, std::string_view key, bool fallback = false) {
    const auto* value = from.if_contains(key);
    if (!value) return fallback;
    if (!value->is_bool()) throw Misfit("not a flag: " + std::string(key));
    return value->get_bool();
}

time::Instant instant(const json::object& from, std::string_view key) {
    need(from, key);
    return time::from_ms(number(from, key));
}

std::optional<time::Instant> maybe_instant(const json::object& from, std::string_view key) {
    if (!from.contains(key)) return {};
    return instant(from, key);
}

const json::object& map(const json::value& value) {
    if (!value.is_object()) throw Misfit("not a map");
    return value.get_object();
}

const json::array& items(const json::object& from, std::string_view key) {
    static const json::array none;
    const auto* value = from.if_contains(key);
    if (!value) return none;
    if (!value->is_array()) throw Misfit("not a list: " + std::string(key));
    return value->get_array();
}

template <class E>
E named(std::string_view spelled, std::initializer_list<E> values) {
    for (auto value : values)
        if (name(value) == spelled) return value;
    throw Misfit("unknown name " + std::string(spelled));
}

time::Budget budget(std::string_view spelled) {
    if (auto parsed = time::parse_budget(spelled)) return *parsed;
    throw Misfit("not a budget: " + std::string(spelled));
}

GradeLevel grade_level(std::string_view spelled) {
    if (auto level = parse_grade(spelled)) return *level;
    throw Misfit("not a grade: " + std::string(spelled));
}

std::optional<GradeLevel> maybe_grade(const json::object& from, std::string_view key) {
    if (!from.contains(key)) return {};
    return grade_level(text(from, key));
}

// Snapshots written before the lines were one text have a list of [code, name, value, …].
time::Explanation explanation(const json::value& from) {
    if (from.is_string()) return time::Explanation::stored(from.get_string());
    if (!from.is_array()) throw Misfit("not an explanation");
    std::vector<time::Line> lines;
    for (const auto& row : from.get_array()) {
        if (!row.is_array() || row.get_array().empty()) throw Misfit("not an explanation line");
        const auto& parts = row.get_array();
        for (const auto& part : parts)
            if (!part.is_string()) throw Misfit("not an explanation line");
        time::Line line{std::string(parts[0].get_string()), {}};
        for (std::size_t i = 1; i + 1 < parts.size(); i += 2)
            line.args.emplace_back(std::string(parts[i].get_string()),
                                   std::string(parts[i + 1].get_string()));
        lines.push_back(std::move(line));
    }
    return time::Explanation(lines);
}

time::Due due(const json::object& from) {
    time::Due out;
    out.at = instant(from, "at_ms");
    out.unrolled = maybe_instant(from, "unrolled_ms").value_or(out.at);
    out.safe_until = maybe_instant(from, "safe_until_ms");
    out.provisional = flag(from, "provisional");
    if (const auto* told = from.if_contains("explain")) out.explain = explanation(*told);
    return out;
}

Clock clock(const json::object& from) {
    Clock out;
    out.name = text(from, "name");
    out.instance = static_cast<int>(number(from, "instance", 1));
    out.epoch = static_cast<int>(number(from, "epoch"));
    out.subject = text(from, "subject");
    out.cls =
        named(text(from, "class"), {ClockClass::stage, ClockClass::legal, ClockClass::reference});
    out.state =
        named(text(from, "state"), {ClockState::running, ClockState::suspended, ClockState::met,
                                    ClockState::missed, ClockState::closed});
    out.from = instant(from, "from_ms");
    out.rule.budget = budget(text(from, "budget"));
    for (const auto& extension : items(from, "extensions"))
        out.rule.extensions.push_back(budget(std::string_view(extension.as_string())));
    out.rule.backward = flag(from, "backward");
    out.rule.roll = flag(from, "roll", true);
    out.by_date = flag(from, "by_date");
    out.suspendable = flag(from, "suspendable");
    out.own_budget = flag(from, "own_budget");
    for (const auto& pause : items(from, "ledger")) {
        const auto& row = map(pause);
        out.ledger.push_back(
            {instant(row, "from_ms"), maybe_instant(row, "until_ms"), text(row, "reason")});
    }
    out.due = due(map(need(from, "due")));
    out.source = text(from, "source");
    out.calendar_version = text(from, "calendar");
    out.ended_at = maybe_instant(from, "ended_ms");
    out.outcome = text(from, "outcome");
    out.late = flag(from, "late");
    out.ladder = text(from, "ladder");
    out.rung = static_cast<int>(number(from, "rung"));
    out.repeat = static_cast<int>(number(from, "repeat"));
    out.quiet_until = maybe_instant(from, "quiet_until_ms");
    out.rung_at = maybe_instant(from, "rung_ms");
    out.next_at = maybe_instant(from, "next_ms");
    out.unrolled_told = flag(from, "unrolled_told");
    out.expired = flag(from, "expired");
    return out;
}

Assignment assignment(const json::object& from) {
    Assignment out;
    out.id = AssignmentId{text(from, "id")};
    const auto to = Addressee::parse(text(from, "to"));
    if (!to) throw Misfit("not an addressee");
    out.addressee = *to;
    out.task = text(from, "task");
    out.round = static_cast<int>(number(from, "round", 1));
    out.state = named(text(from, "state"), {AssignmentState::told, AssignmentState::delivered,
                                            AssignmentState::signed_for, AssignmentState::accepted,
                                            AssignmentState::returned, AssignmentState::done});
    out.told_at = instant(from, "told_ms");
    out.delivered_at = maybe_instant(from, "delivered_ms");
    out.signed_at = maybe_instant(from, "signed_ms");
    out.closed_at = maybe_instant(from, "closed_ms");
    out.signed_by = PersonId{text(from, "signed_by")};
    out.reason = text(from, "reason");
    out.about = text(from, "about");
    out.needs_sign = flag(from, "needs_sign", true);
    out.group = text(from, "group");
    out.returns = static_cast<int>(number(from, "returns"));
    out.ruled = flag(from, "ruled");
    out.before = AssignmentId{text(from, "before")};
    out.returned_on = maybe_grade(from, "returned_on");
    return out;
}

Request request(const json::object& from) {
    Request out;
    out.id = RequestId{text(from, "id")};
    out.kind = text(from, "kind");
    out.by_post = PostId{text(from, "by_post")};
    out.by = PersonId{text(from, "by")};
    out.reason = text(from, "reason");
    out.evidence = text(from, "evidence");
    out.asked = map(need(from, "asked"));
    out.needed = static_cast<int>(number(from, "needed", 1));
    for (const auto& person : items(from, "approvals"))
        out.approvals.emplace_back(std::string(person.as_string()));
    out.approver = PostId{text(from, "approver")};
    out.made_at = instant(from, "made_ms");
    out.state = named(text(from, "state"),
                      {RequestState::pending, RequestState::approved, RequestState::rejected,
                       RequestState::lapsed, RequestState::void_});
    out.answered_at = maybe_instant(from, "answered_ms");
    out.answer = text(from, "answer");
    out.on_expiry = text(from, "on_expiry");
    out.escalated = flag(from, "escalated");
    return out;
}

Grade grade(const json::object& from) {
    Grade out;
    out.computed = grade_level(text(from, "computed"));
    out.effective = grade_level(text(from, "effective"));
    out.granted = maybe_grade(from, "granted");
    out.granted_on = maybe_grade(from, "granted_on");
    out.floor = maybe_grade(from, "floor");
    for (const auto& row : items(from, "reasons")) {
        const auto& words = map(need(map(row), "text"));
        out.reasons.push_back({text(map(row), "rule"), {text(words, "zh"), text(words, "en")}});
    }
    return out;
}

Offer offer(const json::object& from) {
    Offer out;
    out.to = PostId{text(from, "to")};
    out.person = PersonId{text(from, "person")};
    out.by_post = PostId{text(from, "by_post")};
    out.by = PersonId{text(from, "by")};
    out.at = instant(from, "at_ms");
    out.note = text(from, "note");
    out.forced = flag(from, "forced");
    out.assignment = AssignmentId{text(from, "assignment")};
    return out;
}

void read_head(const json::object& from, Case& out) {
    out.id = CaseId{text(from, "id")};
    out.number = text(from, "number");
    out.workflow = text(from, "workflow");
    out.workflow_version = text(from, "workflow_version");
    out.policy = PolicyId{text(from, "policy")};
    out.enterprise = EnterpriseId{text(from, "enterprise")};
    out.enterprise_name = text(from, "enterprise_name");
    out.exercise = flag(from, "exercise");
    if (flag(from, "restricted")) out.confidentiality = Confidentiality::restricted;
    out.filed_at = instant(from, "filed_ms");
    out.noticed_at = instant(from, "noticed_ms");
    out.filer_account = AccountId{text(from, "filer_account")};
    out.filer = PersonId{text(from, "filer")};
    out.stage = text(from, "stage");
    out.open = flag(from, "open");
    out.grade = grade(map(need(from, "grade")));
    out.seq = static_cast<std::uint64_t>(number(from, "seq"));
    out.version = static_cast<std::uint64_t>(number(from, "version"));
    out.ended_at = maybe_instant(from, "ended_ms");
    out.held_until = maybe_instant(from, "held_until_ms");
    out.epoch = static_cast<int>(number(from, "epoch"));
    out.escalations = static_cast<int>(number(from, "escalations"));
}

void read_parts(const json::object& from, Case& out) {
    for (const auto& [region, state] : map(need(from, "regions")))
        out.regions.push_back({std::string(region), std::string(state.as_string())});
    const auto& owner = map(need(from, "owner"));
    out.owner = {PostId{text(owner, "post")}, PersonId{text(owner, "person")}};
    if (const auto* pending = from.if_contains("offer")) out.offer = offer(map(*pending));
    for (const auto& row : items(from, "clocks")) out.clocks.push_back(clock(map(row)));
    for (const auto& row : items(from, "assignments"))
        out.assignments.push_back(assignment(map(row)));
    for (const auto& row : items(from, "requests")) out.requests.push_back(request(map(row)));
    for (const auto& row : items(from, "links"))
        out.links.push_back({text(map(row), "kind"), CaseId{text(map(row), "case")}});
    out.data = map(need(from, "data"));
    const auto& next = items(from, "next");
    if (next.size() != 3) throw Misfit("counters");
    out.next_assignment = next[0].to_number<int>();
    out.next_request = next[1].to_number<int>();
    out.next_child = next[2].to_number<int>();
}

Error corrupt(const std::string& why, std::string where) {
    return {ErrorCode::corrupt, "stored case does not fit: " + why, std::move(where)};
}

Result<Case> decoded(const json::object& from) {
    try {
        Case out;
        read_head(from, out);
        read_parts(from, out);
        return out;
    } catch (const std::exception& misfit) {
        const auto* id = from.if_contains("id");
        return corrupt(misfit.what(),
                       id && id->is_string() ? std::string(id->get_string()) : std::string());
    }
}

}  // namespace

// What is parsed is thrown away once it is decoded: one region of memory instead of an allocation
// for each value of it.
Result<Case> decode_case(std::string_view text) {
    static thread_local std::array<unsigned char, 128 * 1024> buffer;
    json::monotonic_resource memory(buffer.data(), buffer.size());
    boost::system::error_code failure;
    const auto json = json::parse(text, failure, &memory);
    if (failure || !json.is_object()) return corrupt("not a JSON object", {});
    return decoded(json.get_object());
}

}  // namespace jinqiao::engine::model
