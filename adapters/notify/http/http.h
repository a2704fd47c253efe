#pragma once
#include <memory>

#include "adapters/notify/courier/courier.h"
#include "adapters/notify/http/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::http {

// A channel made in YAML: one request for a transmission, from templates, and the answer read by
// rules. A repeat has the same body unless the template names the time.
std::unique_ptr<engine::ports::Notifier> make(Options options,
                                              std::shared_ptr<courier::Courier> courier,
                                              HookKind::Now now);

}  // namespace jinqiao::adapters::notify::http
