#include "engine/runtime/command_runner.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "engine/runtime/facts.h"
#include "engine/runtime/foresight.h"
#include "engine/runtime/personal.h"
#include "engine/runtime/refuse.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Error;
using model::ErrorCode;
using model::Refusal;
using model::Status;

namespace {

// Further than any real chain of causes goes; one without end must not hold the writer. A filing
// tells each earlier case of its enterprise, so many commands side by side are nothing unusual.
constexpr int longest_chain = 16;
constexpr int most_commands = 64 + 2 * static_cast<int>(most_earlier);

bool opens_case(const model::Command& command) {
    return command.name == "file" || command.name == "open_child";
}

// Whether a refusal of what this command leads to is a refusal of the command. Filing never is: an
// alert is taken whatever it sets off elsewhere.
bool stands_or_falls(const model::Command& command) {
    return command.actor.kind == model::Actor::Kind::person && command.name != "file";
}

const kernel::Action* find_action(const kernel::Workflow& workflow, std::string_view name) {
    for (const auto& action : workflow.actions())
        if (action.name == name) return &action;
    return nullptr;
}

// What a filing, or the seed of a child, says of itself.
bool says_exercise(const json::object& payload) {
    const auto* value = payload.if_contains("exercise");
    return value != nullptr && value->is_bool() && value->get_bool();
}

json::object* enterprise_of(model::Command& command) {
    auto* value = command.payload.if_contains("enterprise");
    return value != nullptr ? value->if_object() : nullptr;
}

// A payload from outside that brings a reference along would borrow another case's secret.
bool brings_reference(const kernel::Fields& fields, const json::object& payload) {
    return std::any_of(fields.begin(), fields.end(), [&](const kernel::Field& field) {
        const auto* value = payload.if_contains(field.name);
        if (value == nullptr) return false;
        const auto inside = [&](const json::value& item) {
            const auto* object = item.if_object();
            if (object == nullptr) return false;
            return field.personal ? object->contains("ref")
                                  : brings_reference(field.fields, *object);
        };
        const auto* list = value->if_array();
        return list != nullptr ? std::any_of(list->begin(), list->end(), inside) : inside(*value);
    });
}

Refusal refuse(Refusal::Kind kind, std::string code, const std::string& key,
               const std::string& value) {
    return {kind, {{std::move(code), {{key, value}}}}};
}

}  // namespace

model::Result<std::optional<Snapshot>> CommandRunner::parent_of(const model::CaseId& child) {
    const auto cut = child.value.rfind("-c");
    if (cut == std::string::npos) return std::optional<Snapshot>{};
    return tx_.find(model::CaseId{child.value.substr(0, cut)});
}

model::Result<std::shared_ptr<const kernel::Workflow>> CommandRunner::workflow_for(
    model::Command& command, const std::optional<Snapshot>& before) {
    std::string name;
    if (before) {
        name = before->kase->workflow;
    } else if (command.name == "open_child") {
        auto parent = parent_of(command.target);
        if (!parent) return parent.error();
        if (*parent) name = (*parent)->kase->workflow;
    } else {
        name = text_of(command.payload, "workflow");
        command.payload.erase("workflow");
    }
    const auto& workflows = tx_.world().workflows;
    if (name.empty()) name = tx_.world().default_workflow;
    const auto found = name.empty() ? workflows.begin() : workflows.find(name);
    if (found == workflows.end())
        return Error{ErrorCode::internal, "this program has no workflow '" + name + "'",
                     command.target.value};
    return found->second;
}

// A child goes on under the rules its parent was filed under; anything else pins what is in force.
model::Result<PolicyPtr> CommandRunner::policy_for(const kernel::Workflow& workflow,
                                                   const model::Command& command,
                                                   const std::optional<Snapshot>& before) {
    const std::string name(workflow.name());
    // Only this command takes a case from the policy it was filed under to the one in force.
    if (before && command.name == "policy_migrated") return Policies::current(tx_.world(), name);
    if (before) return tools_.policies.pinned(tx_, name, before->kase->policy);
    if (command.name == "open_child") {
        auto parent = parent_of(command.target);
        if (!parent) return parent.error();
        if (*parent) return tools_.policies.pinned(tx_, name, (*parent)->kase->policy);
    }
    return Policies::current(tx_.world(), name);
}

// Whether everything the decision rests on is as it was foreseen.
model::Result<bool> CommandRunner::holds(const Foresight& foresight, const Snapshot& before) {
    if (!foresight.worded || before.chain != foresight.before.chain ||
        &tx_.world() != foresight.world.get() ||
        &tx_.directory() != foresight.world->directory.get())
        return false;
    auto earlier = tools_.incidents.before(tx_, before.kase->enterprise, before.kase->id,
                                           before.kase->exercise);
    if (!earlier) return earlier.error();
    return earlier->empty();
}

CommandRunner::Step CommandRunner::write_foreseen(const model::Command& command,
                                                  Foresight& foresight) {
    Writing writing;
    writing.before = foresight.before;
    writing.command = &command;
    writing.policy = foresight.policy;
    Worded worded = std::move(*foresight.worded);
    foresight.worded.reset();
    follow_ups_ = std::move(worded.follow_ups);
    Accepted accepted{worded.kase, worded.events, false};
    if (auto done = write_case(tools_, tx_, writing, std::move(worded)); !done) return done.error();
    return accepted;
}

CommandRunner::Step CommandRunner::step(const model::Command& command, bool first,
                                        Foresight* foresight) {
    model::Command own = command;
    ++tx_.tally().commands;
    if (own.name == "timer_fired") ++tx_.tally().timers_fired;
    if (own.name == "file" && own.target.empty())
        own.target = model::CaseId{tools_.parts.ids->next(tx_.now())};
    auto before = tx_.find(own.target);
    if (!before) return before.error();
    if (!*before && !opens_case(own))
        return refuse(Refusal::Kind::not_found, "case.unknown", "case", own.target.value);
    if (foresight != nullptr && *before) {
        auto as_foreseen = holds(*foresight, **before);
        if (!as_foreseen) return as_foreseen.error();
        if (*as_foreseen) return write_foreseen(own, *foresight);
    }
    return decide_and_write(std::move(own), *before, first);
}

// An invalid payload is left as it came: the kernel refuses it in its own order of checks, and
// nothing of it is written.
Status CommandRunner::take_personal(const kernel::Action& action, model::Command& command,
                                    Writing& writing) {
    if (!kernel::validate(action.payload, command.payload, tx_.now()).empty()) return model::Done{};
    const std::uint64_t seq = writing.before ? writing.before->kase->seq + 1 : 1;
    auto taken = extract_personal(tx_.batch(), *tools_.parts.ids, action.payload, command.payload,
                                  {command.target, seq, tx_.now(), tools_.settings.sealed_paths});
    if (!taken) return taken.error();
    command.payload = std::move(taken->payload);
    writing.personal = std::move(taken->rows);
    return model::Done{};
}

// Whose earlier cases count. Filing finds out which enterprise is meant and tells the decision.
model::Result<model::EnterpriseId> CommandRunner::enterprise_for(model::Command& command,
                                                                 Writing& writing) {
    if (writing.before) return writing.before->kase->enterprise;
    auto* object = enterprise_of(command);
    if (command.name != "file" || object == nullptr)
        return model::EnterpriseId{text_of(command.payload, "enterprise_id")};
    auto match = match_enterprise(tx_.batch(), *tools_.parts.ids, *object, tx_.now());
    if (!match) return match.error();
    writing.enterprise = std::move(*match);
    object->erase("id");  // ours to say
    if (!writing.enterprise) return model::EnterpriseId{};
    (*object)["id"] = writing.enterprise->row.id.value;
    return writing.enterprise->row.id;
}

CommandRunner::Step CommandRunner::decide_and_write(model::Command command,
                                                    const std::optional<Snapshot>& before,
                                                    bool first) {
    auto workflow = workflow_for(command, before);
    if (!workflow) return workflow.error();
    auto policy = policy_for(**workflow, command, before);
    if (!policy) return policy.error();
    const auto* action = find_action(**workflow, command.name);

    Writing writing;
    writing.before = before;
    writing.policy = *policy;
    if (action != nullptr && has_personal(action->payload)) {
        if (first && brings_reference(action->payload, command.payload))
            return refuse(Refusal::Kind::invalid_payload, "payload.type", "field", "ref");
        if (auto done = take_personal(*action, command, writing); !done) return done.error();
    }
    auto enterprise = enterprise_for(command, writing);
    if (!enterprise) return enterprise.error();

    const bool exercise = before ? before->kase->exercise : says_exercise(command.payload);
    auto facts =
        gather(tx_, tools_.incidents, {command.target, *enterprise, exercise, &command.payload});
    if (!facts) return facts.error();
    auto verdict = kernel::decide(**workflow, before ? before->kase.get() : nullptr, command,
                                  *facts, **policy, *tx_.world().calendar, tx_.now());
    if (auto* refusal = std::get_if<Refusal>(&verdict)) return std::move(*refusal);

    auto& decision = std::get<kernel::Decision>(verdict);
    follow_ups_ = std::move(decision.follow_ups);
    Accepted accepted;
    accepted.events = decision.events;
    accepted.created = !before;
    writing.command = &command;
    writing.facts = &*facts;
    auto written = write_case(tools_, tx_, writing, std::move(decision));
    if (!written) return written.error();
    accepted.kase = *written;
    return accepted;
}

void CommandRunner::queue_follow_ups(const Accepted& from, std::deque<Queued>& queue,
                                     const Queued& cause) {
    for (auto& command : follow_ups_) {
        const bool own_choice = command.cause.starts_with("optional");
        command.cause = from.kase->id.value + '/' + std::to_string(from.kase->seq);
        queue.push_back(
            {std::move(command), from.kase->id, cause.optional || own_choice, cause.depth + 1});
    }
    follow_ups_.clear();
}

Status CommandRunner::record_refused(const Queued& queued, const Refusal& refusal) {
    auto origin = tx_.find(queued.origin);
    if (!origin) return origin.error();
    if (!*origin) return model::Done{};
    json::array reasons;
    for (const auto& reason : refusal.reasons) {
        json::object args;
        for (const auto& [key, value] : reason.args) args[key] = value;
        reasons.push_back(json::object{{"code", reason.code}, {"args", std::move(args)}});
    }
    model::Event event{"follow_up_refused",
                       {{"command", queued.command.name},
                        {"target", queued.command.target.value},
                        {"reasons", std::move(reasons)}}};
    return record_on(tools_, tx_, **origin, queued.command, std::move(event));
}

Answer CommandRunner::drain(std::deque<Queued> queue, Accepted accepted) {
    int commands = 1;
    while (!queue.empty()) {
        Queued queued = std::move(queue.front());
        queue.pop_front();
        if (++commands > most_commands || queued.depth > longest_chain) {
            if (!queued.optional)
                return Error{ErrorCode::internal,
                             "one command led to too many others; nothing was done",
                             accepted.kase->id.value};
            spdlog::error("{} on {} led to too many commands; {} and what follows is left out",
                          accepted.kase->number, accepted.kase->id.value, queued.command.name);
            break;
        }
        auto result = step(queued.command, false);
        if (auto* error = std::get_if<Error>(&result)) {
            if (!queued.optional || tx_.half_written() || ends_batch(error->code)) return *error;
            spdlog::error("follow-up {} of {} skipped: {} ({})", queued.command.name,
                          queued.origin.value, error->what, error->where);
            continue;
        }
        if (auto* refusal = std::get_if<Refusal>(&result)) {
            if (refusal->kind == Refusal::Kind::dropped) continue;
            if (!queued.optional) return std::move(*refusal);
            if (auto done = record_refused(queued, *refusal); !done) return done.error();
            continue;
        }
        auto& more = std::get<Accepted>(result);
        queue_follow_ups(more, queue, queued);
        if (more.kase->id == accepted.kase->id)
            std::move(more.events.begin(), more.events.end(), std::back_inserter(accepted.events));
    }
    // A refused follow-up or one on the same case has moved it on meanwhile.
    auto last = tx_.find(accepted.kase->id);
    if (!last) return last.error();
    if (*last) accepted.kase = (*last)->kase;
    return accepted;
}

Answer CommandRunner::run(const model::Command& command, Foresight* foresight) {
    follow_ups_.clear();
    auto result = step(command, true, foresight);
    if (auto* error = std::get_if<Error>(&result)) return *error;
    if (auto* refusal = std::get_if<Refusal>(&result)) return std::move(*refusal);
    auto& accepted = std::get<Accepted>(result);
    std::deque<Queued> queue;
    queue_follow_ups(accepted, queue, {command, {}, !stands_or_falls(command), 0});
    return drain(std::move(queue), std::move(accepted));
}

Status CommandRunner::run_beside(std::vector<model::Command> commands) {
    for (const auto& command : commands) {
        auto answer = run(command);
        if (auto* refusal = std::get_if<Refusal>(&answer)) {
            if (refusal->kind != Refusal::Kind::dropped)
                spdlog::warn("{} on {} was refused: {}", command.name, command.target.value,
                             refusal->reasons.empty() ? "" : refusal->reasons.front().code);
        } else if (auto* error = std::get_if<Error>(&answer)) {
            if (tx_.half_written() || ends_batch(error->code)) return *error;
            spdlog::error("{} on {} was passed over: {}", command.name, command.target.value,
                          error->what);
        }
    }
    return model::Done{};
}

}  // namespace jinqiao::engine::runtime
