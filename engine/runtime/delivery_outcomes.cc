#include "engine/runtime/delivery_outcomes.h"

#include <algorithm>
#include <map>

#include "engine/runtime/chain.h"
#include "engine/runtime/command_runner.h"
#include "engine/runtime/dead_letters.h"
#include "engine/runtime/directory_news.h"
#include "engine/runtime/recipients.h"

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;
using model::Refusal;
using model::Status;
using ports::Outcome;

namespace {

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
    row.recipients = encode(outcome.outcome.recipients);
    return tx.batch().add_attempt(row);
}

bool unknown_before(const std::vector<ports::AttemptRow>& attempts) {
    for (const auto& attempt : attempts)
        if (attempt.outcome == "unknown") return true;
    return false;
}

Status write_delivery(Transaction& tx, const DeliveryOutcome& outcome, ports::DeliveryRow row,
                      const std::string& state, bool unknown) {
    row.state = state;
    row.attempts = outcome.attempt;
    row.next_at = outcome.next_at.value_or(tx.now());
    row.sent_unknown = unknown;
    if (auto put = tx.batch().put_delivery(row); !put) return put;
    if (state == "pending" || !row.kase.empty()) return model::Done{};
    // Those that travelled in it end as it does, and what waits behind them may go.
    auto parts = tx.batch().deliveries_merged_into(row.id);
    if (!parts) return parts.error();
    for (auto& part : *parts) {
        part.state = state;
        if (auto put = tx.batch().put_delivery(part); !put) return put;
    }
    return model::Done{};
}

// Which of the addressee's contacts the notice went to; empty if it is none of them any more.
std::optional<std::int64_t> place_of(Transaction& tx, const model::Notice& notice) {
    const auto contacts = tx.current_directory()->reach(notice.addressee, tx.now()).contacts;
    const auto found = std::find(contacts.begin(), contacts.end(),
                                 policy::Contact{notice.channel, notice.address});
    if (found == contacts.end()) return {};
    return found - contacts.begin();
}

// Somebody else may still be reached in the addressee's place: another contact of theirs.
bool has_another_way(Transaction& tx, const model::Notice& notice) {
    const auto place = place_of(tx, notice);
    const auto count = tx.current_directory()->reach(notice.addressee, tx.now()).contacts.size();
    return place && static_cast<std::size_t>(*place) + 1 < count;
}

// An attempt may be made again later, but it is high time, and there is another way.
bool is_passed_on(Transaction& tx, const DeliveryOutcome& outcome,
                  const std::vector<ports::NoticeRow>& notices) {
    return outcome.overdue && outcome.next_at &&
           std::all_of(notices.begin(), notices.end(),
                       [&](const auto& row) { return has_another_way(tx, row.notice); });
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
    std::map<model::CaseId, model::Command*> firsts;
    std::vector<model::Command> out;
    out.reserve(commands.size());
    for (auto& command : commands) {
        if (command.name != "delivered") {
            out.push_back(std::move(command));
        } else if (auto*& first = firsts[command.target]; first == nullptr) {
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

// Of several that travelled together one is enough: they go the same way again.
Status bury_if_last(const Tools& tools, Transaction& tx, const ports::DeliveryRow& delivery,
                    const std::vector<ports::NoticeRow>& notices) {
    for (const auto& row : notices) {
        if (has_another_way(tx, row.notice)) continue;
        const bool to_fallback = row.notice.addressee.id == tx.directory().fallback.value;
        return bury(tools, tx, delivery, row, !to_fallback);
    }
    return model::Done{};
}

// Notices, delivery and attempt; what the case is to hear of it joins `commands`.
Answer record(const Tools& tools, Transaction& tx, const DeliveryOutcome& outcome,
              std::vector<model::Command>& commands) {
    auto delivery = tx.batch().find_delivery(outcome.delivery);
    if (!delivery) return delivery.error();
    if (*delivery && (*delivery)->state != "pending")
        return Refusal{Refusal::Kind::dropped, {{"delivery.ended", {}}}};
    auto notices = tx.batch().notices_of_delivery(outcome.delivery);
    if (!notices) return notices.error();
    if (!*delivery || notices->empty())
        return Error{ErrorCode::not_found, "no notice belongs to this delivery", outcome.delivery};
    auto attempts = tx.batch().attempts(outcome.delivery);
    if (!attempts) return attempts.error();
    if (!attempts->empty() && attempts->back().attempt >= outcome.attempt)
        return Refusal{Refusal::Kind::dropped, {{"delivery.known_attempt", {}}}};

    const bool passed_on = is_passed_on(tx, outcome, *notices);
    if (outcome.unsent && outcome.next_at && !passed_on)
        return Refusal{Refusal::Kind::dropped, {{"delivery.no_other_way", {}}}};
    const std::string state = passed_on ? "dead" : state_after(outcome);
    const bool unknown =
        outcome.outcome.kind == Outcome::Kind::unknown || unknown_before(*attempts);
    if (auto done = write_attempt(tx, outcome); !done) return done.error();
    if (auto done = write_delivery(tx, outcome, **delivery, state, unknown); !done)
        return done.error();
    if (state == "pending") return Accepted{};
    if (state != "delivered")
        if (auto done = bury_if_last(tools, tx, **delivery, *notices); !done) return done.error();
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
