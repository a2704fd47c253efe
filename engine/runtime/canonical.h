#pragma once
#include <boost/json/value.hpp>
#include <string>

namespace jinqiao::engine::runtime {

// Compact JSON with the keys of every object in byte order: equal values give equal texts, so that
// a digest over the text means something.
std::string canonical(const boost::json::value& value);

}  // namespace jinqiao::engine::runtime
