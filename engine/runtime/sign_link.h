#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/ids.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::runtime {

// A signed, expiring, single-purpose token for one assignment: the holder of the link may see what
// the notice said and sign for it, nothing else. base64url(id '|' expiry_s '|' HMAC-SHA256[:16]).
// Deterministic, so that a repeated notice carries the same link.
std::string make_sign_token(std::string_view key, const model::AssignmentId& assignment,
                            time::Instant expires);
// Empty if forged, malformed or expired.
std::optional<model::AssignmentId> read_sign_token(std::string_view key, std::string_view token,
                                                   time::Instant now);
// The case an assignment id belongs to ("<case>-a3" -> "<case>").
model::CaseId case_of(const model::AssignmentId& assignment);

}  // namespace jinqiao::engine::runtime
