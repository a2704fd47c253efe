#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace jinqiao::adapters::http {

// Why a body is not the one JSON object a call wants.
struct JsonFault {
    enum class Kind {
        malformed,  // not JSON, or something behind it
        encoding,   // not UTF-8, or half a surrogate pair
        too_deep,   // nested deeper than any payload is
        duplicate,  // a name twice in one object: readers would disagree about which counts
        control,    // a NUL inside a text
        not_object,
    };
    Kind kind = Kind::malformed;
    std::string field;       // path of the duplicate or of the text, "event.workers_involved"
    std::size_t offset = 0;  // bytes read until then
};

constexpr std::size_t most_depth = 32;

// Where a text stops being UTF-8; empty if it never does.
std::optional<std::size_t> first_bad_utf8(std::string_view text);

// Strict RFC 8259: UTF-8 only, no comments, no trailing commas, no NaN, every name once.
std::variant<boost::json::object, JsonFault> parse_object(std::string_view text);

// The text under this key; empty if there is none.
std::string text_of(const boost::json::object& from, std::string_view key);

// The object under this key; an empty one if there is none. As long-lived as `from`.
const boost::json::object& part(const boost::json::object& from, std::string_view key);

}  // namespace jinqiao::adapters::http
