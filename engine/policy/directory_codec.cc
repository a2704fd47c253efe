#include "engine/policy/directory_codec.h"

#include "engine/policy/directory_reading.h"

namespace jinqiao::engine::policy {

namespace {

json::array encode(const std::vector<Contact>& contacts) {
    json::array out;
    for (const auto& contact : contacts) {
        json::object item{{"channel", contact.channel}};
        if (!contact.address.empty()) item["address"] = contact.address;
        if (contact.confirmed_at) item["confirmed_ms"] = time::to_ms(*contact.confirmed_at);
        out.push_back(std::move(item));
    }
    return out;
}

std::string_view name(Unit unit) { return unit == Unit::joint ? "joint" : "independent"; }

json::object encode(const model::Text& text) { return {{"zh", text.zh}, {"en", text.en}}; }

template <class Ids>
json::array values_of(const Ids& ids) {
    json::array out;
    for (const auto& id : ids) out.emplace_back(id.value);
    return out;
}

}  // namespace

json::object encode(const Person& person) {
    json::object out{{"id", person.id.value},
                     {"name", person.name},
                     {"contacts", encode(person.contacts)},
                     {"enabled", person.enabled},
                     {"language", person.language == model::Language::en ? "en" : "zh"}};
    if (!person.quiet.empty()) out["quiet"] = encode(person.quiet);
    if (person.reminded_at) out["reminded_ms"] = time::to_ms(*person.reminded_at);
    return out;
}

json::object encode(const Term& term) {
    json::object out{{"person", term.person.value},
                     {"post", term.post.value},
                     {"rank", term.rank},
                     {"from_ms", time::to_ms(term.from)}};
    if (term.until) out["until_ms"] = time::to_ms(*term.until);
    return out;
}

json::object encode(const Absence& absence) {
    return {{"person", absence.person.value},
            {"from_ms", time::to_ms(absence.from)},
            {"until_ms", time::to_ms(absence.until)}};
}

json::object encode(const Post& post) {
    json::array roles(post.roles.begin(), post.roles.end());
    json::object out{{"id", post.id.value},
                     {"name", encode(post.name)},
                     {"contacts", encode(post.contacts)},
                     {"deputies", values_of(post.deputies)},
                     {"roles", std::move(roles)}};
    if (!post.enterprise.empty()) out["enterprise"] = post.enterprise.value;
    if (!post.natural_deputy.empty()) out["natural_deputy"] = post.natural_deputy.value;
    if (!post.stands_for.empty()) out["stands_for"] = post.stands_for.value;
    if (post.unit != Unit::none) out["unit"] = name(post.unit);
    if (post.rota)
        out["rota"] = json::object{{"begins_ms", time::to_ms(post.rota->begins)},
                                   {"shift_min", post.rota->shift.count()},
                                   {"source", post.rota->source}};
    if (!post.source.empty()) out["source"] = post.source;
    return out;
}

json::object encode(const Department& department) {
    json::object out{{"id", department.id.value},
                     {"name", encode(department.name)},
                     {"desk", department.desk.value},
                     {"contacts", encode(department.contacts)},
                     {"sample", department.sample}};
    if (!department.source.empty()) out["source"] = department.source;
    return out;
}

Result<std::optional<time::Instant>> decode_instant(const json::object& json,
                                                    std::string_view name) {
    const std::string in_ms = std::string(name) + "_ms";
    if (const auto* value = json.if_contains(in_ms); value != nullptr && !value->is_null()) {
        if (!value->is_int64()) return expected(in_ms, "milliseconds");
        return std::optional(time::from_ms(value->get_int64()));
    }
    const auto* value = json.if_contains(name);
    if (value == nullptr || value->is_null()) return std::optional<time::Instant>{};
    if (value->is_string())
        if (const auto at = time::parse_rfc3339(std::string_view(value->get_string())))
            return std::optional(*at);
    return expected(name, "RFC 3339");
}

Result<Person> decode_person(const json::object& json) {
    Reading read(json);
    Person person;
    person.id = model::PersonId{read.required("id")};
    person.name = read.text("name");
    person.contacts = read.contacts();
    person.enabled = read.flag("enabled", true);
    person.reminded_at = read.instant("reminded");
    auto quiet = decode_quiet(json);
    if (!quiet) return quiet.error();
    person.quiet = std::move(*quiet);
    const auto language = read.text("language");
    if (language == "en") person.language = model::Language::en;
    if (!language.empty() && language != "en" && language != "zh")
        read.note("language", "zh or en");
    return read.done(std::move(person));
}

Result<Term> decode_term(const json::object& json) {
    Reading read(json);
    Term term;
    term.person = model::PersonId{read.required("person")};
    term.post = model::PostId{read.required("post")};
    term.rank = read.integer("rank");
    term.from = read.required_instant("from");
    term.until = read.instant("until");
    if (term.until && *term.until <= term.from) read.note("until", "an instant after from");
    return read.done(std::move(term));
}

Result<Absence> decode_absence(const json::object& json) {
    Reading read(json);
    Absence absence;
    absence.person = model::PersonId{read.required("person")};
    absence.from = read.required_instant("from");
    absence.until = read.required_instant("until");
    if (absence.until <= absence.from) read.note("until", "an instant after from");
    return read.done(std::move(absence));
}

namespace {

Result<Rota> decode_rota(const json::value& value) {
    if (!value.is_object()) return expected("begins", "an object");
    Reading read(value.get_object());
    Rota rota;
    rota.begins = read.required_instant("begins");
    const auto* shift = value.get_object().if_contains("shift_min");
    if (shift != nullptr && shift->is_int64() && shift->get_int64() > 0)
        rota.shift = std::chrono::minutes{shift->get_int64()};
    else
        read.note("shift_min", "minutes above 0");
    rota.source = read.text("source");
    return read.done(std::move(rota));
}

}  // namespace

Result<Post> decode_post(const json::object& json) {
    Reading read(json);
    Post post;
    post.id = model::PostId{read.required("id")};
    post.name = read.wording("name");
    post.contacts = read.contacts();
    for (auto& id : read.texts("deputies")) post.deputies.emplace_back(std::move(id));
    post.roles = read.texts("roles");
    post.enterprise = model::EnterpriseId{read.text("enterprise")};
    post.natural_deputy = model::PostId{read.text("natural_deputy")};
    post.stands_for = model::PostId{read.text("stands_for")};
    const auto unit = read.text("unit");
    if (unit == "independent") post.unit = Unit::independent;
    if (unit == "joint") post.unit = Unit::joint;
    if (!unit.empty() && post.unit == Unit::none) read.note("unit", "independent or joint");
    if (const auto* rota = json.if_contains("rota"); rota != nullptr && !rota->is_null()) {
        auto decoded = decode_rota(*rota);
        if (!decoded) return decoded.error().under("rota");
        post.rota = std::move(*decoded);
    }
    post.source = read.text("source");
    return read.done(std::move(post));
}

Result<Department> decode_department(const json::object& json) {
    Reading read(json);
    Department department;
    department.id = model::DepartmentId{read.required("id")};
    department.name = read.wording("name");
    department.desk = model::PostId{read.text("desk")};
    department.contacts = read.contacts();
    department.sample = read.flag("sample", true);
    department.source = read.text("source");
    return read.done(std::move(department));
}

}  // namespace jinqiao::engine::policy
