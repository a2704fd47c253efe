#pragma once
#include <boost/json/object.hpp>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {

// The demonstration zone with the configuration as shipped, at Wed 2026-09-30 16:20; tokens are
// "token-" and the name of demo-tokens.json.
Office park();

// The example of design.md 7, as story S1 tells it.
boost::json::object park_alert();

}  // namespace jinqiao::tests
