#pragma once
#include <string_view>
#include <vector>

#include "workflows/dispute/conditions.h"

// What the wrapper needs of the machines; machine.cc is the only unit that knows Boost.MSM.
namespace jinqiao::workflows::dispute {

struct Advance {
    enum Kind {
        silent,    // no row of this region names this state and event
        unrouted,  // there are rows, and none leads where the routes say
        refused,   // a gate says no; the Asking has the reason
        taken,     // a row was taken; `state` may be the same as before
    } kind = silent;
    std::string_view state;  // static storage
};

// Puts one event to a scratch machine of one region, restored to `state`. The state must be known.
Advance advance(Region region, std::string_view state, std::string_view event, Asking& asking);

// The rows of all machines as data, in table order. Built once.
const std::vector<kernel::Row>& moving_rows();

// The names of a region's states, as the machine's types spell them.
std::vector<std::string_view> machine_states(Region region);

}  // namespace jinqiao::workflows::dispute
