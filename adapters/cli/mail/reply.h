#pragma once
#include <set>
#include <string>
#include <string_view>

#include "adapters/cli/mail/message.h"

namespace jinqiao::adapters::cli::mail {

// What somebody meant by answering a notice.
struct Reply {
    enum class Kind {
        sign,        // nothing was written, or one of the words for it
        note,        // anything else
        automatic,   // a machine answered: neither
        unreadable,  // there is something, and nothing of it is text: silence is no signature
        no_token,    // it is no answer to a notice
    } kind = Kind::no_token;
    std::string token;  // of the address it was sent to
    std::string note;   // what was written, without what it quotes and without a signature block
};

// Words that sign where they stand alone in the first line, compared without case, spaces and
// punctuation.
using Words = std::set<std::string, std::less<>>;
Words words_of(std::string_view list);  // separated by spaces or line ends

Reply read_reply(const Message& message, const Words& words);

// A machine's answer, a report about a delivery, a list: never anybody's signature (RFC 3834).
bool is_automatic(const Message& message);
// duty+TOKEN@zone.example, where the message was delivered or addressed to; empty if there is none.
std::string token_of(const Message& message);
// What was written, without quotations and signature.
std::string own_words(std::string_view text);

}  // namespace jinqiao::adapters::cli::mail
