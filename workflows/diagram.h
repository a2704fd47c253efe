#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/workflow.h"

// Diagrams of any workflow, drawn from its table: what is shown is what runs. Rows that move
// nothing are left out; rows between the same two states share an edge. On an edge, gates stand in
// brackets, routing conditions in braces: `refer [G.calm] {R.done}`. A condition that says no more
// than the arrow does, R.to(target), is left out.
namespace jinqiao::workflows {

struct Chart {
    std::vector<engine::kernel::StateInfo> states;
    std::vector<engine::kernel::Row> rows;
};

Chart chart_of(const engine::kernel::Workflow& workflow);

std::vector<std::string> regions_of(const Chart& chart);  // in order of appearance

std::string mermaid(const Chart& chart, std::string_view region);  // one region
std::string mermaid(const Chart& chart);                           // all of them, side by side
std::string dot(const Chart& chart);                               // all, stages as clusters

// The chapter of workflows/README.md: one Mermaid block per region under its name.
std::string chapter(const Chart& chart);

}  // namespace jinqiao::workflows
