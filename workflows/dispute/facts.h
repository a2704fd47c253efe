#pragma once
#include <boost/json/object.hpp>
#include <span>
#include <string>

#include "engine/model/kase.h"
#include "workflows/dispute/data.h"
#include "workflows/dispute/params.h"

namespace jinqiao::workflows::dispute {

// The flat facts that conditions of grading.yaml and routing.yaml speak of. What is not known is
// absent: an unknown fact lifts nothing.
boost::json::object flat_facts(const engine::model::Case& kase, const Data& data, Instant now);

// Brings data.derived up to date.
void derive(Data& data, const Params& params);

std::span<const std::string> flat_fact_names();

}  // namespace jinqiao::workflows::dispute
