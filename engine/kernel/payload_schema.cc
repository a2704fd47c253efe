#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "engine/kernel/payload.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;

namespace {

json::object type_of(const Field& field, model::Language language) {
    switch (field.type) {
        case FieldType::integer:
        case FieldType::money_fen:
            return {{"type", "integer"}, {"minimum", field.least}};
        case FieldType::boolean:
            return {{"type", "boolean"}};
        case FieldType::object:
            return schema(field.fields, language);
        case FieldType::any:
            return {};
        case FieldType::instant:
            return {{"type", "string"}, {"format", "date-time"}};
        case FieldType::date:
            return {{"type", "string"}, {"format", "date"}};
        case FieldType::code: {
            json::array codes;
            for (const auto& [code, title] : field.codes)
                codes.push_back({{"const", code}, {"title", title.in(language)}});
            return {{"type", "string"}, {"oneOf", std::move(codes)}};
        }
        default:
            break;
    }
    json::object out{{"type", "string"}, {"maxLength", field.max_length}};
    if (field.required) out["minLength"] = 1;
    return out;
}

// What a form needs to know beyond the JSON type: money in fen, a person to choose, a document.
std::string_view hint(FieldType type) {
    switch (type) {
        case FieldType::money_fen:
            return "money_fen";
        case FieldType::document:
            return "document";
        case FieldType::post:
            return "post";
        case FieldType::person:
            return "person";
        case FieldType::case_ref:
            return "case";
        case FieldType::budget:
            return "budget";
        case FieldType::reference:
            return "reference";
        default:
            return {};
    }
}

}  // namespace

json::object schema(const Fields& fields, model::Language language) {
    json::object properties;
    json::array required, order;
    for (const auto& field : fields) {
        auto one = type_of(field, language);
        if (const auto kind = hint(field.type); !kind.empty()) one["x-kind"] = kind;
        json::object property = std::move(one);
        if (field.list) {
            property = {{"type", "array"}, {"items", property}, {"maxItems", 500}};
            if (field.required) property["minItems"] = 1;
        }
        property["title"] = field.title.in(language);
        properties[field.name] = std::move(property);
        order.emplace_back(field.name);
        if (field.required) required.emplace_back(field.name);
    }
    json::object out{{"type", "object"},
                     {"properties", std::move(properties)},
                     {"additionalProperties", false},
                     {"x-order", std::move(order)}};
    if (!required.empty()) out["required"] = std::move(required);
    return out;
}

}  // namespace jinqiao::engine::kernel
