#pragma once
#include <string>

#include "engine/kernel/trial.h"
#include "engine/model/command.h"

namespace jinqiao::tests {

// Whether a policy does harm, found by playing it: nothing of the proof is used, only the kernel as
// it runs, hour by hour and case by case. Empty: none was found.
//
//   people     at some hour of the year, one person being away, a message for a post or department
//              reaches nobody of its own
//   blocked    something people must be able to do is refused, or somebody is not let out
//   lacks      an open case without owner, next step, due time or addressee
//   unheard    a clock was missed, and in three weeks nobody heard of it; of one of ours, nobody
//              but the owner and whoever missed it; or nobody at all any more for a month
//   forgotten  a missed clock about which nothing would ever happen again
//   law        the law's period ends before ours
struct Play {
    engine::kernel::Trial::World world;
    engine::model::Actor filer;
    engine::time::Instant at;
    std::string clock;  // looked at over months, all other ladders being silent; empty: none
    bool law = false;   // looked at on every day of a year beside the clocks of the law
};

// Directories are known by their address: one that was looked at stays as it is and where it is.
// Threads may ask at once.
std::string harm(const Play& play);

}  // namespace jinqiao::tests
