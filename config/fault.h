#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/model/text.h"

namespace jinqiao::config {

class Catalogue;

// One thing wrong with the configuration. `expected` and `found` are worded from check.yaml, so
// that a fault reads in the language of whoever runs the check.
struct Fault {
    std::string file;
    int line = 0;  // 1-based; 0: the file as a whole
    int column = 0;
    std::string path;  // "ladders.3.rungs.0.to"; empty: the file as a whole
    engine::model::Message expected;
    engine::model::Message found;
    std::string nearest;  // the valid name closest to what was found; may be empty
    // Of what the proof finds: its code, with a paragraph in README.md, and how to see it.
    std::string code;
    std::optional<engine::model::Message> see = {};
    bool warning = false;  // worth telling, but the configuration is used
};

using Faults = std::vector<Fault>;

// "file:line:col: path: expected …, found …", with "did you mean …?" where there is a near name.
std::string describe(const Fault& fault, const Catalogue& texts, engine::model::Language language);

bool any_error(const Faults& faults);  // warnings alone do not count

}  // namespace jinqiao::config
