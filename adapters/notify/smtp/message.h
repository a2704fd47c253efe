#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::smtp {

// What stands at the head of every message of a channel.
struct Letterhead {
    std::string from;       // a mailbox; its domain is that of the Message-IDs
    std::string from_name;  // shown beside it; may be empty
    std::string reply_to;   // a mailbox; empty: answers go to `from`
    // A mailbox to which the token of the notice is added, duty+TOKEN@zone.example, so that a reply
    // signs for it. Goes before reply_to where the notice asks for a signature.
    std::string reply_to_tokens = {};
    // From the token of a sign link; empty: there is none for it.
    std::function<std::string(std::string_view sign_token)> reply_token = {};
};

// The transmission as an Internet message (RFC 5322, MIME), lines ended by CRLF. Equal
// transmissions give equal bytes: the date is the notice's, not the attempt's.
//
// Message-ID is made of the transmission's id, so that a repeat is recognised. All notices of a
// case refer to one identifier made of the case's, which no message bears: mail programs show them
// as one conversation, whichever of them somebody got. The body is base64, so nothing in it can be
// a dot alone on a line, a line too long, or a "From " some program would change.
std::string message(const engine::ports::Transmission& transmission, const Letterhead& head);

}  // namespace jinqiao::adapters::notify::smtp
