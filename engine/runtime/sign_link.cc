#include "engine/runtime/sign_link.h"

#include <charconv>
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
    const auto bytes = from_base64url(token);
    if (!bytes || bytes->size() < mac_size + 1) return std::nullopt;
    const std::string_view all = *bytes;
    const std::string_view claim = all.substr(0, all.size() - mac_size - 1);
    if (all[claim.size()] != '|' ||
        !equal_in_constant_time(all.substr(claim.size() + 1), mac(key, claim)))
        return std::nullopt;
    const auto bar = claim.rfind('|');
    if (bar == std::string_view::npos || bar == 0) return std::nullopt;
    std::int64_t expires = 0;
    const char* last = claim.data() + claim.size();
    const auto read = std::from_chars(claim.data() + bar + 1, last, expires);
    if (read.ec != std::errc{} || read.ptr != last || seconds(now) >= expires) return std::nullopt;
    return model::AssignmentId{std::string(claim.substr(0, bar))};
}

model::CaseId case_of(const model::AssignmentId& assignment) {
    return model::CaseId{assignment.value.substr(0, assignment.value.rfind("-a"))};
}

}  // namespace jinqiao::engine::runtime
