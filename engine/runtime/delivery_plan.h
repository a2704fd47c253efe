#pragma once
#include <array>
#include <chrono>
#include <map>
#include <string>

#include "engine/ports/notifier.h"
#include "engine/ports/store.h"
#include "engine/runtime/core.h"
#include "engine/runtime/lane_gate.h"

namespace jinqiao::engine::runtime {

// How one channel is used.
struct ChannelSettings {
    std::size_t concurrency = 8;  // transmissions at once
    std::size_t each = 0;  // of them, to one address: one that hangs must leave room. 0: no limit
    std::chrono::milliseconds patience{15'000};    // how long one attempt may take
    std::chrono::milliseconds first_retry{5'000};  // doubled with each attempt, full jitter
    std::chrono::milliseconds longest_retry{std::chrono::hours{24}};
    int attempts = 0;  // most of them; 0: no limit but give_up_after
    // Since the first attempt; 0: never. Time that a notice spends behind an older one, or the
    // program spends switched off, is no attempt.
    std::chrono::milliseconds give_up_after{std::chrono::hours{24}};
    // An outcome nobody knows is worth repeating where a repeat is recognised or does no harm, and
    // from this grade on even where somebody may get it twice.
    bool recognises_repeats = true;
    model::GradeLevel repeat_from = model::GradeLevel::orange;
    int unknown_repeats = 3;
    LaneSettings lane;
    // So long after it might first have gone out a notice that still has not is passed on to the
    // addressee's next contact, where there is one; by grade, blue first. 0: not before it is
    // given up.
    std::array<std::chrono::milliseconds, 4> pass_on{};
    // So many that wait for one address travel as one message of at most that many bytes; those of
    // grade red never. 0: they do not.
    std::size_t merge_from = 0;
    std::size_t text_limit = 0;  // 0: any
};

struct DeliverySettings {
    std::map<std::string, ChannelSettings> channels;
    ChannelSettings otherwise;
    std::size_t in_flight = 64;  // all channels together

    const ChannelSettings& of(const std::string& channel) const;
};

struct Attempt {
    ports::DeliveryRow row;                             // as before the attempt
    std::optional<time::Instant> first_at;              // of the attempts before, if any
    int unknown_before = 0;                             // of them, those whose outcome nobody knows
    model::GradeLevel grade = model::GradeLevel::blue;  // the highest of its notices
    int number() const { return row.attempts + 1; }
};

// What follows from an outcome: delivered, rejected, once more at next_at, or dead. Pure; `jitter`
// is from [0, 1). A Retry-After is a lower bound, never shortened by jitter.
DeliveryOutcome plan(const Attempt& attempt, ports::Outcome outcome, time::Instant now,
                     const ChannelSettings& settings, double jitter);

// Words and order are those of the notices, so it needs no language and never changes.
std::string digest_line(const ports::NoticeRow& notice);
std::string digest_text(const std::vector<ports::NoticeRow>& notices);

// The same on every attempt, byte for byte, since all of it was stored with the notice. All rows
// are notices of this delivery; there is at least one. Several are a list of their subjects, each
// with its link.
ports::Transmission transmission_of(const ports::DeliveryRow& row,
                                    const std::vector<ports::NoticeRow>& notices,
                                    std::chrono::milliseconds patience);

}  // namespace jinqiao::engine::runtime
