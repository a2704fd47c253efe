#include "engine/policy/directory_codec.h"

namespace jinqiao::engine::policy {

namespace json = boost::json;
using model::Error;
using model::ErrorCode;
using model::Result;

namespace {

Error expected(std::string_view field, std::string_view what) {
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

    std::vector<Contact> contacts() {
        std::vector<Contact> out;
        for (const auto& item : list("contacts")) {
            const auto* object = item.if_object();
            if (object == nullptr) {
                note("contacts", "a list of channel and address");
                continue;
            }
            Reading inner(*object);
            out.push_back({inner.required("channel"), inner.text("address")});
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

json::array encode(const std::vector<Contact>& contacts) {
    json::array out;
    for (const auto& contact : contacts) {
        json::object item{{"channel", contact.channel}};
        if (!contact.address.empty()) item["address"] = contact.address;
        out.push_back(std::move(item));
    }
    return out;
}

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

Result<Post> decode_post(const json::object& json) {
    Reading read(json);
    Post post;
    post.id = model::PostId{read.required("id")};
    post.name = read.wording("name");
    post.contacts = read.contacts();
    for (auto& id : read.texts("deputies")) post.deputies.emplace_back(std::move(id));
    post.roles = read.texts("roles");
    post.enterprise = model::EnterpriseId{read.text("enterprise")};
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

json::object encode_rows(const Directory& directory) {
    json::array people;
    for (const auto& [id, person] : directory.people) people.push_back(encode(person));
    json::array terms;
    for (const auto& term : directory.terms) terms.push_back(encode(term));
    json::array absences;
    for (const auto& absence : directory.absences) absences.push_back(encode(absence));
    return {{"seq", directory.seq},
            {"people", std::move(people)},
            {"terms", std::move(terms)},
            {"absences", std::move(absences)}};
}

namespace {

template <class Decode, class Add>
model::Status decode_list(const json::object& json, std::string_view key, Decode decode, Add add) {
    const auto* list = json.if_contains(key);
    if (list == nullptr) return model::Done{};
    if (!list->is_array()) return expected(key, "a list");
    std::size_t index = 0;
    for (const auto& item : list->get_array()) {
        const std::string where = std::string(key) + '.' + std::to_string(index++);
        if (!item.is_object()) return expected(where, "an object");
        auto decoded = decode(item.get_object());
        if (!decoded) return decoded.error().under(where);
        add(std::move(*decoded));
    }
    return model::Done{};
}

}  // namespace

model::Status decode_rows(const json::object& json, Directory& into) {
    Directory rows;
    auto done = decode_list(json, "people", decode_person, [&](Person person) {
        const auto id = person.id;
        rows.people[id] = std::move(person);
    });
    if (!done) return done;
    done = decode_list(json, "terms", decode_term,
                       [&](Term term) { rows.terms.push_back(std::move(term)); });
    if (!done) return done;
    done = decode_list(json, "absences", decode_absence,
                       [&](Absence absence) { rows.absences.push_back(std::move(absence)); });
    if (!done) return done;
    const auto* seq = json.if_contains("seq");
    if (seq == nullptr || !seq->is_number()) return expected("seq", "a number");
    into.seq = seq->to_number<std::uint64_t>();
    into.people = std::move(rows.people);
    into.terms = std::move(rows.terms);
    into.absences = std::move(rows.absences);
    return model::Done{};
}

}  // namespace jinqiao::engine::policy
