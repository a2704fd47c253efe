// Shapes of the answers about figures.
#include "adapters/http/openapi.h"
#include "adapters/http/openapi_shapes.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

json::object of_type(std::string_view type) { return {{"type", type}}; }

json::object with(json::object properties, json::array required) {
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)}};
}

json::object titled() {
    return {
        {"name", of_type("string")}, {"title", of_type("string")}, {"about", of_type("string")}};
}

// A value of a cell by the key of its column; those that are codes have `<key>_label` beside them.
json::object row() {
    return {{"type", "object"},
            {"additionalProperties", json::object{{"type", {"string", "number", "null"}}}}};
}

json::object table() {
    auto properties = titled();
    properties["columns"] = shape::list(with(
        {{"key", of_type("string")}, {"label", of_type("string")}, {"kind", of_type("string")}},
        {"key", "label", "kind"}));
    properties["rows"] = shape::list(row());
    properties["total"] = row();
    return with(std::move(properties), {"name", "title", "columns", "rows"});
}

}  // namespace

void add_report_schemas(json::object& schemas) {
    schemas["Reports"] =
        with({{"items", shape::list(with(titled(), {"name", "title", "about"}))}}, {"items"});
    schemas["ReportTable"] = table();
    auto report = table();
    auto& properties = report["properties"].as_object();
    properties["tables"] = shape::list(json::object{{"$ref", "#/components/schemas/ReportTable"}});
    properties["from"] = properties["to"] = json::object{{"type", "string"}, {"format", "date"}};
    properties["made_at"] = json::object{{"type", "string"}, {"format", "date-time"}};
    properties["exercises"] = of_type("integer");
    properties["note"] = of_type("string");
    report["required"] = json::array{"name", "title", "from", "to", "exercises"};
    schemas["Report"] = std::move(report);
}

}  // namespace jinqiao::adapters::http
