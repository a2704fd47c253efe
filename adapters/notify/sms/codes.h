#pragma once
#include <chrono>
#include <optional>
#include <string_view>

#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::sms {

// What a provider's code means for the numbers it was given for.
struct Verdict {
    engine::ports::Outcome::Kind kind = engine::ports::Outcome::Kind::rejected;
    bool concerns_lane = false;  // the account or the key, not these numbers
    std::optional<std::chrono::seconds> retry_after = {};
    std::string_view advice = {};  // what to do about it, in ASCII
};

// `message` tells which of several limits was meant; days end at midnight in Beijing. `status` is
// that of HTTP: it decides about codes nobody knows.
Verdict of_aliyun(std::string_view code, std::string_view message, int status,
                  std::chrono::sys_seconds now);
Verdict of_tencent(std::string_view code, int status, std::chrono::sys_seconds now);

}  // namespace jinqiao::adapters::notify::sms
