// What may be done with a case, doing it, and answering what one was told.
#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/etag.h"
#include "adapters/http/language.h"
#include "adapters/http/people_changes.h"
#include "adapters/http/rights.h"
#include "adapters/http/view.h"
#include "engine/kernel/decide.h"
#include "engine/runtime/sign_link.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace kernel = engine::kernel;
using engine::model::Case;
using engine::model::Message;
using engine::model::Refusal;

namespace {

constexpr std::size_t most_policies = 64;

json::array reasons_of(const std::vector<Message>& reasons, const Lens& lens) {
    json::array out;
    for (const auto& reason : reasons)
        out.push_back(
            json::object{{"code", reason.code}, {"text", lens.words->text(reason, lens.language)}});
    return out;
}

const kernel::Action* find_action(const kernel::Workflow* workflow, std::string_view name) {
    if (!workflow || name == "file") return nullptr;
    for (const auto& action : workflow->actions())
        if (action.name == name) return &action;
    return nullptr;
}

// The version a command insists on. No case has version 0, so tags that can never match are left
// to the kernel, which knows what comes before 412 and what after.
Or<std::optional<std::uint64_t>> expected_version(const Request& request) {
    if (!request.if_match_sent) return std::optional<std::uint64_t>{};
    const auto wanted = parse_if_match(request.if_match);
    switch (wanted.kind) {
        case IfMatch::Kind::any:
            return std::optional<std::uint64_t>{};
        case IfMatch::Kind::version:
            return std::optional<std::uint64_t>{wanted.version};
        case IfMatch::Kind::nothing:
            return std::optional<std::uint64_t>{0};
        case IfMatch::Kind::malformed:
            break;
    }
    return Problem::fault(400, "bad_request", "If-Match", Message{"header.if_match", {}});
}

// An answer to an assignment says why, or nothing.
std::optional<Problem> unfit_reason(const json::object& payload) {
    auto problem = Problem::of(422, "invalid_payload");
    const auto fault = [&](const std::string& field, std::string code, std::string expected) {
        problem.errors.push_back(
            {field,
             Message{std::move(code), {{"field", field}, {"expected", std::move(expected)}}}});
    };
    for (const auto& [key, value] : payload) {
        const std::string name(key);
        if (name != "reason")
            fault(name, "payload.unknown", "");
        else if (!value.is_string())
            fault(name, "payload.type", "string");
        else if (value.get_string().size() > 12000)
            fault(name, "payload.length", "4000");
    }
    if (problem.errors.empty()) return {};
    return problem;
}

Response assignment_response(const Case& kase, const engine::model::AssignmentId& id,
                             const Lens& lens) {
    const auto found = std::find_if(kase.assignments.begin(), kase.assignments.end(),
                                    [&](const auto& one) { return one.id == id; });
    // Answered escalations leave the snapshot once a newer one replaced them.
    auto response = json_response(
        200, found == kase.assignments.end()
                 ? json::object{{"id", id.value}, {"case", kase.id.value}, {"state", "done"}}
                 : view_assignment(*found, kase, lens));
    response.fields.emplace_back("ETag", etag(kase.version));
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

// Which rules the case followed, which it follows now, and what that moved. No more of the case: an
// administrator reads none.
Response migrated(const engine::runtime::Accepted& accepted, const Lens& lens) {
    const auto& kase = *accepted.kase;
    json::object body{{"case", kase.id.value}, {"number", kase.number}};
    json::array moved;
    for (const auto& event : accepted.events) {
        if (event.name == "policy_migrated")
            for (const auto* key : {"from", "to"}) body[key] = event.data.at(key);
        if (event.name != "due_changed") continue;
        const std::string clock(event.data.at("clock").as_string());
        const auto at = [&](const char* key) {
            return lens.instant(engine::time::from_ms(event.data.at(key).as_int64()));
        };
        moved.push_back(json::object{
            {"clock", clock}, {"old_due_at", at("old_ms")}, {"new_due_at", at("new_ms")}});
    }
    body["moved"] = std::move(moved);
    auto response = json_response(200, std::move(body));
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

// What is asked of whoever does it. What another action would be done with (`payload`, where `for`
// names that action) is any object to a program; a form is told what it is for each of them.
json::object schema_of(const kernel::Action& action, const kernel::Workflow& workflow,
                       engine::model::Language language) {
    auto out = kernel::schema(action.payload, language);
    const auto* properties = out["properties"].if_object();
    if (!properties || !properties->contains("for") || !properties->contains("payload")) return out;
    json::object inner;
    for (const auto& field : action.payload) {
        if (field.name != "for") continue;
        for (const auto& [code, label] : field.codes)
            for (const auto& other : workflow.actions())
                if (other.name == code) inner[code] = kernel::schema(other.payload, language);
    }
    out["properties"].as_object()["payload"].as_object()["x-schemas"] = std::move(inner);
    return out;
}

}  // namespace

std::shared_ptr<const engine::policy::Policy> Api::policy_of(Call& call, const Case& kase) {
    const auto found = call.world().policies.find(kase.workflow);
    auto current = found == call.world().policies.end() ? nullptr : found->second;
    if (kase.policy.empty() || (current && current->id == kase.policy)) return current;
    if (const auto known = policies_.find(kase.policy); known != policies_.end())
        return known->second;
    if (!parts_.read_policy) return current;
    auto text = call.reader->policy_text(kase.policy);
    if (!text || !*text) return current;
    auto policy = parts_.read_policy(**text);
    if (!policy) return current;
    // Each change of the rules leaves one; few are asked for at a time.
    if (policies_.size() >= most_policies) policies_.clear();
    return policies_[kase.policy] = *policy;
}

Reply Api::list_actions(Call& call) {
    auto seen = find(call, call.args[0], Right::actions);
    if (!seen) return answered(seen.problem(), call.lens);
    json::array allowed;
    json::array blocked;
    const auto* workflow = call.lens.workflow(seen->kase->workflow);
    const auto policy = policy_of(call, *seen->kase);
    if (workflow && policy) {
        kernel::Facts facts;
        facts.directory = call.world().directory.get();
        for (const auto& option :
             kernel::options(*workflow, *seen->kase, call.account().actor(), facts, *policy,
                             *call.world().calendar, call.lens.now)) {
            json::object shown{{"name", option.action->name},
                               {"label", option.action->label.in(call.lens.language)}};
            if (option.reasons.empty()) {
                shown["schema"] = schema_of(*option.action, *workflow, call.lens.language);
                allowed.push_back(std::move(shown));
            } else {
                shown["reasons"] = reasons_of(option.reasons, call.lens);
                blocked.push_back(std::move(shown));
            }
        }
    }
    auto response = json_response(
        200, json::object{{"allowed", std::move(allowed)}, {"blocked", std::move(blocked)}});
    response.fields.emplace_back("ETag", etag(seen->kase->version));
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

Reply Api::act(Call& call) {
    auto seen = find(call, call.args[0], Right::act);
    if (!seen) return answered(seen.problem(), call.lens);
    const auto& kase = *seen->kase;
    const auto* workflow = call.lens.workflow(kase.workflow);
    const auto* action = find_action(workflow, call.args[1]);
    const auto actor = call.account().actor();
    if (!action) {
        auto problem = Problem::of(404, "unknown_action");
        problem.args = {{"action", call.args[1]}};
        return answered(problem, call.lens);
    }
    if (!kernel::may(*workflow, kase, *action, actor, *call.world().directory, call.lens.now))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto version = expected_version(call.request);
    if (!version) return answered(version.problem(), call.lens);
    engine::model::Command command;
    command.target = kase.id;
    command.name = action->name;
    command.payload = std::move(*payload);
    command.actor = actor;
    command.expected_version = *version;
    auto naming = name_documents(call, workflow, command, &kase);
    auto deed = submit(call, std::move(command), [](const Case& after, const Lens& lens) {
        return case_response(200, after, closer(lens, after));
    });
    deed.submission.naming = std::move(naming);
    return deed;
}

Reply Api::migrate_case(Call& call) {
    auto seen = find(call, call.args[0], Right::migrate);
    if (!seen) return answered(seen.problem(), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = kernel::validate(migration_fields(*parts_.words), *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    engine::model::Command command;
    command.target = seen->kase->id;
    command.name = "policy_migrated";
    command.payload = std::move(*payload);
    command.actor = call.account().actor();
    return submit_work(call, std::move(command), {migrated});
}

Problem Api::urged(std::chrono::milliseconds left) const {
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(left).count();
    return problem_of(
        Refusal{Refusal::Kind::blocked,
                {Message{"assignment.urged_lately", {{"minutes", std::to_string(minutes)}}}}});
}

// Whoever was told a moment ago, by us or by a ladder, is not told again at once. What another has
// just sent is in no row yet.
std::optional<Problem> Api::urged_lately(Call& call, const Case& kase,
                                         const engine::model::AssignmentId& id) const {
    if (urging_.contains(id.value)) return urged(settings_.urge_pause);
    auto rows = call.reader->notices(kase.id);
    if (!rows) return failed(rows.error());
    engine::time::Instant again{};
    for (const auto& row : *rows)
        if (row.notice.assignment == id)
            again = std::max(again, row.notice.at + settings_.urge_pause);
    if (again <= call.lens.now) return {};
    return urged(again - call.lens.now);
}

Reply Api::answer_assignment(Call& call) {
    const engine::model::AssignmentId id{call.args[0]};
    const auto& verb = call.args[1];
    const bool urging = verb == "urge";  // of another who does not sign; who may says the kernel
    const bool known =
        verb == "sign" || verb == "accept" || verb == "return" || verb == "done" || urging;
    if (!known) return answered(Problem::of(404, "no_such_path"), call.lens);
    auto seen = find(call, engine::runtime::case_of(id).value, urging ? Right::act : Right::sign);
    if (!seen) return answered(seen.problem(), call.lens);
    const auto* assignment = seen->kase->assignment(id);
    if (!assignment) return answered(Problem::of(404, "not_found"), call.lens);
    if (!urging &&
        !is_for(assignment->addressee, call.account(), *call.world().directory, call.lens.now))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (urging)
        if (auto problem = urged_lately(call, *seen->kase, id))
            return answered(*problem, call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    if (auto problem = unfit_reason(*payload)) return answered(*problem, call.lens);
    engine::model::Command command;
    command.target = seen->kase->id;
    command.name = verb;
    command.payload = std::move(*payload);
    command.payload["assignment"] = id.value;
    command.actor = call.account().actor();
    auto naming =
        name_documents(call, call.lens.workflow(seen->kase->workflow), command, seen->kase.get());
    // Signing twice is one signature: the repeat is answered with what stands.
    const auto before = seen->kase;
    auto deed = submit(
        call, std::move(command),
        [id](const Case& after, const Lens& lens) {
            return assignment_response(after, id, closer(lens, after));
        },
        [this, id, before](const Refusal& refusal, const Lens& lens) {
            if (refusal.kind == Refusal::Kind::dropped)
                return assignment_response(*before, id, lens);
            return answered(problem_of(refusal), lens);
        });
    deed.submission.naming = std::move(naming);
    if (!urging) return deed;
    urging_.insert(id.value);
    deed.finish = [this, id, finish = std::move(deed.finish)](engine::runtime::Answer answer) {
        urging_.erase(id.value);
        return finish(std::move(answer));
    };
    return deed;
}

}  // namespace jinqiao::adapters::http
