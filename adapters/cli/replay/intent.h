#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "adapters/cli/replay/mapping.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::cli::replay {

// How soon somebody does what is asked of a post.
enum class Mood {
    early,  // well within the time there is
    late,   // once it is over
    never,  // not until somebody has taken it away, or for days
};

// What the people around one case are going to do, drawn once when it is filed. It steers them,
// never the engine, which may refuse whatever they try.
struct Intent {
    enum class Way {
        settlement,
        mediation,
        withdrawal,
        arbitration,
        no_dispute,
        unresolved,
        police
    };

    std::uint64_t seed = 0;  // of this case; every further draw of it derives from here
    Way way = Way::settlement;
    engine::time::Instant calm_at;  // when the action is over
    bool confirm = false;           // the agreement is brought to the commission or the court
    bool breach = false;            // an instalment is paid late
    bool refuses = false;           // one side refuses the mediation once
    bool declines = false;          // the first hand-over is declined
    bool spreads = false;           // leaves the enterprise once
    std::int64_t instalments = 0;
};

Intent draw_intent(const MappedRow& row, std::uint64_t seed);

// Drawn anew every week: who is away for one is back for the next. The fallback desk is always
// early: it may not be empty, and somebody sits there.
Mood mood_of(const Intent& intent, const std::string& post, bool fallback,
             engine::time::Instant now);

std::string_view name(Intent::Way way);

}  // namespace jinqiao::adapters::cli::replay
