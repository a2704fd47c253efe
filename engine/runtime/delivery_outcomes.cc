#include "engine/runtime/delivery_outcomes.h"

#include "engine/runtime/chain.h"
#include "engine/runtime/command_runner.h"
#include "engine/runtime/directory_news.h"

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;
using model::Refusal;
using model::Status;
using ports::Outcome;

namespace {

std::string_view spelling(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::delivered:
            return "delivered";
        case Outcome::Kind::rejected:
            return "rejected";
        case Outcome::Kind::retry:
            return "retry";
        case Outcome::Kind::unknown:
            return "unknown";
    }
    return "unknown";
}

std::string state_after(const DeliveryOutcome& outcome) {
    if (outcome.outcome.kind == Outcome::Kind::delivered) return "delivered";
    if (outcome.outcome.kind == Outcome::Kind::rejected) return "rejected";
    return outcome.next_at ? "pending" : "dead";
}

Status write_attempt(Transaction& tx, const DeliveryOutcome& outcome) {
    ports::AttemptRow row;
    row.delivery = outcome.delivery;
    row.attempt = outcome.attempt;
    row.at = tx.now();
    row.outcome = spelling(outcome.outcome.kind);
    row.code = outcome.outcome.code;
    row.provider_id = outcome.outcome.provider_id;
    row.detail = outcome.outcome.detail;
    return tx.batch().add_attempt(row);
}

bool unknown_before(const std::vector<ports::AttemptRow>& attempts) {
    for (const auto& attempt : attempts)
        if (attempt.outcome == "unknown") return true;
    return false;
}

Status write_delivery(Transaction& tx, const DeliveryOutcome& outcome, const model::Notice& first,
                      const std::string& state, bool unknown) {
    ports::DeliveryRow row;
    row.id = outcome.delivery;
    row.kase = first.kase;
    row.channel = first.channel;
    row.address = first.address;
    row.state = state;
    row.attempts = outcome.attempt;
    row.next_at = outcome.next_at.value_or(tx.now());
    row.sent_unknown = unknown;
    return tx.batch().put_delivery(row);
}

// Which of the addressee's contacts the notice went to; empty if it is none of them any more.
std::optional<std::int64_t> place_of(Transaction& tx, const model::Notice& notice) {
    const auto contacts = tx.current_directory()->reach(notice.addressee, tx.now()).contacts;
    const auto found = std::find(contacts.begin(), contacts.end(),
                                 policy::Contact{notice.channel, notice.address});
    if (found == contacts.end()) return {};
    return found - contacts.begin();
}

// Empty if the case need not know.
std::optional<model::Command> command_for(Transaction& tx, const model::Notice& notice,
                                          const std::string& state, const Outcome& outcome) {
    model::Command command;
    command.target = notice.kase;
    if (state == "delivered") {
        if (notice.assignment.empty()) return std::nullopt;
        auto snapshot = tx.find(notice.kase);
        if (!snapshot || !*snapshot) return std::nullopt;
        for (const auto& assignment : (*snapshot)->kase->assignments)
            if (assignment.id == notice.assignment &&
                assignment.state == model::AssignmentState::told) {
                command.name = "delivered";
                command.payload = {{"assignment", notice.assignment.value}};
                return command;
            }
        return std::nullopt;
    }
    command.name = "delivery_failed";
    command.payload = {{"notice", notice.id.value},
                       {"event", notice.event},
                       {"addressee", notice.addressee.text()},
                       {"channel", notice.channel},
                       {"vars", notice.vars},
                       {"reason", outcome.code.empty() ? state : outcome.code}};
    if (const auto place = place_of(tx, notice)) command.payload["contact"] = *place;
    if (!notice.assignment.empty()) command.payload["assignment"] = notice.assignment.value;
    return command;
}

// Several messages of one case arrive as one: a decision and a row of history for all of them.
void take_together(std::vector<model::Command>& commands) {
    model::Command* first = nullptr;
    std::vector<model::Command> out;
    out.reserve(commands.size());
    for (auto& command : commands) {
        if (command.name != "delivered") {
            out.push_back(std::move(command));
        } else if (first == nullptr) {
            out.push_back(std::move(command));
            first = &out.back();
        } else {
            auto& payload = first->payload;
            if (!payload.contains("assignments")) payload["assignments"] = boost::json::array{};
            payload["assignments"].as_array().push_back(std::move(command.payload["assignment"]));
        }
    }
    commands = std::move(out);
}

// Notices, delivery and attempt; what the case is to hear of it joins `commands`.
Answer record(const Tools& tools, Transaction& tx, const DeliveryOutcome& outcome,
              std::vector<model::Command>& commands) {
    auto notices = tx.batch().notices_of_delivery(outcome.delivery);
    if (!notices) return notices.error();
    if (notices->empty())
        return Error{ErrorCode::not_found, "no notice belongs to this delivery", outcome.delivery};
    if (notices->front().state != "pending")
        return Refusal{Refusal::Kind::dropped, {{"delivery.ended", {}}}};
    auto attempts = tx.batch().attempts(outcome.delivery);
    if (!attempts) return attempts.error();
    if (!attempts->empty() && attempts->back().attempt >= outcome.attempt)
        return Refusal{Refusal::Kind::dropped, {{"delivery.known_attempt", {}}}};

    const std::string state = state_after(outcome);
    const bool unknown =
        outcome.outcome.kind == Outcome::Kind::unknown || unknown_before(*attempts);
    if (auto done = write_attempt(tx, outcome); !done) return done.error();
    if (auto done = write_delivery(tx, outcome, notices->front().notice, state, unknown); !done)
        return done.error();
    if (state == "pending") return Accepted{};
    for (const auto& row : *notices) {
        std::optional<time::Instant> at;
        if (state == "delivered") at = tx.now();
        if (auto done = tx.batch().put_notice_state(row.notice.id, state, at); !done)
            return done.error();
        if (row.notice.kase.value == directory_stream) {
            if (state == "delivered") continue;
            if (auto done = directory_undelivered(tools, tx, row); !done) return done.error();
        } else if (auto command = command_for(tx, row.notice, state, outcome.outcome)) {
            commands.push_back(std::move(*command));
        }
    }
    return Accepted{};
}

}  // namespace

model::Result<std::vector<Answer>> record_outcomes(
    const Tools& tools, Transaction& tx, std::span<const DeliveryOutcome* const> outcomes) {
    std::vector<Answer> answers;
    std::vector<model::Command> commands;
    tx.writing(true);
    for (const auto* outcome : outcomes) {
        answers.push_back(record(tools, tx, *outcome, commands));
        if (const auto* error = std::get_if<Error>(&answers.back())) return *error;
    }
    tx.writing(false);
    take_together(commands);
    CommandRunner runner(tools, tx);
    if (auto done = runner.run_beside(std::move(commands)); !done) return done.error();
    return answers;
}

}  // namespace jinqiao::engine::runtime
