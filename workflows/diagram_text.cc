#include "workflows/diagram_text.h"

#include <algorithm>

namespace jinqiao::workflows {

namespace {

using engine::kernel::Row;

bool says_the_target(const std::string& route, const std::string& target) {
    return route == "R.to(" + target + ")" || route == "R.before(" + target + ")";
}

std::string label(const Row& row) {
    std::string line = row.event;
    if (!row.gates.empty()) line += " [" + join(row.gates, ", ") + "]";
    std::vector<std::string> routes;
    std::copy_if(row.routes.begin(), row.routes.end(), std::back_inserter(routes),
                 [&](const auto& route) { return !says_the_target(route, row.target); });
    if (!routes.empty()) line += " {" + join(routes, ", ") + "}";
    return line;
}

}  // namespace

std::vector<Edge> edges_of(const Chart& chart, std::string_view region) {
    std::vector<Edge> edges;
    for (const auto& row : chart.rows) {
        if (row.region != region || row.source == row.target) continue;
        auto edge = std::find_if(edges.begin(), edges.end(), [&](const Edge& known) {
            return known.source == row.source && known.target == row.target;
        });
        if (edge == edges.end()) edge = edges.insert(edge, {row.source, row.target, {}});
        edge->lines.push_back(label(row));
    }
    return edges;
}

std::string node_id(std::string_view region, std::string_view state) {
    return std::string(region) + "_" + std::string(state);
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string all;
    for (const auto& part : parts) {
        if (!all.empty()) all += separator;
        all += part;
    }
    return all;
}

}  // namespace jinqiao::workflows
