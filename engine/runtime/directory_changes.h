#pragma once
#include "engine/runtime/case_writer.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

inline constexpr const char* directory_meta = "directory";  // people, terms, absences as stored
inline constexpr const char* directory_passed_meta = "directory_passed_ms";
inline constexpr const char* alarm_meta = "alarm";  // codes of the alarm that lasts; []: none does

// Changes who holds which post, and tells the cases it concerns. `data` by kind:
//   put_person      id, name, contacts, quiet, enabled,        new or changed; what is left out of
//                   language                                   a known person stays as it is
//   disable_person  person                                     stays on record, reaches nobody
//   put_term        person, post, rank, from, until            replaces the same person's term of
//                                                              the same post and beginning
//   end_term        person, post, until                        the running or coming terms end then
//   put_absence     person, from, until
//   drop_absence    person, from                               as if it had never been
//   end_absence     person, until (now), from                  back before the time
//   set_quiet       person, quiet: [{from, until, days}]        replaced as a whole
//   confirm_contacts person                                    they still reach them
//   put_rotation    post, order, from (now), days              who takes the shifts from then on;
//                                                              days: all, working, rest
//   put_override    post, person, from, until, reason
//   drop_override   post, person, from                         one that has begun ends now
//   ask_swap        post, at, with_at, by, reason              two shifts, by an instant in each
//   answer_swap     swap, agreed
//   swap_duty       post, at, with_at, reason                  ordered: agreed at once
//   seed            people, terms, absences, rotations         what is known stays as it is
//   posts_changed   posts                                      the program starts under another
//                                                              configuration
//   reloaded        before, after, by                          another configuration is in force:
//                                                              DirectoryChange::world
//   reload_refused  before, after, by, faults                  one was faulty; the old one is left
//   time_passed     (engine) since, until: a term, absence or shift began or ended since the last
//                   change, or a gap has come near enough to be announced
//   alarm,          (engine) what: [codes of Complaint], count: the auditor has found something;
//   alarm_over      it finds it no longer
//   confirm_clock   reason                                     the clock that jumped is right
// Times as in policy::decode_instant. Every change is a row of the hash-chained stream "directory",
// names, addresses and reasons kept apart from it as those of a case are, and names whom the
// directory told of what by itself.
Answer change_directory(const Tools& tools, Transaction& tx, const DirectoryChange& change);

// The row of a change that leaves people, terms and duty as they are, on the same stream: its
// number. `data` is what the record says.
model::Result<std::uint64_t> record_beside(const Tools& tools, Transaction& tx,
                                           const DirectoryChange& change);

// Applies stored people, terms and absences to what the configuration says of posts. For start and
// reload; a store that has none leaves it as it is.
model::Result<policy::Directory> load_directory(ports::Reader& reader, policy::Directory base);

// The first instant after `after` at which the directory changes by itself: somebody's term,
// absence, override or shift begins or ends, or it has something to announce.
std::optional<time::Instant> next_boundary(const policy::Directory& directory, time::Instant after);

}  // namespace jinqiao::engine::runtime
