#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/result.h"
#include "engine/policy/directory_codec.h"

// Inside the codecs of this folder.
namespace jinqiao::engine::policy {

namespace json = boost::json;
using model::Error;
using model::ErrorCode;
using model::Result;

inline Error expected(std::string_view field, std::string_view what) {
    return {ErrorCode::invalid, "expected " + std::string(what), std::string(field)};
}

// Reads fields one after another and remembers the first that does not fit.
class Reading {
  public:
    explicit Reading(const json::object& json) : json_(json) {}

    std::string text(std::string_view key) {
        const auto* value = find(key);
        if (value == nullptr) return {};
        if (value->is_string()) return std::string(value->get_string());
        note(key, "text");
        return {};
    }

    std::string required(std::string_view key) {
        auto found = text(key);
        if (found.empty()) note(key, "text");
        return found;
    }

    bool flag(std::string_view key, bool fallback) {
        const auto* value = find(key);
        if (value == nullptr) return fallback;
        if (!value->is_bool()) note(key, "true or false");
        return value->is_bool() ? value->get_bool() : fallback;
    }

    int integer(std::string_view key) {
        const auto* value = find(key);
        if (value == nullptr) return 0;
        if (value->is_int64() && value->get_int64() >= 0 && value->get_int64() < 1000)
            return static_cast<int>(value->get_int64());
        note(key, "a number from 0 to 999");
        return 0;
    }

    std::optional<time::Instant> instant(std::string_view key) {
        auto found = decode_instant(json_, key);
        if (found) return *found;
        note(key, "an instant");
        return {};
    }

    time::Instant required_instant(std::string_view key) {
        const auto found = instant(key);
        if (!found) note(key, "an instant");
        return found.value_or(time::Instant{});
    }

    const json::array& list(std::string_view key) {
        static const json::array none;
        const auto* value = find(key);
        if (value == nullptr) return none;
        if (value->is_array()) return value->get_array();
        note(key, "a list");
        return none;
    }

    std::vector<std::string> texts(std::string_view key) {
        std::vector<std::string> out;
        for (const auto& item : list(key)) {
            if (item.is_string())
                out.emplace_back(item.get_string());
            else
                note(key, "a list of texts");
        }
        return out;
    }

    template <class Id>
    std::vector<Id> ids(std::string_view key) {
        std::vector<Id> out;
        for (auto& id : texts(key)) out.emplace_back(std::move(id));
        return out;
    }

    std::vector<Contact> contacts() {
        std::vector<Contact> out;
        for (const auto& item : list("contacts")) {
            const auto* object = item.if_object();
            if (object == nullptr) {
                note("contacts", "a list of channel and address");
                continue;
            }
            Reading inner(*object);
            const auto channel = inner.required("channel");
            out.push_back({channel, inner.text("address"), inner.instant("confirmed")});
            if (inner.fault_) note("contacts", "a channel name for each entry");
        }
        return out;
    }

    model::Text wording(std::string_view key) {
        const auto* value = find(key);
        if (value == nullptr) return {};
        if (value->is_string()) return {std::string(value->get_string()), {}};
        const auto* object = value->if_object();
        if (object == nullptr) {
            note(key, "texts zh and en");
            return {};
        }
        Reading inner(*object);
        return {inner.text("zh"), inner.text("en")};
    }

    void note(std::string_view key, std::string_view what) {
        if (!fault_) fault_ = expected(key, what);
    }

    template <class T>
    Result<T> done(T value) const {
        if (fault_) return *fault_;
        return value;
    }

  private:
    const json::value* find(std::string_view key) const {
        const auto* value = json_.if_contains(key);
        return value == nullptr || value->is_null() ? nullptr : value;
    }

    const json::object& json_;
    std::optional<Error> fault_;
};

}  // namespace jinqiao::engine::policy
