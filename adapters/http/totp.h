#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/time/instant.h"

namespace jinqiao::adapters::http {

// One-time passwords by time (RFC 6238) as every authenticator program makes them: HMAC-SHA-1, six
// digits, a new one each 30 seconds.
inline constexpr std::size_t totp_secret_size = 20;  // bytes, as long as the digest (RFC 4226, 4)

std::string totp_code(std::string_view secret, std::int64_t step);

// The step whose code this is: the one now, or the one beside it on either side, for clocks that
// differ. Only steps after `last`: a code that was good once is good no more (RFC 6238, 5.2).
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code,
                                      engine::time::Instant now, std::int64_t last);

// Random bytes for a new secret.
std::string totp_secret();

// RFC 4648, without padding: what people type where they cannot scan.
std::string base32(std::string_view bytes);

// What an authenticator program scans.
std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret);

// Codes for the day the telephone is lost, each good once: 80 random bits, "abcd-efgh-ijkl-mnop".
std::vector<std::string> recovery_codes();
// What is stored of one; spaces, dashes and case make no difference. Nothing to slow down: nobody
// goes through 80 bits.
std::string recovery_hash(std::string_view account, std::string_view code);

// A secret as it is stored: encrypted for this account by a key that is in no database, so that a
// copy of it makes no codes. Empty: it was not sealed so.
std::string seal(std::string_view key, std::string_view account, std::string_view secret);
std::optional<std::string> unseal(std::string_view key, std::string_view account,
                                  std::string_view sealed);

}  // namespace jinqiao::adapters::http
