#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "adapters/http/openapi.h"

// Words that schemas of answers are made of (JSON Schema 2020-12).
namespace jinqiao::adapters::http::shape {

namespace json = boost::json;

inline json::object text() { return {{"type", "string"}}; }
inline json::object instant() { return {{"type", "string"}, {"format", "date-time"}}; }
inline json::object maybe_instant() {
    return {{"type", json::array{"string", "null"}}, {"format", "date-time"}};
}
inline json::object flag() { return {{"type", "boolean"}}; }
inline json::object number() { return {{"type", "integer"}}; }
inline json::object anything() { return {{"type", "object"}}; }
inline json::object list(json::object items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}
inline json::object maybe(json::object one) {
    return {{"oneOf", json::array{std::move(one), json::object{{"type", "null"}}}}};
}

inline json::object object(json::object properties,
                           std::initializer_list<std::string_view> required) {
    json::array names;
    for (const auto name : required) names.emplace_back(name);
    return {
        {"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(names)}};
}

inline json::object grade() { return {{"enum", json::array{"blue", "yellow", "orange", "red"}}}; }
inline json::object stage() {
    return {{"enum", json::array{"warn", "coordinate", "resolve", "ended"}}};
}

}  // namespace jinqiao::adapters::http::shape
