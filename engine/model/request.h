#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/ids.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::model {

enum class RequestState { pending, approved, rejected, lapsed, void_ };

std::string_view name(RequestState state);

// Something that needs a second *person*: lower grade, suspend, shelve, extend, skip a step, or
// another action asked for. One person under two posts counts once.
struct Request {
    RequestId id;
    std::string kind;  // "lower_grade", "suspension", "skip_step", "stage_extension", "approval"
    PostId by_post;
    PersonId by;
    std::string reason;
    std::string evidence;       // document reference
    boost::json::object asked;  // the payload that was asked for
    int needed = 1;             // approvals needed
    std::vector<PersonId> approvals;
    PostId approver;  // post whose people may answer
    time::Instant made_at;
    RequestState state = RequestState::pending;
    std::optional<time::Instant> answered_at;
    std::string answer;  // the approver's reason
    // What silence means: "refuse", "approve", or "escalate" to the next higher approver, once.
    std::string on_expiry = "refuse";
    bool escalated = false;  // the higher one has been asked
};

}  // namespace jinqiao::engine::model
