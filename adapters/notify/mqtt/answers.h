#pragma once
#include <string>

#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::mqtt {

// What an answer of the broker means: to PUBLISH, and to CONNECT (`version5` tells the numbers).
engine::ports::Outcome published(int reason);
engine::ports::Outcome not_connected(int reason, bool version5);
// Our word for an error of the library, whose own words may quote addresses.
std::string word_of(int error);

engine::ports::Outcome outcome(engine::ports::Outcome::Kind kind, std::string code,
                               std::string detail, bool lane = false);

}  // namespace jinqiao::adapters::notify::mqtt
