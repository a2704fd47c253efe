#pragma once
#include <boost/json/object.hpp>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/refusal.h"

// Short words that the kernel's own files share. Not for workflows.
namespace jinqiao::engine::kernel {

// The text under this key; empty if there is none.
inline std::string text(const boost::json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

inline model::Refusal refuse(model::Refusal::Kind kind, std::string code,
                             std::vector<std::pair<std::string, std::string>> args = {}) {
    return {kind, {{std::move(code), std::move(args)}}};
}

// Nothing is wrong, and nothing is to be done.
inline model::Refusal dropped(std::string why) {
    return refuse(model::Refusal::Kind::dropped, std::move(why));
}

}  // namespace jinqiao::engine::kernel
