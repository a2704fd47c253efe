#pragma once
#include <cstdint>
#include <vector>

#include "engine/policy/directory.h"
#include "engine/runtime/core.h"

namespace jinqiao::adapters::cli::replay {

// A change of the directory that comes at an instant.
struct Leaving {
    engine::time::Instant at;
    engine::runtime::DirectoryChange change;
};

// 66 % of all who hold a post leave it within each year, by commands as an administrator gives
// them. Half are announced ten days ahead (the term ends), half go overnight (the account is
// disabled). In three posts of ten both people leave together, so that nobody of the post is left.
// A third are replaced at once, a third after two weeks to four months, a third after about a
// year. The fallback desk may not be empty: there a successor is in place before anybody leaves.
//
// Pure and drawn from the seed: equal seed and posts, equal leavings, in order of time.
std::vector<Leaving> turnover(const engine::policy::Directory& directory, std::uint64_t seed,
                              engine::time::Instant from, engine::time::Instant until);

}  // namespace jinqiao::adapters::cli::replay
