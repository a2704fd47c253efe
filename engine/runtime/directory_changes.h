#pragma once
#include "engine/runtime/case_writer.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

inline constexpr const char* directory_meta = "directory";  // people, terms, absences as stored
inline constexpr const char* directory_passed_meta = "directory_passed_ms";

// Changes who holds which post, and tells the cases it concerns. `data` by kind:
//   put_person      id, name, contacts, enabled, language      new or replaced
//   disable_person  person                                     stays on record, reaches nobody
//   put_term        person, post, rank, from, until            replaces the same person's term of
//                                                              the same post and beginning
//   end_term        person, post, until                        the running or coming terms end then
//   put_absence     person, from, until
//   drop_absence    person, from
//   seed            people, terms, absences                    what is known already stays as it is
//   posts_changed   posts                                      the configuration was replaced
//   time_passed     (engine) since, until: a term or absence began or ended since the last change
// Times as in policy::decode_instant. Every change is a row of the hash-chained stream "directory",
// names and addresses kept apart from it as those of a case are.
Answer change_directory(const Tools& tools, Transaction& tx, const DirectoryChange& change);

// Applies stored people, terms and absences to what the configuration says of posts. For start and
// reload; a store that has none leaves it as it is.
model::Result<policy::Directory> load_directory(ports::Reader& reader, policy::Directory base);

// The first instant after `after` at which somebody's term or absence begins or ends by itself.
std::optional<time::Instant> next_boundary(const policy::Directory& directory, time::Instant after);

}  // namespace jinqiao::engine::runtime
