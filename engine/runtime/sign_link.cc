#include "engine/runtime/sign_link.h"

#include <charconv>
#include <cstdint>
#include <vector>

#include "engine/runtime/digest.h"

namespace jinqiao::engine::runtime {

namespace {

constexpr std::size_t mac_size = 16;
constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
    std::string out;
    unsigned int bits = 0;
    int held = 0;
    for (const char byte : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(byte);
        for (held += 8; held >= 6; held -= 6)
            out += digits[(bits >> static_cast<unsigned int>(held - 6)) & 63U];
        bits &= (1U << static_cast<unsigned int>(held)) - 1U;
    }
    if (held > 0) out += digits[(bits << static_cast<unsigned int>(6 - held)) & 63U];
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out;
    unsigned int bits = 0;
    int held = 0;
    for (const char letter : text) {
        const auto value = digits.find(letter);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6U) | static_cast<unsigned int>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>((bits >> static_cast<unsigned int>(held)) & 255U);
        bits &= (1U << static_cast<unsigned int>(held)) - 1U;
    }
    // Leftover bits must be zero and fewer than a letter: one text per token, no variants.
    if (held >= 6 || bits != 0) return std::nullopt;
    return out;
}

// The purpose is part of what is signed: the key may sign other things elsewhere.
std::string mac(std::string_view key, std::string_view claim) {
    const auto full = hmac_sha256(key, "sign|" + std::string(claim));
    return {reinterpret_cast<const char*>(full.data()), mac_size};
}

// What stands before the MAC, and the MAC. Nothing of it is trusted.
struct Parts {
    std::string claim, mac;
};

std::optional<Parts> parts_of(std::string_view token) {
    const auto bytes = from_base64url(token);
    if (!bytes || bytes->size() < mac_size + 1) return std::nullopt;
    const auto end = bytes->size() - mac_size - 1;
    if ((*bytes)[end] != '|') return std::nullopt;
    return Parts{bytes->substr(0, end), bytes->substr(end + 1)};
}

struct Claim {
    std::string id;
    std::int64_t expires = 0;
};

std::optional<Claim> claim_of(std::string_view claim) {
    const auto bar = claim.rfind('|');
    if (bar == std::string_view::npos || bar == 0) return std::nullopt;
    Claim out{std::string(claim.substr(0, bar)), 0};
    const char* last = claim.data() + claim.size();
    const auto read = std::from_chars(claim.data() + bar + 1, last, out.expires);
    if (read.ec != std::errc{} || read.ptr != last) return std::nullopt;
    return out;
}

constexpr std::string_view small_digits = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t expiry_size = 7;  // 35 bits of seconds: until 3058
constexpr std::size_t mail_mac_size = 13;

std::string base32(std::uint64_t value, std::size_t size) {
    std::string out(size, small_digits[0]);
    for (std::size_t i = size; i-- > 0; value >>= 5U) out[i] = small_digits[value & 31U];
    return out;
}

std::optional<std::int64_t> from_base32(std::string_view text) {
    std::int64_t value = 0;
    for (const char letter : text) {
        const auto digit = small_digits.find(letter);
        if (digit == std::string_view::npos) return std::nullopt;
        value = value * 32 + static_cast<std::int64_t>(digit);
    }
    return value;
}

std::string mail_mac(std::string_view link_mac, std::string_view claim) {
    const auto full = hmac_sha256(link_mac, "mail|" + std::string(claim));
    std::string out;
    for (std::size_t i = 0; i < mail_mac_size; ++i) out += small_digits[full[i] & 31U];
    return out;
}

// Ids are of these letters, and so is everything else in the token.
bool is_small(std::string_view text) {
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
           std::string_view::npos;
}

std::int64_t seconds(time::Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

}  // namespace

std::string make_sign_token(std::string_view key, const model::AssignmentId& assignment,
                            time::Instant expires) {
    const std::string claim = assignment.value + '|' + std::to_string(seconds(expires));
    return to_base64url(claim + '|' + mac(key, claim));
}

std::optional<model::AssignmentId> read_sign_token(std::string_view key, std::string_view token,
                                                   time::Instant now) {
    const auto parts = parts_of(token);
    if (!parts || !equal_in_constant_time(parts->mac, mac(key, parts->claim))) return std::nullopt;
    auto claim = claim_of(parts->claim);
    if (!claim || seconds(now) >= claim->expires) return std::nullopt;
    return model::AssignmentId{std::move(claim->id)};
}

std::string mail_token(std::string_view sign_token) {
    const auto parts = parts_of(sign_token);
    if (!parts) return {};
    const auto claim = claim_of(parts->claim);
    if (!claim || !is_small(claim->id) || claim->expires < 0 || claim->expires >> 35U != 0)
        return {};
    return claim->id + base32(static_cast<std::uint64_t>(claim->expires), expiry_size) +
           mail_mac(parts->mac, parts->claim);
}

std::optional<model::AssignmentId> read_mail_token(std::string_view key, std::string_view token,
                                                   time::Instant now) {
    std::string small(token);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    constexpr auto tail = expiry_size + mail_mac_size;
    if (small.size() <= tail || !is_small(small)) return std::nullopt;
    const auto id = small.substr(0, small.size() - tail);
    const auto expires = from_base32(std::string_view(small).substr(id.size(), expiry_size));
    if (!expires) return std::nullopt;
    const std::string claim = id + '|' + std::to_string(*expires);
    if (!equal_in_constant_time(std::string_view(small).substr(id.size() + expiry_size),
                                mail_mac(mac(key, claim), claim)) ||
        seconds(now) >= *expires)
        return std::nullopt;
    return model::AssignmentId{id};
}

model::CaseId case_of(const model::AssignmentId& assignment) {
    return model::CaseId{assignment.value.substr(0, assignment.value.rfind("-a"))};
}

}  // namespace jinqiao::engine::runtime
