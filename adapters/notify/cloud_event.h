#pragma once
#include <string>
#include <string_view>

#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify {

// The transmission as a CloudEvents 1.0 event in structured mode. Equal transmissions give equal
// bytes: there is no time in it, so that a repeat carries the same body under the same id.
// type is "cn.jinqiao.notice." and the event's name, subject the case number.
std::string cloud_event(const engine::ports::Transmission& transmission, std::string_view source);

}  // namespace jinqiao::adapters::notify
