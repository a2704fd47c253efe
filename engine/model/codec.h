#pragma once
#include <boost/json/object.hpp>

#include "engine/model/kase.h"
#include "engine/model/result.h"

namespace jinqiao::engine::model {

// The stored form of a case; times are UTC milliseconds and their names end in _ms.
// decode(encode(x)) == encode-equal to x (I29). A text that does not fit is an Error{corrupt}.
boost::json::object encode(const Case& kase);
Result<Case> decode_case(const boost::json::object& json);

boost::json::object encode(const Clock& clock);
boost::json::object encode(const Assignment& assignment);
boost::json::object encode(const Request& request);

}  // namespace jinqiao::engine::model
