#pragma once
#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace jinqiao::adapters::notify {

// A text of Transmission::body; empty if there is none.
inline std::string body_text(const boost::json::object& body, std::string_view key) {
    const auto* value = body.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace jinqiao::adapters::notify
