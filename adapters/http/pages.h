#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http/message.h"

namespace jinqiao::adapters::http {

// A page that somebody else brings, as they hold it: everything it points to stays.
struct Page {
    std::string_view content_type;
    std::string_view plain, gzip;          // gzip empty: it is not sent compressed
    std::string_view plain_tag, gzip_tag;  // strong entity tags, quotes included
    std::span<const std::pair<std::string, std::string>> fields;  // of the answer
};

// The page at a path, taken apart and decoded; none where there is none. Asked on the server's
// thread, and never for what begins like a call of the API.
using Pages = std::function<std::optional<Page>(const std::vector<std::string>& segments)>;

// To a GET or HEAD: 304 where the client has it already, compressed where it says that it may be.
Response answer_with(const Page& page, const Request& request);

// Whether gzip is among what Accept-Encoding takes (RFC 9110, 12.5.3).
bool takes_gzip(std::string_view accept_encoding);

}  // namespace jinqiao::adapters::http
