#pragma once
#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "adapters/http/lens.h"
#include "engine/ports/trail.h"

namespace jinqiao::adapters::http {

// What the trail tells of a case beside the row itself.
struct TrailCase {
    std::string number, workflow;
    bool shown = false;  // its number and id may be told to this reader
    // Of a case filed in confidence: whoever filed it, kept from this reader.
    std::set<std::string> hidden = {};
};

// One row of the trail of all streams. Whoever does not read cases is told that something was done
// in one, when and by whom; what it was about is not for them.
boost::json::object view_trail(const engine::ports::TrailRow& row,
                               const std::optional<TrailCase>& kase, const Lens& lens);

// What is looked for in the trail; empty: anything.
struct TrailWish {
    std::string stream;         // "directory", "cases"
    std::set<std::string> who;  // accounts and people; any of them
    std::string what;           // name of the command
};
bool fits(const engine::ports::HistoryRow& row, const TrailWish& wish);

// What whoever filed this case in confidence did is nobody's to find by their name.
bool by_hidden(const engine::ports::HistoryRow& row, const std::optional<TrailCase>& kase);

// Every command the trail may hold, with its words: for whoever chooses among them.
boost::json::array trail_commands(const Lens& lens);

}  // namespace jinqiao::adapters::http
