#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/kernel/proof/finding.h"
#include "engine/kernel/trial.h"
#include "engine/model/command.h"

namespace jinqiao::engine::kernel::proof {

// A clock met in a state at a grade, with a case in which it runs.
struct Met {
    model::Case kase;
    std::string clock;  // key
    time::Instant at;
    Shown shown;
};
using MetKey = std::tuple<std::string, std::string, model::GradeLevel>;  // clock, state, grade

// A rung that ran.
struct RanRung {
    std::string ladder, rung;
    std::set<std::string> told;  // Addressee::text()
    bool beyond = false;         // somebody but those who were to act
};

// What becomes of a clock that nobody answers, until its last rung repeats.
struct Course {
    std::string ladder;  // the first one in force; empty: none
    std::vector<RanRung> rungs;
    bool closed = false;   // ended by itself, or with its stage
    bool silent = false;   // open, and nothing would happen any more
    bool stuck = false;    // its timer was refused
    bool offered = false;  // it was handed down the deputies
    model::PostId owner;   // of the case, in the end

    bool ran(const std::string& of_ladder, const std::string& rung) const;
    bool beyond() const;
};

// Everything that the rehearsals of a workflow come to under a policy, with everybody present.
struct Explored {
    std::map<MetKey, Met> clocks;
    std::map<MetKey, Course> courses;    // of all but reference clocks
    std::set<std::string> states;        // "region:state"
    std::map<std::string, Shown> told;   // Addressee::text() -> where first
    std::set<model::PostId> owners;      // posts that came to own a case
    std::map<std::string, Met> without;  // what an open case ever lacked -> where first
    Findings findings;                   // ways that are blocked, people who are trapped
    std::size_t configurations = 0;      // regions and grade
};

// Pure; the world is borrowed. Cases are filed by `filer` at `at`.
Explored explore(const Trial::World& world, const model::Actor& filer, time::Instant at);

}  // namespace jinqiao::engine::kernel::proof
