#pragma once
#include <boost/json/object.hpp>

#include "adapters/http/lens.h"
#include "engine/model/clock.h"

namespace jinqiao::adapters::http {

// What is left of a deadline in the kind of time it is counted in, for a countdown that needs no
// calendar:
//   unit        "wh" working hours, "W" working days, "N" calendar days, "h" clock time
//   seconds     of "wh" and "h"; none once it is due
//   days        of "W" and "N": full days after today, up to the last one; 0: it ends today
//   running     of "wh": the clock runs at this moment
//   as_of       of "wh": when this was so
//   changes_at  of "wh": when it stops or goes on
boost::json::object time_left(const engine::model::Clock& clock, const Lens& lens);

}  // namespace jinqiao::adapters::http
