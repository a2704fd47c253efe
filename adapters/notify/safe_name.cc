#include "adapters/notify/safe_name.h"

#include <openssl/sha.h>

#include <array>

#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify {
namespace {

constexpr std::string_view digits = "0123456789abcdef";
constexpr std::size_t longest = 180;  // of the 255 a file system allows; room for prefix and suffix

bool stays(unsigned char byte) {
    static constexpr std::string_view marks = "-_.:@";
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte >= 0x80 ||
           marks.find(static_cast<char>(byte)) != std::string_view::npos;
}

void append_hex(std::string& into, unsigned char byte) {
    into += digits[byte >> 4];
    into += digits[byte & 15];
}

std::string digest(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    std::string result;
    for (std::size_t i = 0; i < 8; ++i) append_hex(result, hash[i]);
    return result;
}

}  // namespace

std::string safe_name(std::string_view text) {
    if (text.empty()) return "%";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (stays(byte) && !(result.empty() && c == '.')) {
            result += c;
        } else {
            result += '%';
            append_hex(result, byte);
        }
    }
    if (result.size() <= longest) return result;
    return std::string(cut(result, longest - 17)) + "-" + digest(text);
}

}  // namespace jinqiao::adapters::notify
