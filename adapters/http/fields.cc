#include "adapters/http/fields.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "adapters/http/json_text.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

json::object open_part(const json::object& reporter, const FieldRules& rules) {
    json::object out;
    for (const auto& [key, value] : reporter)
        if (rules.open.contains("reporter." + std::string(key))) out[key] = value;
    return out;
}

json::value alert_of(const json::value& alert, const FieldRules& rules, const Reading& reading) {
    const auto* object = alert.if_object();
    if (!object || reading.sealed) return alert;
    auto out = *object;
    if (auto* reporter = out.if_contains("reporter"); reporter && reporter->is_object())
        *reporter = open_part(reporter->get_object(), rules);
    return out;
}

json::array own_of(const json::value& notes, const Reading& reading) {
    json::array out;
    if (!notes.is_array() || reading.person.empty()) return out;
    for (const auto& note : notes.get_array()) {
        const auto* object = note.if_object();
        const auto* by = object ? object->if_contains("by") : nullptr;
        if (by && by->is_string() && std::string_view(by->get_string()) == reading.person.value)
            out.push_back(note);
    }
    return out;
}

// Puts values in the place of references, however deep.
void resolve(json::value& value, const Personal& personal, bool sealed_too) {
    if (auto* list = value.if_array()) {
        for (auto& item : *list) resolve(item, personal, sealed_too);
        return;
    }
    auto* object = value.if_object();
    if (!object) return;
    const auto* ref = object->if_contains("ref");
    if (ref && ref->is_string() && object->contains("digest")) {
        const std::string name(ref->get_string());
        value = personal ? personal(name, sealed_too) : json::value(nullptr);
        return;
    }
    for (auto& member : *object) resolve(member.value(), personal, sealed_too);
}

}  // namespace

json::object visible(const json::object& data, const FieldRules& rules, const Reading& reading,
                     const Personal& personal) {
    json::object out;
    for (const auto& [name, value] : data) {
        const std::string_view key(name);
        if (reading.department && !rules.department.contains(key)) continue;
        if (rules.owner_only.contains(key) && !reading.owner) continue;
        if (rules.authors_only.contains(key)) {
            if (auto own = own_of(value, reading); !own.empty()) out[name] = std::move(own);
        } else if (key == "alert") {
            out[name] = alert_of(value, rules, reading);
        } else {
            out[name] = value;
        }
    }
    for (auto& member : out)
        resolve(member.value(), personal,
                reading.sealed || rules.authors_only.contains(std::string_view(member.key())) ||
                    rules.owner_only.contains(std::string_view(member.key())));
    return out;
}

bool in_confidence(const json::object& data) {
    return text_of(part(data, "alert"), "filing") == "confidential";
}

void hide_filer(json::value& value, const engine::model::Case& kase) {
    if (auto* text = value.if_string()) {
        const std::string_view said = *text;
        const bool named = (!kase.filer.empty() &&
                            (said == kase.filer.value || said == "person:" + kase.filer.value)) ||
                           (!kase.filer_account.empty() && said == kase.filer_account.value);
        if (named) value = "filer";
    } else if (auto* list = value.if_array()) {
        for (auto& each : *list) hide_filer(each, kase);
    } else if (auto* object = value.if_object()) {
        for (auto& member : *object) hide_filer(member.value(), kase);
    }
}

bool opened_to(const json::object& data, const engine::model::PersonId& person,
               engine::time::Instant now) {
    const auto* openings = data.if_contains("openings");
    if (person.empty() || openings == nullptr || !openings->is_array()) return false;
    for (const auto& each : openings->get_array()) {
        const auto* opening = each.if_object();
        if (opening == nullptr) continue;
        const auto until = engine::time::parse_rfc3339(text_of(*opening, "until"));
        const bool one_of_two = text_of(*opening, "by") == person.value ||
                                text_of(*opening, "approver") == person.value;
        if (one_of_two && until && now < *until) return true;
    }
    return false;
}

}  // namespace jinqiao::adapters::http
