#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "engine/model/result.h"
#include "engine/policy/directory.h"

namespace jinqiao::engine::policy {

// Stored and shown form of the directory's parts; times are UTC milliseconds and end in _ms. Read
// back, a time may also be RFC 3339 under the bare name ("from"), as people write it.
// What does not fit is Error{invalid} with `where` naming the field.
boost::json::object encode(const Person& person);
boost::json::object encode(const Term& term);
boost::json::object encode(const Absence& absence);
boost::json::object encode(const Rotation& rotation);
boost::json::object encode(const Override& row);
boost::json::object encode(const Swap& swap);
boost::json::object encode(const Gap& gap);
boost::json::array encode(const std::vector<QuietWindow>& windows);
boost::json::object encode(const Post& post);
boost::json::object encode(const Department& department);

model::Result<Person> decode_person(const boost::json::object& json);
model::Result<Term> decode_term(const boost::json::object& json);
model::Result<Absence> decode_absence(const boost::json::object& json);
model::Result<Rotation> decode_rotation(const boost::json::object& json);
model::Result<Override> decode_override(const boost::json::object& json);
model::Result<Swap> decode_swap(const boost::json::object& json);
model::Result<Gap> decode_gap(const boost::json::object& json);
// The list under "quiet": {from, until} as "HH:MM", and days, 1 Monday to 7 Sunday.
model::Result<std::vector<QuietWindow>> decode_quiet(const boost::json::object& json);
std::string_view name(SwapState state);
std::string_view name(DutyDays days);
model::Result<Post> decode_post(const boost::json::object& json);
model::Result<Department> decode_department(const boost::json::object& json);

// An instant under "<name>_ms" (number) or "<name>" (RFC 3339); empty if absent or null.
model::Result<std::optional<time::Instant>> decode_instant(const boost::json::object& json,
                                                           std::string_view name);

// People, terms, absences, duty and what was announced, with `seq`: what the store keeps, since
// posts and departments come from the configuration. Rows of an older program lack lists; those are
// empty then.
boost::json::object encode_rows(const Directory& directory);
// Puts stored rows into a directory read from configuration, replacing its own.
model::Status decode_rows(const boost::json::object& json, Directory& into);

}  // namespace jinqiao::engine::policy
