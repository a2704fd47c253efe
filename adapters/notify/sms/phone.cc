#include "adapters/notify/sms/phone.h"

#include <algorithm>

namespace jinqiao::adapters::notify::sms {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(' ');
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

}  // namespace

std::optional<std::string> mobile_number(std::string_view text) {
    std::string digits;
    for (const char c : trimmed(text)) {
        if (c == ' ' || c == '-') continue;
        if (c == '+' && digits.empty()) {
            digits = "00";
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        digits += c;
    }
    if (digits.starts_with("0086"))
        digits.erase(0, 4);
    else if (digits.size() == 13 && digits.starts_with("86"))
        digits.erase(0, 2);
    const bool mobile = digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
    return mobile ? std::optional(digits) : std::nullopt;
}

std::vector<Phone> phones_of(std::string_view address, std::size_t most) {
    std::vector<Phone> phones;
    while (true) {
        const auto comma = address.find(',');
        const auto name = trimmed(address.substr(0, comma));
        const auto number = mobile_number(name);
        const bool twice = number && std::any_of(phones.begin(), phones.end(), [&](const auto& p) {
                               return p.number == *number;
                           });
        if (!number || twice || phones.size() == most) return {};
        phones.push_back({std::string(name), *number});
        if (comma == std::string_view::npos) return phones;
        address.remove_prefix(comma + 1);
    }
}

std::string masked(std::string_view number) {
    if (number.size() < 8) return "****";
    return std::string(number.substr(0, number.size() - 8)) + "****" +
           std::string(number.substr(number.size() - 4));
}

}  // namespace jinqiao::adapters::notify::sms
