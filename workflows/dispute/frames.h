#pragma once
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "workflows/dispute/conditions.h"

// The table beside the machine. MSM holds only rows that move a region; this one says from where
// an event is allowed that moves nothing, and which pipeline states a row of another region asks
// for as well ("a row naming pipeline states and a bracketed region needs both").
namespace jinqiao::workflows::dispute {

using Names = std::vector<std::string_view>;

struct Frame {
    std::string_view event;
    Names from;                   // pipeline states besides those with a row of their own
    std::optional<Region> needs;  // this region must have a row, or be in one of `in`
    Names in;
    Conditions conditions = {};  // of the frame itself; a machine's row has its own
};

std::span<const Frame> frames();

// Groups of the reference: V, C, R; open = V, C, R; ends.
const Names& warn_states();
const Names& coordinate_states();
const Names& resolve_states();
const Names& open_states();
const Names& end_states();
const Names& all_states();

bool contains(const Names& names, std::string_view name);

}  // namespace jinqiao::workflows::dispute
