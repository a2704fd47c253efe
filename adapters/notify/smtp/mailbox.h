#pragma once
#include <string_view>

namespace jinqiao::adapters::notify::smtp {

// Whether a text is the address of a mailbox that may be put into a command and a header as it is:
// local@domain in ASCII, at most 254 characters. Narrower than RFC 5321: no quoted local part, no
// comments, no address literals, no local part that begins with "-" (programs behind the server
// would take it for an option), and the domain has two labels at least. A domain in Chinese is
// written in its ASCII form (xn--…).
bool is_mailbox(std::string_view text);

// Whether it is a domain of such an address: letters, digits and hyphens in labels of up to 63.
bool is_domain(std::string_view text);

// What follows the "@" of a mailbox.
std::string_view domain_of(std::string_view mailbox);

}  // namespace jinqiao::adapters::notify::smtp
