#pragma once
#include <vector>

#include "engine/runtime/directory_edit.h"

namespace jinqiao::engine::runtime {

// What the directory has to say by itself as things stand: gaps of these posts that begin within
// `announcements.gap_before` or last already, each told of once, and contacts that have not been
// confirmed for too long, once in that time. Remembers in the directory what it told of. While
// nobody could be told, nothing is: it is said as soon as somebody can be.
std::vector<DirectoryNews> announce(policy::Directory& directory, time::Instant now,
                                    const std::set<model::PostId>& posts);

// Whether anybody who is to hear of gaps can be reached.
bool can_announce(const policy::Directory& directory, time::Instant now);

// The first instant after `after` at which that may change without anybody doing anything.
std::optional<time::Instant> next_announcement(const policy::Directory& directory,
                                               time::Instant after);

}  // namespace jinqiao::engine::runtime
