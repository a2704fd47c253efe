#include "workflows/dispute/described.h"

namespace jinqiao::workflows::dispute {

namespace {

// China has one zone and no summer time; the instant is the same in any offset.
constexpr std::chrono::minutes shown_offset{8 * 60};

}  // namespace

std::string text_of(Instant at) { return engine::time::to_rfc3339(at, shown_offset); }

void put(json::object& into, std::string_view key, const std::string& value) {
    if (!value.empty()) into[key] = value;
}

void put(json::object& into, std::string_view key, bool value) {
    if (value) into[key] = true;
}

void put(json::object& into, std::string_view key, std::int64_t value) {
    if (value != 0) into[key] = value;
}

void put(json::object& into, std::string_view key, const Instant& value) {
    into[key] = text_of(value);
}

void put(json::object& into, std::string_view key, const Date& value) {
    into[key] = engine::time::to_string(value);
}

void put(json::object& into, std::string_view key, const json::object& value) {
    if (!value.empty()) into[key] = value;
}

void put(json::object& into, std::string_view key, const json::value& value) {
    if (!value.is_null()) into[key] = value;
}

void get(const json::value& from, std::string& value) {
    if (const auto* text = from.if_string()) value.assign(text->data(), text->size());
}

void get(const json::value& from, bool& value) {
    if (const bool* flag = from.if_bool()) value = *flag;
}

void get(const json::value& from, std::int64_t& value) {
    if (const auto* number = from.if_int64())
        value = *number;
    else if (const auto* wide = from.if_uint64())
        value = static_cast<std::int64_t>(*wide);
}

void get(const json::value& from, Instant& value) {
    std::string text;
    get(from, text);
    if (auto at = engine::time::parse_rfc3339(text)) value = *at;
}

void get(const json::value& from, Date& value) {
    std::string text;
    get(from, text);
    if (auto date = engine::time::parse_date(text)) value = *date;
}

void get(const json::value& from, json::object& value) {
    if (const auto* object = from.if_object()) value = *object;
}

void get(const json::value& from, json::value& value) { value = from; }

}  // namespace jinqiao::workflows::dispute
