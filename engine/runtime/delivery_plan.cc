#include "engine/runtime/delivery_plan.h"

#include <algorithm>

namespace jinqiao::engine::runtime {

using ports::Outcome;
using std::chrono::milliseconds;

namespace {

// Even a lucky throw of the dice leaves the other side a moment.
constexpr milliseconds shortest_retry{500};

milliseconds back_off(int attempt, const ChannelSettings& settings, double jitter) {
    const int doublings = std::clamp(attempt - 1, 0, 30);
    const auto ceiling = std::min<std::int64_t>(settings.longest_retry.count(),
                                                settings.first_retry.count() << doublings);
    const auto wait = static_cast<std::int64_t>(jitter * static_cast<double>(ceiling));
    return std::max(shortest_retry, milliseconds{wait});
}

bool worth_repeating(const Attempt& attempt, const Outcome& outcome,
                     const ChannelSettings& settings) {
    if (settings.attempts > 0 && attempt.number() >= settings.attempts) return false;
    if (outcome.kind != Outcome::Kind::unknown) return true;
    return settings.repeat_unknown && attempt.unknown_before < settings.unknown_repeats;
}

}  // namespace

const ChannelSettings& DeliverySettings::of(const std::string& channel) const {
    const auto found = channels.find(channel);
    return found != channels.end() ? found->second : otherwise;
}

DeliveryOutcome plan(const Attempt& attempt, Outcome outcome, time::Instant now,
                     const ChannelSettings& settings, double jitter) {
    DeliveryOutcome out;
    out.delivery = attempt.row.id;
    out.attempt = attempt.number();
    out.kase = attempt.row.kase;
    const bool ended =
        outcome.kind == Outcome::Kind::delivered || outcome.kind == Outcome::Kind::rejected;
    if (!ended && worth_repeating(attempt, outcome, settings)) {
        milliseconds wait = back_off(out.attempt, settings, jitter);
        if (outcome.retry_after) wait = std::max<milliseconds>(wait, *outcome.retry_after);
        const time::Instant next = now + wait;
        const time::Instant since = attempt.first_at.value_or(now);
        if (settings.give_up_after.count() == 0 || next <= since + settings.give_up_after)
            out.next_at = next;
    }
    out.outcome = std::move(outcome);
    return out;
}

ports::Transmission transmission_of(const ports::DeliveryRow& row,
                                    const std::vector<ports::NoticeRow>& notices,
                                    milliseconds patience) {
    const ports::NoticeRow& first = notices.front();
    const model::Notice& notice = first.notice;
    ports::Transmission out;
    out.id = row.id;
    out.key = notice.key;
    out.channel = row.channel;
    out.address = row.address;
    out.subject = first.subject;
    out.text = first.text;
    for (auto it = notices.begin() + 1; it != notices.end(); ++it) out.text += "\n\n" + it->text;
    const auto* number = notice.vars.if_contains("number");
    out.body = {{"id", notice.id.value},
                {"key", notice.key},
                {"case", notice.kase.value},
                {"number", number != nullptr ? *number : boost::json::value("")},
                {"grade", model::name(notice.grade)},
                {"event", notice.event},
                {"addressee", notice.addressee.text()},
                {"text", out.text},
                {"sign_url", first.sign_url},
                {"exercise", notice.exercise}};
    out.at = notice.at;
    out.grade = notice.grade;
    out.exercise = notice.exercise;
    out.attempt = row.attempts + 1;
    out.patience = patience;
    return out;
}

}  // namespace jinqiao::engine::runtime
