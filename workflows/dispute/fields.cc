#include "workflows/dispute/fields.h"

#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::schema {

namespace {

using kernel::FieldType;

constexpr std::size_t name_length = 200;

Field make(std::string_view name, FieldType type, Text title) {
    Field field;
    field.name = std::string(name);
    field.type = type;
    field.title = std::move(title);
    return field;
}

}  // namespace

Who any() { return {enterprise_union, duty_officer, mediator, department, supervisor, own}; }

Field text(std::string_view name, Text title) {
    return make(name, FieldType::text, std::move(title));
}

Field name_of(std::string_view name, Text title) {
    Field field = text(name, std::move(title));
    field.max_length = name_length;
    return field;
}

Field code(std::string_view name, Text title, Codes codes) {
    Field field = make(name, FieldType::code, std::move(title));
    field.codes = std::move(codes);
    return field;
}

Field integer(std::string_view name, Text title, std::int64_t least) {
    Field field = make(name, FieldType::integer, std::move(title));
    field.least = least;
    return field;
}

Field money(std::string_view name, Text title) {
    return make(name, FieldType::money_fen, std::move(title));
}

Field flag(std::string_view name, Text title) {
    return make(name, FieldType::boolean, std::move(title));
}

Field instant(std::string_view name, Text title) {
    return make(name, FieldType::instant, std::move(title));
}

Field date(std::string_view name, Text title) {
    return make(name, FieldType::date, std::move(title));
}

Field document(std::string_view name, Text title) {
    return make(name, FieldType::document, std::move(title));
}

Field post(std::string_view name, Text title) {
    return make(name, FieldType::post, std::move(title));
}

Field person(std::string_view name, Text title) {
    return make(name, FieldType::person, std::move(title));
}

Field reference(std::string_view name, Text title) {
    return make(name, FieldType::reference, std::move(title));
}

Field case_ref(std::string_view name, Text title) {
    return make(name, FieldType::case_ref, std::move(title));
}

Field budget(std::string_view name, Text title) {
    return make(name, FieldType::budget, std::move(title));
}

Field object(std::string_view name, Text title, Fields fields) {
    Field field = make(name, FieldType::object, std::move(title));
    field.fields = std::move(fields);
    return field;
}

Field any_object(std::string_view name, Text title) {
    return make(name, FieldType::any, std::move(title));
}

Field need(Field field) {
    field.required = true;
    return field;
}

Field list(Field field) {
    field.list = true;
    return field;
}

Field personal(Field field) {
    field.personal = true;
    return field;
}

Field reason() { return text("reason", {"理由", "Reason"}); }
Field at() { return instant("at", {"发生时间", "When"}); }
Field on() { return date("on", {"日期", "Date"}); }
Field by_side() { return code("by", {"由哪一方", "By which side"}, codes::sides()); }
Field side() { return code("side", {"一方", "Side"}, codes::sides()); }
Field doc() { return document("doc", {"文书", "Document"}); }

Field workers(std::int64_t least) {
    return integer("workers", {"涉及人数", "Workers concerned"}, least);
}

Field grade_to() { return code("to", {"等级", "Grade"}, codes::grades()); }
Field scope() { return code("scope", {"范围", "Scope"}, codes::scopes()); }

}  // namespace jinqiao::workflows::dispute::schema
