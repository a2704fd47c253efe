#pragma once
#include <chrono>
#include <vector>

#include "adapters/notify/courier/exchange.h"
#include "adapters/notify/sms/options.h"
#include "adapters/notify/sms/phone.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::sms {

// What an answer, or the lack of one, means for the numbers that were sent to. Delivered means that
// the provider has taken it. `several`: the address is more than one number, so that each is told
// of. Of the answer only plain codes and ids are kept, and no id that has one of the numbers in it.
//
// A 2xx that does not say what became of the message is unknown: it may have been sent, and neither
// provider would know a repeat.
engine::ports::Outcome judge(Options::Provider provider, const courier::Response& response,
                             const std::vector<Phone>& phones, bool several,
                             std::chrono::sys_seconds now);

}  // namespace jinqiao::adapters::notify::sms
