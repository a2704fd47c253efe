// Shapes of the answers about who files: without a name, or in confidence.
#include <boost/json/array.hpp>

#include "adapters/http/openapi.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

// All named members are always there.
json::object shape(json::object properties) {
    json::array names;
    for (const auto& property : properties) names.emplace_back(property.key());
    return {
        {"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(names)}};
}

json::object list_of(json::object items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}

}  // namespace

json::object filer_schemas() {
    const json::object text{{"type", "string"}}, flag{{"type", "boolean"}},
        instant{{"type", "string"}, {"format", "date-time"}};
    return {
        {"Identity", shape({{"sealed", flag},
                            {"filed_by_me", flag},
                            {"openings", list_of(shape({{"request", text},
                                                        {"by", text},
                                                        {"by_name", text},
                                                        {"approver", text},
                                                        {"approver_name", text},
                                                        {"reason", text},
                                                        {"at", instant},
                                                        {"until", instant}}))}})},
        {"Anonymous", shape({{"filing", flag}, {"zone_name", text}})},
        {"Receipt", shape({{"number", text}, {"receipt", text}, {"keep", text}, {"next", text}})},
        {"Conversation",
         shape({{"number", text},
                {"stage", text},
                {"stands", text},
                {"open", flag},
                {"messages",
                 list_of(
                     shape({{"at", instant},
                            {"from", json::object{{"enum", json::array{"you", "office"}}}},
                            {"text", json::object{{"type", json::array{"string", "null"}}}}}))}})},
        {"Sent", shape({{"done", text}, {"number", text}})}};
}

}  // namespace jinqiao::adapters::http
