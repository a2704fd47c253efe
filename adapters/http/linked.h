#pragma once
#include <optional>
#include <string>

#include "adapters/http/lens.h"
#include "engine/model/kase.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::http {

// The assignment that a link or the address of a reply is about, and what can be told of it.
struct Linked {
    engine::model::Case kase;
    engine::model::AssignmentId id;
};

// Empty without an id (a forged or expired token) and for a case that is no longer there: all look
// the same outside.
std::optional<Linked> case_behind(engine::ports::Reader& reader,
                                  const std::optional<engine::model::AssignmentId>& id);

// What the latest notice about the assignment says, without its link. It was worded in the language
// of whoever it went to; the other one is worded anew.
std::string message_of(engine::ports::Reader& reader, const Linked& linked, const Lens& lens);

// How an assignment came to where it is: the last row of history that moved it there.
struct Given {
    std::string state;  // "signed", "accepted", "returned", "done"
    engine::time::Instant at;
    engine::model::PersonId person;  // empty: by link
    std::string how;                 // "link", "mail"
};
std::optional<Given> last_answer(engine::ports::Reader& reader, const Linked& linked);

// Posts and departments by their names, people by none.
std::string name_of(const engine::model::Addressee& whom, const Lens& lens);
std::string who_gave(const Given& given, const engine::model::Addressee& addressee,
                     const Lens& lens);

}  // namespace jinqiao::adapters::http
