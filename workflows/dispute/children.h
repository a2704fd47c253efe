#pragma once
#include <boost/json/object.hpp>
#include <string>

#include "workflows/dispute/step.h"

// A part of a case that goes its own way (3.1): a worker keeps every personal right, whatever the
// others decide. The child is linked, has clocks of its own and does not count as an incident.

namespace jinqiao::workflows::dispute {

struct Part {
    std::int64_t workers = 1;
    std::string target;            // where the child starts: verifying, a tier, or an end
    Texts demands;                 // ids that move; empty: all are copied
    boost::json::object end = {};  // to, purpose of a referral
};

// Lowers the parent's workers and asks for the child (follow-up "open_child").
void open_child(Step& step, const Part& part);

// Workflow side of "open_child": regions, data and clocks of the fresh case.
void start_child(Step& step);

}  // namespace jinqiao::workflows::dispute
