#pragma once
#include <string>
#include <string_view>

#include "engine/model/fit.h"

namespace jinqiao::adapters::notify {

// A text as one line that may stand in a header: control characters, line and paragraph separators
// among them, become a space, runs of them one; bytes that are no UTF-8 become U+FFFD. What a
// header is made of can therefore not begin another one.
std::string one_line(std::string_view text);

// A text as lines ended by CRLF, the last one too. A lone CR or LF ends a line; other control
// characters but the tab are left out; bytes that are no UTF-8 become U+FFFD.
std::string crlf_lines(std::string_view text);

// Lines ended by LF as they were; other control characters but the tab are left out; bytes that are
// no UTF-8 become U+FFFD. What every JSON and XML text can hold.
std::string clean_lines(std::string_view text);

using engine::model::cut;
using engine::model::fit;

// Nothing in a chat message that people wrote may call people: "<" and "@" are followed by a
// zero-width space, so that <@all>, <at id=all> and @name are read and call nobody.
std::string calling_nobody(std::string_view text);

// Length of the UTF-8 character at the beginning: 1 to 4; 0 if there is none, or it is malformed
// (overlong forms and surrogates included).
std::size_t character_length(std::string_view text);

}  // namespace jinqiao::adapters::notify
