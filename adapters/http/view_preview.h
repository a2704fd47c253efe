#pragma once
#include <boost/json/object.hpp>

#include "adapters/http/lens.h"
#include "engine/kernel/preview.h"

namespace jinqiao::adapters::http {

// What would happen and who would be told, in words of the lens's language. Times beside the
// instant are minutes since filing.
boost::json::object view_preview(const engine::kernel::Preview& preview, engine::time::Instant at,
                                 engine::time::Instant until, const Lens& lens);

}  // namespace jinqiao::adapters::http
