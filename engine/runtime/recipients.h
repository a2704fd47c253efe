#pragma once
#include <string>
#include <vector>

#include "engine/ports/notifier.h"

namespace jinqiao::engine::runtime {

// "delivered", "rejected", "retry", "unknown"
std::string_view spelling(ports::Outcome::Kind kind);

// What became of each recipient of a shared address, as it is stored with the attempt: JSON
// [{name, outcome, code, provider_id}], empty where there are none.
std::string encode(const std::vector<ports::Outcome::Recipient>& recipients);

// Adds those of a stored attempt that need not get it again.
void settle(const std::string& recipients, std::vector<std::string>& settled);

}  // namespace jinqiao::engine::runtime
