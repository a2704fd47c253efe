#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/cli/replay/agenda.h"

namespace jinqiao::adapters::cli::replay {

// Facts the sources do not give and somebody on site would find out: plausible, the same for the
// same case, marked nowhere as real.

// Puts a value at an alert path ("enterprise.staff") of a payload; a path it has no idea of is left
// out.
void find_out(boost::json::object& payload, const std::string& path, std::uint64_t seed,
              const std::string& noticed_at, std::int64_t workers);
// A unified social credit code with its check character (GB 32100-2015).
std::string credit_code(std::uint64_t seed);
// {"mediator_kind", "body"} of the first registered body; empty if there is none.
boost::json::object body_of(const Look& look);

// Wants an action that a second person may have to approve first, and to ask for that.
void with_approval(Look& look, const std::string& action, const boost::json::object& payload);

}  // namespace jinqiao::adapters::cli::replay
