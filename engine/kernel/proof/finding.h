#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/model/grade.h"
#include "engine/model/ids.h"
#include "engine/model/text.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::kernel::proof {

// Which part of the configuration is to be mended.
struct Place {
    enum class Kind { clock, ladder, route, grading, post, department, request, workflow };
    Kind kind = Kind::workflow;
    std::string id;    // name of the clock, ladder, rule, …; empty: the file as a whole
    std::string part;  // name of the rung, number of the approver
    bool operator==(const Place&) const = default;
};

// A case that shows it: a rehearsal of the workflow, gone along so far at a grade. preview() plays
// it.
struct Shown {
    std::string rehearsal;
    int steps = 0;  // deeds carried out; the next one may be the one that is refused
    model::GradeLevel grade = model::GradeLevel::blue;
    time::Instant at;        // filed
    model::PersonId absent;  // empty: everybody is there
    bool operator==(const Shown&) const = default;
};

// Something the proof refutes, or warns of.
struct Finding {
    std::string code;  // stable; each has a paragraph in config/README.md
    Place place;
    model::Message expected, found;  // check.proof.*
    std::optional<Shown> shown;
    bool warning = false;  // nobody comes to harm by it, but somebody meant something else
};

using Findings = std::vector<Finding>;

}  // namespace jinqiao::engine::kernel::proof
