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
    const bool worth_it = settings.recognises_repeats || attempt.grade >= settings.repeat_from;
    return worth_it && attempt.unknown_before < settings.unknown_repeats;
}

}  // namespace

std::string digest_line(const ports::NoticeRow& notice) {
    std::string line = notice.subject + "\n";
    if (!notice.sign_url.empty()) line += notice.sign_url + "\n";
    return line;
}

std::string digest_text(const std::vector<ports::NoticeRow>& notices) {
    std::string text;
    for (const auto& notice : notices) text += digest_line(notice);
    if (!text.empty()) text.pop_back();
    return text;
}

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
        // What somebody sends again by hand begins anew.
        const time::Instant since = std::max(attempt.first_at.value_or(now), attempt.row.since);
        if (settings.give_up_after.count() == 0 || next <= since + settings.give_up_after)
            out.next_at = next;
        const auto pass_on = settings.pass_on[static_cast<std::size_t>(attempt.grade)];
        out.overdue = pass_on.count() > 0 && now >= attempt.row.since + pass_on;
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
    if (notices.size() > 1) {
        out.subject += " (+" + std::to_string(notices.size() - 1) + ")";
        out.text = digest_text(notices);
    }
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
    for (const auto& each : notices) out.grade = std::max(out.grade, each.notice.grade);
    out.exercise = notice.exercise;
    out.attempt = row.attempts + 1;
    out.patience = patience;
    return out;
}

}  // namespace jinqiao::engine::runtime
