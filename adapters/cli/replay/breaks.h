#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/ports/notifier.h"
#include "engine/ports/store.h"
#include "engine/runtime/core.h"

namespace jinqiao::adapters::cli::replay {

using Counts = std::map<std::string, std::uint64_t>;

// Where a policy broke, in what a supervisor asks afterwards. Durations are seconds.
struct Findings {
    // Cases that nobody had ended when they were set aside: whose they are, and the deadline that
    // rings next.
    Counts watched_by, waiting_for;

    std::uint64_t with_fallback = 0;           // cases the fallback desk came to own
    std::vector<std::int64_t> fallback_after;  // since filing; sorted
    Counts spent_ladders;                      // ladders whose last rung ran, each clock once
    std::uint64_t last_rungs = 0;              // how often last rungs ran in all
    std::uint64_t rungs = 0;                   // all rungs
    double followed_days = 0;                  // open days of all cases together
    struct Day {
        std::string number;
        std::uint64_t rungs = 0;
        engine::time::Instant at;
    } busiest;  // most rungs of one case within 24 h

    // The longest stretch of an open case in which nothing reached anybody and nobody did anything.
    struct Silence {
        std::string number, state;
        engine::time::Instant from, until;
    };
    std::optional<Silence> silence;

    struct Department {
        std::uint64_t told = 0, signed_for = 0;  // alerts to be signed for
        std::uint64_t nobody_there = 0;          // arrived while nobody acted for its desk
        std::vector<std::int64_t> found_after;   // until somebody else heard of it; sorted
        Counts found_by;                         // ladder and rung that told them
    };
    std::map<std::string, Department> departments;

    std::map<std::string, std::int64_t> empty_posts;  // how long nobody acted for it
    Counts reached_nobody;  // arrived where nobody reads them, by addressee
    Counts redirected;      // meant for nobody, went to the fallback desk, by addressee and reason
    std::uint64_t to_leavers = 0;  // to an address of somebody who had left
};

// Gathers findings while a replay runs, from what was committed and sent.
class Breaks {
  public:
    // The directory in force from now on; borrowed until the next one.
    void use(const engine::policy::Directory& directory, engine::time::Instant now);
    // `by_people`: a person did it.
    void see(const engine::runtime::Accepted& change, const engine::policy::Policy& policy,
             engine::time::Instant now, bool by_people);
    void sent(const engine::ports::Transmission& transmission, engine::time::Instant now);
    // The case is followed no further; it is open.
    void set_aside(const engine::model::Case& kase, engine::time::Instant now);
    Findings close(engine::time::Instant now);

  private:
    struct Life {
        std::string number, state;
        engine::time::Instant filed_at, heard_at, day;
        std::uint64_t rungs_of_day = 0;
        bool open = true, with_fallback = false;
        std::set<std::string> spent;                  // clock keys
        std::set<std::string> signed_for, found_out;  // assignments
    };
    void count(const engine::model::Case& kase, Life& life, const engine::model::Event& event,
               const engine::policy::Policy& policy, engine::time::Instant now);
    void count_rung(const engine::model::Case& kase, Life& life, const engine::model::Event& event,
                    const engine::policy::Policy& policy, engine::time::Instant now);
    void heard(Life& life, engine::time::Instant now);
    void over(Life& life, engine::time::Instant now);

    const engine::policy::Directory* directory_ = nullptr;
    std::map<engine::model::PostId, engine::time::Instant> empty_since_;
    std::map<std::string, Life> lives_;
    Findings found_;
};

}  // namespace jinqiao::adapters::cli::replay
