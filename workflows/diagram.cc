#include "workflows/diagram.h"

#include <algorithm>

#include "workflows/diagram_text.h"

namespace jinqiao::workflows {

namespace {

using engine::kernel::StateInfo;

std::string mermaid_states(const Chart& chart, std::string_view region, const std::string& indent) {
    std::string text;
    for (const auto& state : chart.states) {
        if (state.region != region) continue;
        const auto id = node_id(region, state.name);
        text += indent + "state \"" + state.name + " " + state.label.zh + "\" as " + id + "\n";
        if (state.initial) text += indent + "[*] --> " + id + "\n";
        if (state.stage == "ended") text += indent + id + " --> [*]\n";
    }
    return text;
}

// The grammar of Mermaid ends a label at ':' and ';', which no name of ours holds, and reads
// braces as blocks, so that routing conditions stand in parentheses there.
std::string mermaid_label(std::string line) {
    std::replace(line.begin(), line.end(), '{', '(');
    std::replace(line.begin(), line.end(), '}', ')');
    return line;
}

std::string mermaid_edges(const Chart& chart, std::string_view region, const std::string& indent) {
    std::string text;
    for (const auto& edge : edges_of(chart, region))
        text += indent + node_id(region, edge.source) + " --> " + node_id(region, edge.target) +
                " : " + mermaid_label(join(edge.lines, "<br/>")) + "\n";
    return text;
}

std::vector<std::string> stages_of(const Chart& chart, std::string_view region) {
    std::vector<std::string> stages;
    for (const auto& state : chart.states)
        if (state.region == region &&
            std::find(stages.begin(), stages.end(), state.stage) == stages.end())
            stages.push_back(state.stage);
    return stages;
}

std::string dot_states(const Chart& chart, std::string_view region, std::string_view stage) {
    std::string text;
    for (const auto& state : chart.states) {
        if (state.region != region || state.stage != stage) continue;
        const std::string shape = state.initial            ? ", penwidth=2"
                                  : state.stage == "ended" ? ", peripheries=2"
                                                           : "";
        text += "      \"" + node_id(region, state.name) + "\" [label=\"" + state.name + "\\n" +
                state.label.zh + "\"" + shape + "];\n";
    }
    return text;
}

std::string dot_region(const Chart& chart, const std::string& region) {
    std::string text = "  subgraph \"cluster_" + region + "\" {\n    label=\"" + region + "\";\n";
    for (const auto& stage : stages_of(chart, region)) {
        const bool named = !stage.empty();
        if (named)
            text += "    subgraph \"cluster_" + region + "_" + stage + "\" {\n      label=\"" +
                    stage + "\";\n";
        text += dot_states(chart, region, stage);
        if (named) text += "    }\n";
    }
    for (const auto& edge : edges_of(chart, region))
        text += "    \"" + node_id(region, edge.source) + "\" -> \"" +
                node_id(region, edge.target) + "\" [label=\"" + join(edge.lines, "\\n") + "\"];\n";
    return text + "  }\n";
}

}  // namespace

Chart chart_of(const engine::kernel::Workflow& workflow) {
    const auto states = workflow.states();
    return {{states.begin(), states.end()}, workflow.rows()};
}

std::vector<std::string> regions_of(const Chart& chart) {
    std::vector<std::string> regions;
    for (const auto& state : chart.states)
        if (std::find(regions.begin(), regions.end(), state.region) == regions.end())
            regions.push_back(state.region);
    return regions;
}

std::string mermaid(const Chart& chart, std::string_view region) {
    return "stateDiagram-v2\n" + mermaid_states(chart, region, "  ") +
           mermaid_edges(chart, region, "  ");
}

std::string mermaid(const Chart& chart) {
    std::string text = "stateDiagram-v2\n";
    for (const auto& region : regions_of(chart))
        text += "  state \"" + region + "\" as region_" + region + " {\n" +
                mermaid_states(chart, region, "    ") + mermaid_edges(chart, region, "    ") +
                "  }\n";
    return text;
}

std::string dot(const Chart& chart) {
    std::string text =
        "digraph workflow {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n"
        "  edge [fontsize=9];\n";
    for (const auto& region : regions_of(chart)) text += dot_region(chart, region);
    return text + "}\n";
}

std::string chapter(const Chart& chart) {
    std::string text;
    for (const auto& region : regions_of(chart))
        text += "#### " + region + "\n\n```mermaid\n" + mermaid(chart, region) + "```\n\n";
    return text;
}

}  // namespace jinqiao::workflows
