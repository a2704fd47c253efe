#include "engine/runtime/directory_edit.h"

#include <algorithm>

#include "engine/policy/directory_codec.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Error;
using model::ErrorCode;
using model::PersonId;
using model::PostId;
using policy::Absence;
using policy::Directory;
using policy::Term;
using EditResult = model::Result<DirectoryEdit>;

namespace {

Error invalid(std::string what, std::string where) {
    return {ErrorCode::invalid, std::move(what), std::move(where)};
}

std::string text_of(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

model::Result<PersonId> known_person(const Directory& directory, const std::string& id) {
    if (!directory.people.contains(PersonId{id})) return invalid("no such person: " + id, "person");
    return PersonId{id};
}

EditResult put_person(Directory& directory, const json::object& data) {
    auto person = policy::decode_person(data);
    if (!person) return person.error();
    const auto id = person->id;
    directory.people[id] = std::move(*person);
    return DirectoryEdit{{id}};
}

EditResult disable_person(Directory& directory, const json::object& data) {
    auto id = known_person(directory, text_of(data, "person"));
    if (!id) return id.error();
    directory.people[*id].enabled = false;
    return DirectoryEdit{{*id}};
}

bool same_term(const Term& left, const Term& right) {
    return left.person == right.person && left.post == right.post && left.from == right.from;
}

void replace(std::vector<Term>& terms, const Term& term) {
    std::erase_if(terms, [&](const Term& known) { return same_term(known, term); });
    terms.push_back(term);
}

model::Status check(const Directory& directory, const Term& term) {
    if (auto person = known_person(directory, term.person.value); !person) return person.error();
    if (!directory.posts.contains(term.post))
        return invalid("no such post: " + term.post.value, "post");
    return model::Done{};
}

EditResult put_term(Directory& directory, const json::object& data) {
    auto term = policy::decode_term(data);
    if (!term) return term.error();
    if (auto fits = check(directory, *term); !fits) return fits.error();
    replace(directory.terms, *term);
    return DirectoryEdit{{term->person}};
}

EditResult end_term(Directory& directory, const json::object& data, time::Instant now) {
    auto until = policy::decode_instant(data, "until");
    if (!until) return until.error();
    const time::Instant end = until->value_or(now);
    const PersonId person{text_of(data, "person")};
    const PostId post{text_of(data, "post")};
    bool found = false;
    for (auto& term : directory.terms) {
        if (term.person != person || term.post != post || (term.until && *term.until <= end))
            continue;
        term.until = std::max(end, term.from);
        found = true;
    }
    if (!found) return invalid("no such term to end", "post");
    // A term that ends as it begins never was.
    std::erase_if(directory.terms,
                  [](const Term& term) { return term.until && *term.until <= term.from; });
    return DirectoryEdit{{person}};
}

EditResult put_absence(Directory& directory, const json::object& data) {
    auto absence = policy::decode_absence(data);
    if (!absence) return absence.error();
    if (auto person = known_person(directory, absence->person.value); !person)
        return person.error();
    std::erase_if(directory.absences, [&](const Absence& known) {
        return known.person == absence->person && known.from == absence->from;
    });
    directory.absences.push_back(*absence);
    return DirectoryEdit{{absence->person}};
}

EditResult drop_absence(Directory& directory, const json::object& data) {
    auto from = policy::decode_instant(data, "from");
    if (!from) return from.error();
    const PersonId person{text_of(data, "person")};
    const auto dropped = std::erase_if(directory.absences, [&](const Absence& known) {
        return known.person == person && (!*from || known.from == **from);
    });
    if (dropped == 0) return invalid("no such absence", "from");
    return DirectoryEdit{{person}};
}

// What the configuration ships to begin with. Rows that people have changed since are theirs.
EditResult seed(Directory& directory, const json::object& data) {
    Directory rows;
    json::object with_seq = data;
    with_seq["seq"] = 0;
    if (auto read = policy::decode_rows(with_seq, rows); !read) return read.error();
    DirectoryEdit edit;
    for (auto& [id, person] : rows.people)
        if (directory.people.try_emplace(id, person).second) edit.people.insert(id);
    for (const auto& term : rows.terms) {
        if (auto fits = check(directory, term); !fits) return fits.error();
        const bool known =
            std::any_of(directory.terms.begin(), directory.terms.end(), [&](const Term& other) {
                return other.person == term.person && other.post == term.post;
            });
        if (known) continue;
        directory.terms.push_back(term);
        edit.people.insert(term.person);
    }
    for (const auto& absence : rows.absences) {
        if (auto person = known_person(directory, absence.person.value); !person)
            return person.error();
        const bool known = std::any_of(
            directory.absences.begin(), directory.absences.end(), [&](const Absence& other) {
                return other.person == absence.person && other.from == absence.from;
            });
        if (known) continue;
        directory.absences.push_back(absence);
        edit.people.insert(absence.person);
    }
    return edit;
}

// Everybody with a boundary in (since, until]; the change itself edits nothing.
EditResult time_passed(const Directory& directory, const json::object& data, time::Instant now) {
    auto since = policy::decode_instant(data, "since");
    if (!since) return since.error();
    auto until = policy::decode_instant(data, "until");
    if (!until) return until.error();
    const auto crossed = [&](time::Instant at) {
        return at <= until->value_or(now) && at > since->value_or(time::Instant{});
    };
    DirectoryEdit edit;
    for (const auto& term : directory.terms)
        if (crossed(term.from) || (term.until && crossed(*term.until)))
            edit.people.insert(term.person);
    for (const auto& absence : directory.absences)
        if (crossed(absence.from) || crossed(absence.until)) edit.people.insert(absence.person);
    return edit;
}

// The configuration changed posts or departments while cases depend on them.
EditResult posts_changed(const json::object& data) {
    const auto* posts = data.if_contains("posts");
    if (posts == nullptr || !posts->is_array()) return invalid("expected a list", "posts");
    DirectoryEdit edit;
    for (const auto& post : posts->get_array())
        if (post.is_string()) edit.posts.emplace(std::string(post.get_string()));
    return edit;
}

}  // namespace

EditResult edit_directory(Directory& directory, const DirectoryChange& change, time::Instant now) {
    const auto& data = change.data;
    if (change.kind == "put_person") return put_person(directory, data);
    if (change.kind == "disable_person") return disable_person(directory, data);
    if (change.kind == "put_term") return put_term(directory, data);
    if (change.kind == "end_term") return end_term(directory, data, now);
    if (change.kind == "put_absence") return put_absence(directory, data);
    if (change.kind == "drop_absence") return drop_absence(directory, data);
    if (change.kind == "seed") return seed(directory, data);
    if (change.kind == "time_passed") return time_passed(directory, data, now);
    if (change.kind == "posts_changed") return posts_changed(data);
    return invalid("no such change: " + change.kind, "kind");
}

}  // namespace jinqiao::engine::runtime
