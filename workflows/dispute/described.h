#pragma once
#include <boost/describe.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/time/instant.h"

namespace jinqiao::workflows::dispute {

// Writes described structs to JSON objects and back, member name = key. What is empty is left out
// and what is absent stays at its default, so that a field added later needs no migration.
// Instants are RFC 3339, dates YYYY-MM-DD: this JSON is shown to people as it is.

namespace json = boost::json;
using engine::time::Date;
using engine::time::Instant;

void put(json::object& into, std::string_view key, const std::string& value);
void put(json::object& into, std::string_view key, bool value);
void put(json::object& into, std::string_view key, std::int64_t value);
void put(json::object& into, std::string_view key, const Instant& value);
void put(json::object& into, std::string_view key, const Date& value);
void put(json::object& into, std::string_view key, const json::object& value);
void put(json::object& into, std::string_view key, const json::value& value);

void get(const json::value& from, std::string& value);
void get(const json::value& from, bool& value);
void get(const json::value& from, std::int64_t& value);
void get(const json::value& from, Instant& value);
void get(const json::value& from, Date& value);
void get(const json::value& from, json::object& value);
void get(const json::value& from, json::value& value);

// The text form of an instant in this workflow's data. The offset is for reading eyes only.
std::string text_of(Instant at);

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;

constexpr unsigned described = boost::describe::mod_public | boost::describe::mod_inherited;

template <Described T>
json::object write(const T& value);
template <Described T>
void read(const json::object& from, T& value);

template <Described T>
void put(json::object& into, std::string_view key, const T& value) {
    if (json::object inner = write(value); !inner.empty()) into[key] = std::move(inner);
}

// An optional that is set is written even if its value is empty: false is not unknown.
template <class T>
void put(json::object& into, std::string_view key, const std::optional<T>& value) {
    if (!value) return;
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t>)
        into[key] = *value;
    else
        put(into, key, *value);
}

template <class T>
void put(json::object& into, std::string_view key, const std::vector<T>& values) {
    if (values.empty()) return;
    json::array list;
    for (const T& value : values) {
        if constexpr (Described<T>)
            list.emplace_back(write(value));
        else
            list.emplace_back(value);
    }
    into[key] = std::move(list);
}

template <class T>
void put(json::object& into, std::string_view key, const std::map<std::string, T>& values) {
    json::object inner;
    for (const auto& [name, value] : values) put(inner, name, value);
    if (!inner.empty()) into[key] = std::move(inner);
}

template <Described T>
void get(const json::value& from, T& value) {
    if (const auto* object = from.if_object()) read(*object, value);
}

template <class T>
void get(const json::value& from, std::optional<T>& value) {
    T held{};
    get(from, held);
    value = std::move(held);
}

template <class T>
void get(const json::value& from, std::vector<T>& values) {
    const auto* list = from.if_array();
    if (list == nullptr) return;
    values.clear();
    for (const json::value& element : *list) get(element, values.emplace_back());
}

template <class T>
void get(const json::value& from, std::map<std::string, T>& values) {
    const auto* object = from.if_object();
    if (object == nullptr) return;
    for (const auto& element : *object) get(element.value(), values[std::string(element.key())]);
}

template <Described T>
json::object write(const T& value) {
    json::object into;
    using Members = boost::describe::describe_members<T, described>;
    boost::mp11::mp_for_each<Members>(
        [&](auto member) { put(into, member.name, value.*member.pointer); });
    return into;
}

template <Described T>
void read(const json::object& from, T& value) {
    using Members = boost::describe::describe_members<T, described>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        if (const json::value* found = from.if_contains(member.name))
            get(*found, value.*member.pointer);
    });
}

}  // namespace jinqiao::workflows::dispute
