#include "adapters/notify/smtp/mailbox.h"

#include <algorithm>

namespace jinqiao::adapters::notify::smtp {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_atom_character(char c) {  // RFC 5322, 3.2.3
    static constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~";
    return is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos;
}

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

bool is_atom(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_atom_character);
}

// Whether all parts between dots are as they should be, and `least` of them there.
template <class Test>
bool parts_are(std::string_view text, Test test, std::size_t least) {
    for (std::size_t count = 1;; ++count) {
        const auto dot = text.find('.');
        if (!test(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return count >= least;
        text.remove_prefix(dot + 1);
    }
}

}  // namespace

bool is_domain(std::string_view text) {
    if (text.size() > 253 || !parts_are(text, is_label, 2)) return false;
    const auto last = text.substr(text.rfind('.') + 1);
    return !std::all_of(last.begin(), last.end(), is_digit);  // an IPv4 address is none
}

bool is_mailbox(std::string_view text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || text.size() > 254) return false;
    const auto local = text.substr(0, at);
    return local.size() <= 64 && !local.starts_with('-') && parts_are(local, is_atom, 1) &&
           is_domain(text.substr(at + 1));
}

std::string_view domain_of(std::string_view mailbox) {
    return mailbox.substr(mailbox.rfind('@') + 1);
}

}  // namespace jinqiao::adapters::notify::smtp
