#pragma once
#include <string>
#include <string_view>

#include "engine/time/instant.h"

namespace jinqiao::adapters::notify::smtp {

// Header lines of a message (RFC 5322), each with its name, folded, ended by CRLF. No value can
// begin a line of its own, whatever is in it.

// Text anybody wrote. Outside of short printable ASCII in encoded words (RFC 2047): at most 75
// characters each, no character of UTF-8 over two of them, no line above 76.
std::string text_header(std::string_view name, std::string_view text);

// An address, with the name of whoever it is before it where there is one. The address is a
// mailbox (mailbox.h); only the name is ever encoded.
std::string address_header(std::string_view name, std::string_view display,
                           std::string_view mailbox);

// "Sat, 21 Nov 2026 08:30:00 +0000": in UTC, since mail clients show the reader's own time.
std::string date_header(engine::time::Instant at);

// A name for "<…@domain>" made of an identifier: what may not stand there is written as "=XX", so
// that different identifiers stay different.
std::string message_id(std::string_view identifier, std::string_view domain);

}  // namespace jinqiao::adapters::notify::smtp
