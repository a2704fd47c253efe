#pragma once
#include <boost/json/object.hpp>

#include "engine/ports/store.h"
#include "engine/runtime/directory_edit.h"

namespace jinqiao::engine::runtime {

// The organisation the program last ran with: post -> digest of what the configuration said of it.
inline constexpr const char* organisation_meta = "organisation";

// Post -> digest of what the configuration says of it, its department included, and "fallback" ->
// that of the fallback desk's name.
boost::json::object fingerprint(const policy::Directory& organisation);

// Posts whose digest is another, or that are in one of both only.
std::set<model::PostId> posts_that_differ(const boost::json::object& before,
                                          const boost::json::object& after);

model::Status remember_organisation(ports::Batch& batch, const policy::Directory& organisation);

// The people, terms and duty of one directory in the posts of another configuration.
model::Result<policy::Directory> lay_people(const policy::Directory& people,
                                            const policy::Directory& organisation);

// Whom another configuration concerns: posts that changed or went away, the fallback desks where it
// is another, people with a channel that came or went, posts another person is on duty for now.
// Both directories hold the same people.
DirectoryEdit organisation_edit(const policy::Directory& before, const policy::Directory& after,
                                time::Instant now);

}  // namespace jinqiao::engine::runtime
