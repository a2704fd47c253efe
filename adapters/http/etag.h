#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jinqiao::adapters::http {

// The version of a case as an entity tag: "17", quotes included.
std::string etag(std::uint64_t version);

struct IfMatch {
    enum class Kind {
        any,        // "*": there is a case, whatever its version
        version,    // one version
        nothing,    // tags that no case ever has (weak ones, other texts): fails, 412
        malformed,  // not what RFC 9110 13.1.1 allows: 400
    } kind = Kind::any;
    std::uint64_t version = 0;
};

// Of several tags the highest version counts: the others are older.
IfMatch parse_if_match(std::string_view field);

// If-None-Match is "*" or names this tag, in whichever strength (RFC 9110, 13.1.2): the client has
// it.
bool none_match_fails(std::string_view field, std::string_view tag);

}  // namespace jinqiao::adapters::http
