#include "engine/runtime/lane_gate.h"

#include <algorithm>

namespace jinqiao::engine::runtime {

using ports::Outcome;
using std::chrono::milliseconds;

namespace {

// The bucket is kept as one instant (generic cell rate algorithm): each transmission moves it on by
// `every`, and it may lie at most `burst` of them ahead.
LaneGate::Time token_at(const LaneSettings& settings, LaneGate::Time full_at, LaneGate::Time now) {
    if (settings.burst == 0) return now;
    const auto ahead = settings.every * static_cast<int>(settings.burst - 1);
    return std::max(now, full_at - ahead);
}

}  // namespace

LaneGate::Time LaneGate::open_at(const LaneSettings& settings, Time now) const {
    const Time token = token_at(settings, full_at_, now);
    if (!down()) return token;
    if (now < until_) return std::max(token, until_);
    return under_way_ > 0 ? Time::max() : token;
}

void LaneGate::begin(const LaneSettings& settings, Time now) {
    ++under_way_;
    if (settings.burst > 0) full_at_ = std::max(full_at_, now) + settings.every;
}

void LaneGate::end(const LaneSettings& settings, const Outcome& outcome, Time now) {
    under_way_ -= std::min<std::size_t>(under_way_, 1);
    const milliseconds least = outcome.retry_after.value_or(std::chrono::seconds{0});
    if (outcome.concerns_lane) return close(settings, now, least);
    if (outcome.kind == Outcome::Kind::delivered || outcome.kind == Outcome::Kind::rejected) {
        // An answer begun before the fault says nothing about what came after it.
        if (now < until_) return;
        failed_ = 0;
        pauses_ = 0;
        until_ = {};
        return;
    }
    if (outcome.retry_after) return;  // about this notice or its addressee alone
    if (++failed_ >= settings.failures) close(settings, now, milliseconds{0});
}

void LaneGate::close(const LaneSettings& settings, Time now, milliseconds least) {
    // Those that were under way together are one fault.
    if (now < until_) {
        until_ = std::max(until_, now + least);
        return;
    }
    const auto pause = std::min(settings.longest, settings.pause * (1 << std::min(pauses_, 20)));
    ++pauses_;
    // Where it names a time itself, it knows better than we do.
    until_ = now + (least > milliseconds{0} ? least : pause);
}

}  // namespace jinqiao::engine::runtime
