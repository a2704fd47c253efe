#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::adapters::notify::syslog {

// One message of RFC 5424. Fields that are empty become "-"; what may not stand in one becomes "_".
struct Message {
    int facility = 16;  // local0
    int severity = 5;   // notice
    std::string timestamp;
    std::string host, app, process, id;
    std::string element;                                          // "jinqiao@32473"
    std::vector<std::pair<std::string, std::string>> parameters;  // of the element
    std::string text;
};

// The message as it goes over the wire, without a frame, of at most so many bytes: a text that is
// too long loses its end, but for the line with `keep`. In the text every control character has
// become a space: whoever writes into a notice writes no further lines into a log.
std::string format(const Message& message, std::size_t most, std::string_view keep = {});

// Octet counting (RFC 5425, RFC 6587): the length in bytes, a space, the message.
std::string framed(std::string_view message);

}  // namespace jinqiao::adapters::notify::syslog
