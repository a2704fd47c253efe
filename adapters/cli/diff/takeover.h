#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/cli/setup.h"
#include "engine/kernel/outlook.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::cli::diff {

using engine::kernel::Difference;
using engine::time::Instant;

// One and the same change, and the cases it happens to.
struct Change {
    Difference::Kind kind = Difference::Kind::due;
    std::string clock, event, rung;
    std::string before, after;  // whom and by what channel, or owner; equal: only the time changes
    enum class Time { same, sooner, later, begins, ends, oftener, rarer } time = Time::same;
    struct Of {
        std::string number;  // of the case, or the name of the situation
        Difference difference;
    };
    std::vector<Of> cases;  // in the order in which they were looked at
};

// What another configuration would change if it took over now.
struct Takeover {
    std::uint64_t cases = 0;  // open ones that were looked at
    // Of those, how many change at once, and how many more if they were migrated.
    std::uint64_t changed_at_once = 0, changed_on_migration = 0;
    // The directory (posts, deputies, fallback), channels and calendars are always current: these
    // change with the first decision under the new configuration.
    std::vector<Change> at_once;
    // Grading, routing, ladders and budgets are pinned to a case: these would change beside, if the
    // command `policy_migrated` took it to the new policy.
    std::vector<Change> on_migration;
    // Cases filed from then on: the new configuration's situations under both.
    std::uint64_t situations = 0, changed_situations = 0;
    std::vector<Change> new_cases;
    std::vector<std::string> cut;  // numbers whose timeline was too long to be read to its end

    bool same() const { return at_once.empty() && on_migration.empty() && new_cases.empty(); }
};

// Whose people are in the posts: those the store knows, laid on each organisation; or, where it
// knows none, given by whoever asks.
struct Staffed {
    engine::policy::Directory before, after;
};

struct Span {
    Instant now, until;
};

// Lets each open case run on under both configurations with nobody acting, and compares. Reads
// only; may be asked beside a running daemon, and by one that is about to reload. The callback is
// told how far it is, and answers whether to go on. Error: the store cannot be read; unavailable:
// the callback did not want to go on.
engine::model::Status compare_cases(const Setup& before, const Setup& after, const Staffed& people,
                                    engine::ports::Reader& reader, Span span,
                                    const std::function<bool(std::uint64_t done)>& progress,
                                    Takeover& into);

// Plays situations, such as those of the new configuration, under both.
struct NamedSituation {
    std::string name;
    engine::kernel::Situation situation;
};
// The situations of a configuration, each for so many days at the least.
std::vector<NamedSituation> situations_of(const Setup& setup, const engine::model::Actor& filer,
                                          engine::model::Language language, int days);
void compare_situations(const Setup& before, const Setup& after, const Staffed& people,
                        const std::vector<NamedSituation>& situations, Takeover& into);

}  // namespace jinqiao::adapters::cli::diff
