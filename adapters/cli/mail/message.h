#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::adapters::cli::mail {

// An Internet message (RFC 5322, MIME) as far as a reply to a notice needs to be understood: its
// fields, and the words somebody wrote. Attachments are passed over and kept nowhere.
//
// Errors  There are none: mail of strangers is read as well as it can be, and within bounds
//         (fields, depth, parts, bytes of text). What goes beyond them is left out.
struct Message {
    std::vector<std::pair<std::string, std::string>> fields;  // names in lower case, as they came
    std::string text;       // of the first readable part, UTF-8, lines ended by LF; empty: none
    bool readable = false;  // there was text, or nothing at all
    std::string type;       // of the whole, "multipart/report"

    // The first of this name, unfolded, encoded words (RFC 2047) still as they are.
    std::optional<std::string> field(std::string_view name) const;
    std::vector<std::string> all(std::string_view name) const;
};

Message read_message(std::string_view bytes);

// Encoded words (RFC 2047) as UTF-8.
std::string decoded_words(std::string_view text);
std::string decoded_base64(std::string_view text);
std::string decoded_quoted_printable(std::string_view text);

// What a person would read of an HTML page; what is quoted in it (blockquote) left out.
std::string plain_of_html(std::string_view html);

}  // namespace jinqiao::adapters::cli::mail
