#include "adapters/http/receipt_code.h"

#include <sodium.h>

#include "adapters/http/keyed_hash.h"

namespace jinqiao::adapters::http {

namespace {

constexpr int groups = 5, digits_in_a_group = 5;

}  // namespace

std::string new_receipt_code() {
    std::string code;
    for (int i = 0; i < groups * digits_in_a_group; ++i) {
        if (i > 0 && i % digits_in_a_group == 0) code += '-';
        code += static_cast<char>('0' + randombytes_uniform(10));
    }
    return code;
}

std::string receipt_digits(std::string_view typed) {
    constexpr std::string_view full_width = "\xef\xbc";  // U+FF10 … U+FF19 in UTF-8
    constexpr std::string_view wide_space = "\xe3\x80\x80";
    std::string digits;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const char c = typed[i];
        if (c == ' ' || c == '-' || c == '\t') continue;
        const auto rest = typed.substr(i);
        if (rest.starts_with(wide_space)) {
            i += wide_space.size() - 1;
        } else if (rest.size() > 2 && rest.starts_with(full_width) && rest[2] >= '\x90' &&
                   rest[2] <= '\x99') {
            digits += static_cast<char>('0' + (rest[2] - '\x90'));
            i += 2;
        } else {
            digits += c;
        }
    }
    return digits;
}

std::string receipt_hash(std::string_view key, std::string_view digits) {
    return keyed_hash(key, "receipt", digits);
}

}  // namespace jinqiao::adapters::http
