#pragma once
#include <boost/json/object.hpp>
#include <string>

#include "adapters/cli/speech.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::cli::channel {

// A message that shows whether a channel works, marked as a test and an exercise.
engine::ports::Transmission test_message(const std::string& channel, const std::string& address,
                                         std::chrono::milliseconds patience, const Speech& speech);
bool is_test(const engine::ports::Transmission& transmission);

// 138****0000: whom one has asked for, without telling whoever looks over one's shoulder.
std::string masked(const std::string& address);

std::string_view name_of(engine::ports::Outcome::Kind kind);

// What to do about a code, or else about the outcome: a line that begins with its number.
std::string advice(const engine::ports::Outcome& outcome, const Speech& speech);

}  // namespace jinqiao::adapters::cli::channel
