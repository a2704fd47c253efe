#include "engine/runtime/personal.h"

#include <algorithm>
#include <span>

#include "engine/runtime/canonical.h"
#include "engine/runtime/digest.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;

namespace {

std::string digest_of(std::string_view salt, std::string_view value) {
    const auto mac = hmac_sha256(salt, value);
    return to_hex(std::span(mac).first(16));
}

bool is_reference(const json::value& value) {
    const auto* object = value.if_object();
    return object != nullptr && object->contains("ref") && object->contains("digest");
}

bool under(std::string_view path, std::string_view prefix) {
    return path == prefix ||
           (path.size() > prefix.size() && path.starts_with(prefix) && path[prefix.size()] == '.');
}

// Walks payload and schema side by side.
class Extractor {
  public:
    Extractor(const ExtractionPlace& place, std::string salt)
        : place_(place), salt_(std::move(salt)) {}

    void object(const kernel::Fields& fields, json::object& payload, const std::string& path) {
        for (const auto& field : fields) {
            auto* value = payload.if_contains(field.name);
            if (value == nullptr || value->is_null()) continue;
            const std::string here = path.empty() ? field.name : path + '.' + field.name;
            auto* list = field.list ? value->if_array() : nullptr;
            if (list == nullptr) {
                item(field, *value, here);
                continue;
            }
            for (std::size_t i = 0; i < list->size(); ++i)
                item(field, (*list)[i], here + '.' + std::to_string(i));
        }
    }

    std::vector<ports::PersonalRow> rows;

  private:
    void item(const kernel::Field& field, json::value& value, const std::string& path) {
        if (field.personal) {
            if (!is_reference(value)) take(value, path);
            return;
        }
        if (auto* inner = value.if_object(); inner != nullptr && !field.fields.empty())
            object(field.fields, *inner, path);
    }

    void take(json::value& value, const std::string& path) {
        const auto* text = value.if_string();
        std::string plain = text != nullptr ? std::string(*text) : canonical(value);
        ports::PersonalRow row;
        row.ref = "p-" + place_.kase.value + '-' + std::to_string(place_.seq) + '-' +
                  std::to_string(rows.size() + 1);
        row.kase = place_.kase;
        row.field = path;
        row.cls = std::any_of(place_.sealed.begin(), place_.sealed.end(),
                              [&](const auto& prefix) { return under(path, prefix); })
                      ? "sealed"
                      : "case";
        row.at = place_.at;
        value = json::object{{"ref", row.ref}, {"digest", digest_of(salt_, plain)}};
        row.value = std::move(plain);
        rows.push_back(std::move(row));
    }

    const ExtractionPlace& place_;
    std::string salt_;
};

model::Result<std::optional<ports::PersonalRow>> salt_of(ports::Batch& batch,
                                                         const model::CaseId& kase) {
    return batch.personal("salt-" + kase.value);
}

ports::PersonalRow new_salt(ports::Ids& ids, const ExtractionPlace& place) {
    ports::PersonalRow row;
    row.ref = "salt-" + place.kase.value;
    row.kase = place.kase;
    row.field = "salt";
    row.cls = "sealed";
    row.value = ids.next(place.at) + ids.next(place.at);  // 160 random bits
    row.at = place.at;
    return row;
}

}  // namespace

bool has_personal(const kernel::Fields& fields) {
    return std::any_of(fields.begin(), fields.end(), [](const kernel::Field& field) {
        return field.personal || has_personal(field.fields);
    });
}

model::Result<Extraction> extract_personal(ports::Batch& batch, ports::Ids& ids,
                                           const kernel::Fields& fields,
                                           const json::object& payload,
                                           const ExtractionPlace& place) {
    Extraction out{payload, {}};
    if (!has_personal(fields)) return out;
    auto stored = salt_of(batch, place.kase);
    if (!stored) return stored.error();
    // An erased salt is never replaced under the same name: digests of one case must not mix.
    const bool fresh = !stored->has_value();
    ports::PersonalRow salt = fresh ? new_salt(ids, place) : **stored;
    Extractor extractor(place, salt.value);
    extractor.object(fields, out.payload, {});
    out.rows = std::move(extractor.rows);
    if (fresh && !out.rows.empty()) out.rows.push_back(std::move(salt));
    return out;
}

model::Status erase_personal(ports::Batch& batch, const std::string& ref, time::Instant at) {
    auto row = batch.personal(ref);
    if (!row) return row.error();
    if (!*row) return model::Error{model::ErrorCode::not_found, "no such personal value", ref};
    (*row)->value.clear();
    (*row)->at = at;
    return batch.put_personal(**row);
}

bool matches_digest(std::string_view salt, std::string_view value, std::string_view digest) {
    return equal_in_constant_time(digest_of(salt, value), digest);
}

}  // namespace jinqiao::engine::runtime
