#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "adapters/notify/courier/exchange.h"
#include "adapters/notify/sms/options.h"
#include "adapters/notify/sms/phone.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::sms {

// The signed request for these numbers. But for time, nonce and signature it is the same whenever
// the transmission and the numbers are. A path in base_url is for a relay in between, so what is
// signed is the path the provider sees: "/".
courier::Request request_for(const Options& options, const Template& chosen,
                             const engine::ports::Transmission& transmission,
                             const std::vector<Phone>& phones, std::chrono::sys_seconds now,
                             const std::string& nonce);

}  // namespace jinqiao::adapters::notify::sms
