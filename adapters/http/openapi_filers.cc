// Shapes of the answers about who files: without a name, or in confidence.
#include <boost/json/array.hpp>

#include "adapters/http/openapi.h"
#include "adapters/http/openapi_shapes.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

// All named members are always there.
json::object whole(json::object properties) {
    json::array names;
    for (const auto& property : properties) names.emplace_back(property.key());
    return {
        {"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(names)}};
}

}  // namespace

json::object filer_schemas() {
    const auto text = shape::text(), flag = shape::flag(), instant = shape::instant();
    return {
        {"Identity", whole({{"sealed", flag},
                            {"filed_by_me", flag},
                            {"openings", shape::list(whole({{"request", text},
                                                            {"by", text},
                                                            {"by_name", text},
                                                            {"approver", text},
                                                            {"approver_name", text},
                                                            {"reason", text},
                                                            {"at", instant},
                                                            {"until", instant}}))}})},
        {"Anonymous", whole({{"filing", flag}, {"zone_name", text}})},
        {"Receipt", whole({{"number", text}, {"receipt", text}, {"keep", text}, {"next", text}})},
        {"Conversation",
         whole({{"number", text},
                {"stage", text},
                {"stands", text},
                {"open", flag},
                {"messages",
                 shape::list(
                     whole({{"at", instant},
                            {"from", json::object{{"enum", json::array{"you", "office"}}}},
                            {"text", json::object{{"type", json::array{"string", "null"}}}}}))}})},
        {"Sent", whole({{"done", text}, {"number", text}})}};
}

}  // namespace jinqiao::adapters::http
