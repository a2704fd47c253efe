#pragma once
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "engine/model/result.h"

// Short words for whatever the runtime reads from a payload, and refuses of it.
namespace jinqiao::engine::runtime {

// The text under this key; empty if there is none.
inline std::string text_of(const boost::json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

inline model::Error invalid(std::string what, std::string where) {
    return {model::ErrorCode::invalid, std::move(what), std::move(where)};
}

}  // namespace jinqiao::engine::runtime
