#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/grade.h"
#include "engine/model/ids.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::model {

// Whom something is addressed to. `filer` and `person` resolve to one person.
struct Addressee {
    enum class Kind { department, post, person } kind = Kind::post;
    std::string id;

    auto operator<=>(const Addressee&) const = default;
    std::string text() const;  // "department:hrss"
    static std::optional<Addressee> parse(std::string_view text);
};

std::string_view name(Addressee::Kind kind);

enum class AssignmentState { told, delivered, signed_for, accepted, returned, done };

std::string_view name(AssignmentState state);  // signed_for is spelled "signed"

// One addressee x task x round: what people sign for. Its clock (asg.sign) starts at delivery.
// Fallback, urging and deputy messages are further notices of the same assignment.
struct Assignment {
    AssignmentId id;
    Addressee addressee;
    std::string task;  // "alert" (be told and act), "escalation", "handover", "request",
                       // "notice", "competence" (say who is competent for a returned alert)
    int round = 1;
    AssignmentState state = AssignmentState::told;
    time::Instant told_at;
    std::optional<time::Instant> delivered_at;
    std::optional<time::Instant> signed_at;
    std::optional<time::Instant> closed_at;
    PersonId signed_by;
    std::string reason;      // why returned, or why it went to the fallback desk
    std::string about;       // clock key or request id this is about, if any
    bool needs_sign = true;  // false: a copy for information

    // An alert that came back. Who is competent is asked of the owner, after as many returns as the
    // policy allows of the lead department, and what that one ruled cannot be returned again.
    std::string group;    // whose answers are counted together; empty: the group of all others
    int returns = 0;      // of this task, through everybody it was given to
    bool ruled = false;   // given by a ruling
    AssignmentId before;  // the returned one whose place it takes
    std::optional<GradeLevel> returned_on;  // the grade at that time: a higher one routes it anew
};

}  // namespace jinqiao::engine::model
