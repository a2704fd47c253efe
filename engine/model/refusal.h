#pragma once
#include <string>
#include <vector>

#include "engine/model/text.h"

namespace jinqiao::engine::model {

// Why a command was not carried out. Nothing of the case has changed (I24).
// The kind decides the HTTP status at the edge; the reasons are worded from catalogues.
struct Refusal {
    enum class Kind {
        unknown_action,   // 404: no such action in this workflow
        forbidden,        // 403: not for this role or relation
        invalid_payload,  // 422: `reasons` name the fields in argument "field"
        stale,            // 412: expected another version
        blocked,          // 409: guards say no; each reason names its guard
        no_transition,    // 409: no row for this state and action; names both (I25)
        not_found,        // 404: no such case
        dropped,          // an engine event that came too late (old timer); recorded nowhere
    };
    Kind kind = Kind::blocked;
    // Codes are guard ids ("G.facts") or payload faults ("payload.required", "payload.type", ...).
    std::vector<Message> reasons;
};

}  // namespace jinqiao::engine::model
