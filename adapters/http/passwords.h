#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jinqiao::adapters::http {

// What one guess costs whoever has stolen the database, and one sign-in us. The defaults are
// libsodium's crypto_pwhash_OPSLIMIT_MODERATE and _MEMLIMIT_MODERATE.
struct PasswordCost {
    std::uint64_t passes = 3;
    std::size_t memory = std::size_t{256} << 20;  // bytes, while it runs
};

// Shorter passwords are guessed, longer ones only keep the processor busy. In bytes.
inline constexpr std::size_t longest_password = 1024;

// Argon2id with a salt of its own, as libsodium writes it; it tells its own cost, so older hashes
// stay good when the cost changes. Takes as long as it costs: never on a thread that serves others.
// Empty: there is no memory for it now.
std::optional<std::string> hash_password(std::string_view password, const PasswordCost& cost);
bool check_password(const std::string& hash, std::string_view password);

// A hash of no password that costs as much to check as a real one, so that the time an answer takes
// does not tell which names exist.
std::string hash_of_nobody(const PasswordCost& cost);

// `prefix` and 160 random bits in hex.
std::string random_token(std::string_view prefix);

}  // namespace jinqiao::adapters::http
