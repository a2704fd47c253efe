#pragma once
#include "engine/kernel/proof/explore.h"

// Proof of a policy before it is used: the product of workflow, policy, organisation and calendar
// is gone through, and what does not hold is refuted with a case that shows it.
//
//   way.*        nothing that people must be able to do is blocked, and nobody is trapped
//   case.*       an open case always has an owner, a next step, a due time and somebody to tell
//   ladder.*     every deadline of ours ends at somebody else, and goes on until it is answered
//   rung.*       no rung is out of reach
//   reach.*      every post reaches a human being at every hour, any one person being away
//   deadline.*   ours end before those of the law that they serve
//   request.*    a second person can answer
//   route.*, grading.*, department.*   nothing is written in vain
namespace jinqiao::engine::kernel::proof {

struct Question {
    Trial::World world;         // borrowed
    model::Actor filer;         // who reports in the cases played
    time::Instant from, until;  // the hours that must be covered
};

struct Proof {
    Findings findings;  // by place, errors and warnings
    Explored explored;
};

// Pure: the same question has the same answer.
Proof prove(const Question& question);

}  // namespace jinqiao::engine::kernel::proof
