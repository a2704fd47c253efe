#pragma once
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "engine/model/refusal.h"
#include "engine/model/text.h"
#include "engine/policy/directory.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::kernel {

// The type letters of the reference table, with nested objects and lists.
enum class FieldType {
    text,
    code,
    integer,
    money_fen,
    boolean,
    instant,
    date,
    document,
    post,
    person,
    case_ref,
    budget,     // "2 W"
    reference,  // id of something on the case: demand, request, clock
    object,
    any
};

struct Field {
    std::string name;
    FieldType type = FieldType::text;
    bool required = false;
    bool list = false;
    model::Text title;
    std::vector<std::pair<std::string, model::Text>> codes;  // for `code`
    std::vector<Field> fields;                               // for `object`
    std::size_t max_length = 4000;                           // characters of a text
    std::int64_t least = 0;                                  // smallest integer allowed
    bool personal = false;                                   // moved out of history when stored
};

using Fields = std::vector<Field>;

// All faults at once; argument "field" is the path ("consents.0.at"). Codes: payload.unknown,
// payload.required, payload.blank, payload.type, payload.code, payload.length, payload.least,
// payload.future (occurred_at). Unknown fields are faults.
std::vector<model::Message> validate(const Fields& fields, const boost::json::object& payload,
                                     time::Instant now);

// Persons and posts that the directory does not know: payload.person, payload.post.
std::vector<model::Message> unknown_references(const Fields& fields,
                                               const boost::json::object& payload,
                                               const policy::Directory& directory);

// JSON Schema 2020-12 of the payload with `title` in the language and `x-order`.
boost::json::object schema(const Fields& fields, model::Language language);

}  // namespace jinqiao::engine::kernel
