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
boost::json::object encode(const Post& post);
boost::json::object encode(const Department& department);

model::Result<Person> decode_person(const boost::json::object& json);
model::Result<Term> decode_term(const boost::json::object& json);
model::Result<Absence> decode_absence(const boost::json::object& json);
model::Result<Post> decode_post(const boost::json::object& json);
model::Result<Department> decode_department(const boost::json::object& json);

// An instant under "<name>_ms" (number) or "<name>" (RFC 3339); empty if absent or null.
model::Result<std::optional<time::Instant>> decode_instant(const boost::json::object& json,
                                                           std::string_view name);

// People, terms and absences with `seq`: what the store keeps, since posts and departments come
// from the configuration.
boost::json::object encode_rows(const Directory& directory);
// Puts stored rows into a directory read from configuration, replacing its own.
model::Status decode_rows(const boost::json::object& json, Directory& into);

}  // namespace jinqiao::engine::policy
