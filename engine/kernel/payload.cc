#include "engine/kernel/payload.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "engine/time/budget.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Message;

namespace {

class Checker {
  public:
    explicit Checker(time::Instant now) : now_(now) {}

    void object(const Fields& fields, const json::object& value, const std::string& prefix) {
        for (const auto& [key, ignored] : value)
            if (std::none_of(fields.begin(), fields.end(),
                             [&key = key](const Field& field) { return field.name == key; }))
                fault("payload.unknown", prefix + std::string(key));
        for (const auto& field : fields) {
            const auto path = prefix + field.name;
            const auto* found = value.if_contains(field.name);
            if (!found || found->is_null()) {
                if (field.required) fault("payload.required", path);
                continue;
            }
            if (field.list)
                list(field, *found, path);
            else
                one(field, *found, path);
        }
    }

    std::vector<Message> take() { return std::move(faults_); }

  private:
    // More than this in one payload is no report any more; it also bounds the history row.
    static constexpr std::size_t kMostItems = 500;

    void fault(std::string code, const std::string& path,
               std::vector<std::pair<std::string, std::string>> more = {}) {
        more.insert(more.begin(), {"field", path});
        faults_.push_back({std::move(code), std::move(more)});
    }

    void list(const Field& field, const json::value& value, const std::string& path) {
        if (!value.is_array()) return fault("payload.type", path, {{"expected", "list"}});
        const auto& items = value.get_array();
        if (field.required && items.empty()) fault("payload.required", path);
        if (items.size() > kMostItems)
            return fault("payload.length", path, {{"most", std::to_string(kMostItems)}});
        for (std::size_t i = 0; i < items.size(); ++i)
            one(field, items[i], path + "." + std::to_string(i));
    }

    // A personal value is taken out before it is decided on; this is what stands in its place.
    static bool is_reference(const json::value& value) {
        const auto* object = value.if_object();
        return object && object->size() == 2 && object->contains("ref") &&
               object->contains("digest");
    }

    void one(const Field& field, const json::value& value, const std::string& path) {
        if (field.personal && is_reference(value)) return;
        switch (field.type) {
            case FieldType::integer:
            case FieldType::money_fen:
                return integer(field, value, path);
            case FieldType::boolean:
                if (!value.is_bool()) fault("payload.type", path, {{"expected", "boolean"}});
                return;
            case FieldType::object:
                if (!value.is_object())
                    return fault("payload.type", path, {{"expected", "object"}});
                return object(field.fields, value.get_object(), path + ".");
            case FieldType::any:
                return;
            default:
                return words(field, value, path);
        }
    }

    void integer(const Field& field, const json::value& value, const std::string& path) {
        boost::system::error_code failed;
        const auto number = value.is_double() ? (failed = json::error::not_number, 0)
                                              : value.to_number<std::int64_t>(failed);
        if (failed) return fault("payload.type", path, {{"expected", "integer"}});
        constexpr std::int64_t kMost = 1'000'000'000'000'000;
        if (number < field.least || number > kMost)
            fault("payload.least", path, {{"least", std::to_string(field.least)}});
    }

    void words(const Field& field, const json::value& value, const std::string& path) {
        if (!value.is_string()) return fault("payload.type", path, {{"expected", "text"}});
        const std::string_view text = value.get_string();
        if (text.find_first_not_of(" \t\r\n") == std::string_view::npos ||
            text.find_first_not_of("\u3000 \t\r\n") == std::string_view::npos) {
            if (field.required) fault("payload.blank", path);
            return;
        }
        if (characters(text) > field.max_length)
            return fault("payload.length", path, {{"most", std::to_string(field.max_length)}});
        if (std::any_of(text.begin(), text.end(), [](char c) {
                return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
            }))
            return fault("payload.control", path);
        kind(field, text, path);
    }

    void kind(const Field& field, std::string_view text, const std::string& path) {
        switch (field.type) {
            case FieldType::code:
                if (std::none_of(field.codes.begin(), field.codes.end(),
                                 [&](const auto& code) { return code.first == text; }))
                    fault("payload.code", path, {{"found", std::string(text)}});
                return;
            case FieldType::instant: {
                const auto at = time::parse_rfc3339(text);
                if (!at) return fault("payload.type", path, {{"expected", "RFC 3339"}});
                if (field.name == "occurred_at" && *at > now_) fault("payload.future", path);
                return;
            }
            case FieldType::date:
                if (!time::parse_date(text))
                    fault("payload.type", path, {{"expected", "YYYY-MM-DD"}});
                return;
            case FieldType::budget:
                if (!time::parse_budget(text)) fault("payload.type", path, {{"expected", "2 W"}});
                return;
            default:
                return;
        }
    }

    static std::size_t characters(std::string_view text) {
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }));
    }

    time::Instant now_;
    std::vector<Message> faults_;
};

}  // namespace

std::vector<Message> validate(const Fields& fields, const json::object& payload,
                              time::Instant now) {
    Checker checker(now);
    checker.object(fields, payload, {});
    return checker.take();
}

}  // namespace jinqiao::engine::kernel
