#pragma once
#include <boost/json/object.hpp>

#include "engine/model/kase.h"
#include "engine/model/result.h"

namespace jinqiao::engine::model {

// The stored form of a case; times are UTC milliseconds and their names end in _ms.
// decode(encode(x)) == encode-equal to x (I29). A text that does not fit is an Error{corrupt}.
// What is encoded lives in `memory`, which a result made in a region of its own must not outlive.
boost::json::object encode(const Case& kase, const boost::json::storage_ptr& memory = {});
Result<Case> decode_case(const boost::json::object& json);

boost::json::object encode(const Clock& clock, const boost::json::storage_ptr& memory = {});
boost::json::object encode(const Assignment& assignment,
                           const boost::json::storage_ptr& memory = {});
boost::json::object encode(const Request& request, const boost::json::storage_ptr& memory = {});

}  // namespace jinqiao::engine::model
