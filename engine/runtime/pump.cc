// Sending without threads, and the preparation both ways of sending share.
#include "engine/runtime/dispatcher.h"
#include "engine/runtime/recipients.h"

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;
using ports::Outcome;

namespace {

constexpr int most_at_once = 1000;

Outcome send_now(const Notifiers& notifiers, const ports::Transmission& transmission) {
    const auto notifier = notifiers.find(transmission.channel);
    if (notifier == notifiers.end())
        return {
            Outcome::Kind::rejected, "channel_unknown", {}, "no such channel is configured", {}};
    const auto outcome = std::make_shared<std::optional<Outcome>>();
    notifier->second->send(transmission, [outcome](Outcome what) { *outcome = std::move(what); });
    if (*outcome) return **outcome;
    return {Outcome::Kind::unknown, "no_answer", {}, "the channel did not answer", {}};
}

model::Result<std::vector<Prepared>> ready(ports::Reader& reader, time::Instant now,
                                           const DeliverySettings& settings) {
    auto channels = reader.delivery_channels();
    if (!channels) return channels.error();
    std::vector<Prepared> out;
    for (const auto& channel : *channels) {
        auto rows = reader.deliveries_ready(channel, now, most_at_once);
        if (!rows) return rows.error();
        for (const auto& row : *rows) {
            auto prepared = prepare(reader, row, settings.of(channel));
            if (!prepared) return prepared.error();
            out.push_back(std::move(*prepared));
        }
    }
    return out;
}

}  // namespace

model::Result<Prepared> prepare(ports::Reader& reader, const ports::DeliveryRow& row,
                                const ChannelSettings& settings) {
    auto notices = reader.notices_of_delivery(row.id);
    if (!notices) return notices.error();
    if (notices->empty()) return Error{ErrorCode::internal, "a delivery without a notice", row.id};
    Prepared out;
    out.attempt.row = row;
    std::vector<std::string> settled;
    if (row.attempts > 0) {
        auto attempts = reader.attempts(row.id);
        if (!attempts) return attempts.error();
        if (!attempts->empty()) out.attempt.first_at = attempts->front().at;
        for (const auto& attempt : *attempts) {
            if (attempt.outcome == "unknown") ++out.attempt.unknown_before;
            settle(attempt.recipients, settled);
        }
    }
    out.transmission = transmission_of(row, *notices, settings.patience);
    out.transmission.settled = std::move(settled);
    out.attempt.grade = out.transmission.grade;
    return out;
}

model::Result<std::size_t> pump(Core& core, ports::Reader& reader, const Notifiers& notifiers,
                                const DeliverySettings& settings,
                                const std::function<double()>& jitter) {
    std::size_t sent = 0;
    while (true) {
        auto batch = ready(reader, core.now(), settings);
        if (!batch) return batch.error();
        if (batch->empty()) return sent;
        std::vector<Submission> outcomes;
        std::size_t recorded = 0;
        for (auto& prepared : *batch) {
            auto outcome = send_now(notifiers, prepared.transmission);
            Submission submission;
            submission.work = plan(prepared.attempt, std::move(outcome), core.now(),
                                   settings.of(prepared.transmission.channel), jitter());
            submission.done = [&recorded](const Answer& answer) {
                if (std::holds_alternative<Accepted>(answer)) ++recorded;
            };
            outcomes.push_back(std::move(submission));
        }
        sent += outcomes.size();
        if (auto done = core.process(outcomes); !done) return done.error();
        if (recorded == 0)
            return Error{ErrorCode::internal, "no outcome of a delivery could be recorded", {}};
    }
}

}  // namespace jinqiao::engine::runtime
