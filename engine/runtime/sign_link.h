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
// The same right for an address to answer to, duty+TOKEN@zone.example, as far as a mail can say it:
// sign for, and leave a note. Letters survive a mail system that folds case, and there is room for
// ten more before the 64 octets that the part before the @ may have (RFC 5321, 4.5.3.1.1). Made
// from the link's token and not the way back: whoever sees the address of a reply has no link by
// it.
//   id, then 7 base32 digits of expiry_s, then 13 of HMAC-SHA256(MAC of the link, "mail|"…)
// Empty for what is no sign token; whether it is a good one shows only when it is read.
std::string mail_token(std::string_view sign_token);
std::optional<model::AssignmentId> read_mail_token(std::string_view key, std::string_view token,
                                                   time::Instant now);

// The case an assignment id belongs to ("<case>-a3" -> "<case>").
model::CaseId case_of(const model::AssignmentId& assignment);

}  // namespace jinqiao::engine::runtime
