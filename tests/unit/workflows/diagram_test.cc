#include "workflows/diagram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "workflows/dispute/machine.h"

namespace jinqiao::workflows {
namespace {

const std::string readme = std::string(JINQIAO_SOURCE_DIR) + "/workflows/README.md";
constexpr std::string_view begin_mark = "<!-- diagram:dispute:begin -->\n";
constexpr std::string_view end_mark = "<!-- diagram:dispute:end -->";

Chart dispute_chart() {
    const auto states = dispute::states();
    return {{states.begin(), states.end()}, dispute::rows()};
}

Chart lamp() {
    return {{{"off", "light", "", {"关", "Off"}, true}, {"on", "light", "", {"开", "On"}, false}},
            {{"light", "off", "press", "on", {"G.power"}, {"R.to(on)", "!R.night"}},
             {"light", "off", "motion", "on", {}, {}},
             {"light", "on", "press", "off", {}, {}},
             {"light", "on", "motion", "on", {}, {}}}};
}

std::string read(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(Diagram, JoinsRowsOfOneArrowAndLeavesOutWhatStays) {
    EXPECT_EQ(mermaid(lamp(), "light"),
              "stateDiagram-v2\n"
              "  state \"off 关\" as light_off\n"
              "  [*] --> light_off\n"
              "  state \"on 开\" as light_on\n"
              "  light_off --> light_on : press [G.power] (!R.night)<br/>motion\n"
              "  light_on --> light_off : press\n");
}

TEST(Diagram, DrawsClustersInDot) {
    const auto text = dot(lamp());
    EXPECT_NE(text.find("subgraph \"cluster_light\""), std::string::npos);
    EXPECT_NE(text.find("\"light_off\" -> \"light_on\" "
                        "[label=\"press [G.power] {!R.night}\\nmotion\"];"),
              std::string::npos);
}

TEST(Diagram, ShowsEveryStateOfTheDispute) {
    const auto chart = dispute_chart();
    const auto all = mermaid(chart);
    const auto drawn = dot(chart);
    for (const auto& state : chart.states) {
        EXPECT_NE(all.find(" as " + state.region + "_" + state.name + "\n"), std::string::npos);
        EXPECT_NE(drawn.find("\"" + state.region + "_" + state.name + "\" ["), std::string::npos);
    }
}

// Mermaid ends a label at a second colon or a semicolon, in silence.
TEST(Diagram, KeepsToTheGrammarOfMermaid) {
    std::istringstream lines(mermaid(dispute_chart()));
    for (std::string line; std::getline(lines, line);) {
        EXPECT_EQ(line.find(';'), std::string::npos) << line;
        EXPECT_LE(std::count(line.begin(), line.end(), ':'), 1) << line;
    }
}

// The README shows the table that runs. To draw it anew after a change of the table, run this test
// with JINQIAO_REDRAW=1.
TEST(Diagram, InTheReadmeIsTheOneThatRuns) {
    auto text = read(readme);
    const auto begin = text.find(begin_mark);
    const auto end = text.find(end_mark);
    ASSERT_NE(begin, std::string::npos);
    ASSERT_NE(end, std::string::npos);
    const auto start = begin + begin_mark.size();
    const auto expected = "\n" + chapter(dispute_chart());
    if (std::getenv("JINQIAO_REDRAW") != nullptr) {
        text.replace(start, end - start, expected);
        std::ofstream(readme) << text;
        return;
    }
    EXPECT_EQ(text.substr(start, end - start), expected);
}

}  // namespace
}  // namespace jinqiao::workflows
