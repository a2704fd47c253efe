#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::adapters::notify::sms {

struct Phone {
    std::string name;    // as it stands in the address
    std::string number;  // 13800000000: eleven digits, a mobile number of the mainland
};

// The number of one person: 138…, 86138…, +86138… or 0086138…, perhaps with blanks or dashes.
std::optional<std::string> mobile_number(std::string_view text);

// The numbers of an address, joined by commas. Empty if one of them is none, there are too many, or
// one stands there twice: its owner would be called twice.
std::vector<Phone> phones_of(std::string_view address, std::size_t most);

// 138****0000: what of a number may be shown.
std::string masked(std::string_view number);

}  // namespace jinqiao::adapters::notify::sms
