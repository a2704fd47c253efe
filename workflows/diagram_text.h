#pragma once
#include <string>
#include <vector>

#include "workflows/diagram.h"

namespace jinqiao::workflows {

// All rows from one state to another, one line of label each.
struct Edge {
    std::string source, target;
    std::vector<std::string> lines;
};

// Edges of a region in table order; rows that stay are not among them.
std::vector<Edge> edges_of(const Chart& chart, std::string_view region);

// An identifier no diagram language reserves: region and state, joined by "_".
std::string node_id(std::string_view region, std::string_view state);

std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace jinqiao::workflows
