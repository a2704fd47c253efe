#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/policy/directory.h"

namespace jinqiao::engine::policy {

// Who would be told at an instant, how, and why they (谁会收到): what Directory::reach() decides,
// laid open. Pure: any instant may be asked for, past or to come.

struct ToldPerson {
    model::PersonId person;
    model::PostId via;
    std::string why;                          // duty, holder, deputy, natural_deputy, deputy_post
    std::vector<std::string> channels;        // that work, best first; none: passed over
    std::optional<time::Instant> held_until;  // quiet hours: below orange it waits until then
};

struct PostCoverage {
    model::PostId post;
    std::vector<std::string> desk_channels;  // of the desk itself
    std::vector<ToldPerson> chain;           // in the order in which they would be asked
    std::string gap;                         // as Gap::kind; empty: none
    std::string reason;                      // why nobody, as Reach::reason; empty without a gap
    model::PersonId off_duty;  // whose turn it is by rota or override, and who cannot act
    int reserve_needed = 0;
    int reserve_found = 0;
    bool short_of_reserve() const { return reserve_found < reserve_needed; }
};

struct StaleContact {
    model::PersonId person;
    std::string channel;
    std::optional<time::Instant> confirmed_at;  // empty: never
};

struct Coverage {
    time::Instant at;
    std::vector<PostCoverage> posts;  // by id; departments are their desks
    std::vector<StaleContact> stale;  // of enabled people
};

PostCoverage coverage_of(const Directory& directory, const model::PostId& post, time::Instant at);
Coverage coverage(const Directory& directory, time::Instant at);

// Gaps that begin before `until` and have not ended at `from`, by post and time. One that lasts
// already begins at `from`; an end may lie after `until`. Costs a walk over all terms for each post
// and boundary, so whoever knows which posts may have changed asks for those.
std::vector<Gap> gaps(const Directory& directory, time::Instant from, time::Instant until);
std::vector<Gap> gaps(const Directory& directory, const std::set<model::PostId>& posts,
                      time::Instant from, time::Instant until);

// Where a post's line is too thin: from `at` on it reaches nobody of its own, or would if one
// person were away.
struct Thin {
    time::Instant at;
    model::PersonId away;  // empty: with everybody there whom the rows do not take away
    std::string kind;      // as Gap::kind
    std::string reason;    // why nobody: "nobody", "no channel"
};
// The first such instant in [from, until), whole lines before lines with one away.
std::optional<Thin> thin(const Directory& directory, const model::PostId& post, time::Instant from,
                         time::Instant until);

// These posts, those the people hold or are put on at any time, and all whose deputies those are,
// however indirectly: where somebody else may act when something about them changes.
std::set<model::PostId> depending_on(const Directory& directory,
                                     const std::set<model::PersonId>& people,
                                     std::set<model::PostId> posts);

// Instants at which a gap may begin by itself: the end of a term or an override, the
// beginning of an absence. Shifts cannot make one: who has none holds the post all the same.
std::vector<time::Instant> gap_candidates(const Directory& directory);

// People who could act for the post behind the first one (后备): its other holders and deputies,
// those of its natural deputy, and of deputies inside the same enterprise. The zone's own posts
// stand in too, but they are no unit's reserve.
int reserve_of(const Directory& directory, const model::PostId& post, time::Instant at);

// Contacts not confirmed for longer than `announcements.confirm_every`.
bool stale(const Directory& directory, const Contact& contact, time::Instant at);

}  // namespace jinqiao::engine::policy
