#include "adapters/cli/replay/intent.h"

#include <algorithm>

#include "adapters/cli/replay/draw.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using Way = Intent::Way;

// Where the source says what came of it, that; else shares of our own.
Way draw_way(const Course& course, double share) {
    if (course.arbitration) return Way::arbitration;
    if (course.arrests && share < 0.5) return Way::police;
    if (course.mediated) return Way::mediation;
    if (course.negotiated) return Way::settlement;
    if (share < 0.45) return Way::settlement;
    if (share < 0.78) return Way::mediation;
    if (share < 0.86) return Way::arbitration;
    if (share < 0.92) return Way::withdrawal;
    if (share < 0.96) return Way::no_dispute;
    return Way::unresolved;
}

}  // namespace

Intent draw_intent(const MappedRow& row, std::uint64_t seed) {
    Draw draw(seed, row.source_id + "/people");
    Intent intent;
    intent.way = draw_way(row.course, draw.share());
    // Most scenes are over within days. The sources list stoppages of months; here somebody
    // mediates, and what is reported on every few hours is calm within the week.
    const auto guess = row.filed_at + std::chrono::minutes{draw.between(90, 3 * 24 * 60)};
    intent.calm_at = std::clamp(row.course.calm_at.value_or(guess), row.filed_at,
                                row.filed_at + std::chrono::hours{24 * 5});
    intent.confirm = draw.chance(0.4);
    intent.breach = draw.chance(0.1);
    intent.refuses = draw.chance(0.05);
    intent.declines = draw.chance(0.1);
    intent.spreads = draw.chance(0.02);
    intent.instalments = draw.between(1, 2);
    intent.seed = draw.next();
    return intent;
}

Mood mood_of(const Intent& intent, const std::string& post, bool fallback,
             engine::time::Instant now) {
    if (fallback) return Mood::early;
    const auto week = std::chrono::floor<std::chrono::weeks>(now.time_since_epoch()).count();
    const double share = Draw(intent.seed, "mood/" + post + "/" + std::to_string(week)).share();
    return share < 0.85 ? Mood::early : share < 0.96 ? Mood::late : Mood::never;
}

std::string_view name(Intent::Way way) {
    switch (way) {
        case Way::settlement:
            return "settlement";
        case Way::mediation:
            return "mediation";
        case Way::withdrawal:
            return "withdrawal";
        case Way::arbitration:
            return "arbitration";
        case Way::no_dispute:
            return "no_dispute";
        case Way::unresolved:
            return "unresolved";
        case Way::police:
            return "police";
    }
    return "settlement";
}

}  // namespace jinqiao::adapters::cli::replay
