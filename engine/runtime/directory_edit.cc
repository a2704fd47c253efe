#include "engine/runtime/directory_edit.h"

#include <algorithm>

#include "engine/policy/directory_codec.h"
#include "engine/policy/duty.h"
#include "engine/runtime/directory_duty.h"
#include "engine/runtime/refuse.h"

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

model::Result<PersonId> known_person(const Directory& directory, const std::string& id) {
    if (!directory.people.contains(PersonId{id}))
        return invalid("directory.person_unknown", "person");
    return PersonId{id};
}

// A way that was known keeps the day on which it was confirmed; a new one is confirmed by being
// entered. The payload cannot claim another day.
void date_contacts(policy::Person& person, const policy::Person* known, time::Instant now) {
    for (auto& contact : person.contacts) {
        contact.confirmed_at = now;
        if (known == nullptr) continue;
        const auto same = std::find(known->contacts.begin(), known->contacts.end(), contact);
        if (same != known->contacts.end()) contact.confirmed_at = same->confirmed_at;
    }
}

// Whoever corrects a name takes away no contact, ends nobody's night's rest, and brings nobody
// back.
void keep_unsaid(policy::Person& person, const policy::Person& before, const json::object& data) {
    person.reminded_at = before.reminded_at;
    if (!data.contains("contacts")) person.contacts = before.contacts;
    if (!data.contains("quiet")) person.quiet = before.quiet;
    if (!data.contains("enabled")) person.enabled = before.enabled;
    if (!data.contains("language")) person.language = before.language;
}

EditResult put_person(Directory& directory, const json::object& data, time::Instant now) {
    auto person = policy::decode_person(data);
    if (!person) return person.error();
    const auto id = person->id;
    const auto known = directory.people.find(id);
    const auto* before = known != directory.people.end() ? &known->second : nullptr;
    if (before != nullptr) keep_unsaid(*person, *before, data);
    date_contacts(*person, before, now);
    directory.people[id] = std::move(*person);
    return DirectoryEdit{{id}};
}

EditResult set_quiet(Directory& directory, const json::object& data) {
    auto id = known_person(directory, text_of(data, "person"));
    if (!id) return id.error();
    auto windows = policy::decode_quiet(data);
    if (!windows) return windows.error();
    directory.people[*id].quiet = std::move(*windows);
    DirectoryEdit edit;
    edit.rows = true;
    return edit;
}

EditResult confirm_contacts(Directory& directory, const json::object& data, time::Instant now) {
    auto id = known_person(directory, text_of(data, "person"));
    if (!id) return id.error();
    auto& person = directory.people[*id];
    for (auto& contact : person.contacts) contact.confirmed_at = now;
    person.reminded_at.reset();
    DirectoryEdit edit;
    edit.rows = true;
    return edit;
}

EditResult disable_person(Directory& directory, const json::object& data, time::Instant now) {
    auto id = known_person(directory, text_of(data, "person"));
    if (!id) return id.error();
    directory.people[*id].enabled = false;
    DirectoryEdit edit{{*id}};
    // The shifts ahead as far as gaps are looked for: the rota still names the person.
    const policy::Absence gone{*id, now, now + directory.announcements.gap_before};
    tell_open_shifts(directory, gone, now, edit);
    return edit;
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
    if (!directory.posts.contains(term.post)) return invalid("directory.post_unknown", "post");
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
    if (!found) return invalid("directory.term_unknown", "post");
    // A term that ends as it begins never was.
    std::erase_if(directory.terms,
                  [](const Term& term) { return term.until && *term.until <= term.from; });
    return DirectoryEdit{{person}};
}

EditResult put_absence(Directory& directory, const json::object& data, time::Instant now) {
    auto absence = policy::decode_absence(data);
    if (!absence) return absence.error();
    if (auto person = known_person(directory, absence->person.value); !person)
        return person.error();
    std::erase_if(directory.absences, [&](const Absence& known) {
        return known.person == absence->person && known.from == absence->from;
    });
    directory.absences.push_back(*absence);
    DirectoryEdit edit{{absence->person}};
    tell_open_shifts(directory, *absence, now, edit);
    return edit;
}

EditResult drop_absence(Directory& directory, const json::object& data) {
    auto from = policy::decode_instant(data, "from");
    if (!from) return from.error();
    const PersonId person{text_of(data, "person")};
    const auto dropped = std::erase_if(directory.absences, [&](const Absence& known) {
        return known.person == person && (!*from || known.from == **from);
    });
    if (dropped == 0) return invalid("directory.absence_unknown", "from");
    return DirectoryEdit{{person}};
}

// Somebody is back before the time: what runs at `until` ends then, what would have begun after it
// is left alone. With `from`, the one absence that began then and no other; where several overlap,
// those that remain still apply.
EditResult end_absence(Directory& directory, const json::object& data, time::Instant now) {
    auto until = policy::decode_instant(data, "until");
    if (!until) return until.error();
    auto from = policy::decode_instant(data, "from");
    if (!from) return from.error();
    const time::Instant end = until->value_or(now);
    const PersonId person{text_of(data, "person")};
    bool found = false;
    for (auto& absence : directory.absences) {
        if (absence.person != person || absence.until <= end) continue;
        if (*from ? absence.from != **from : absence.from > end) continue;
        absence.until = std::max(end, absence.from);
        found = true;
    }
    if (!found) return invalid("directory.absence_unknown", "from");
    std::erase_if(directory.absences,
                  [](const Absence& absence) { return absence.until <= absence.from; });
    return DirectoryEdit{{person}};
}

// What the configuration ships to begin with. Rows that people have changed since are theirs.
EditResult seed(Directory& directory, const json::object& data, time::Instant now) {
    Directory rows;
    json::object with_seq = data;
    with_seq["seq"] = 0;
    if (auto read = policy::decode_rows(with_seq, rows); !read) return read.error();
    DirectoryEdit edit;
    for (auto& [id, person] : rows.people) {
        date_contacts(person, nullptr, now);
        if (directory.people.try_emplace(id, person).second) edit.people.insert(id);
    }
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
    for (auto& rotation : rows.rotations) {
        const bool known =
            std::any_of(directory.rotations.begin(), directory.rotations.end(),
                        [&](const policy::Rotation& other) {
                            return other.post == rotation.post && other.days == rotation.days;
                        });
        if (known) continue;
        edit.posts.insert(rotation.post);
        directory.rotations.push_back(std::move(rotation));
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

// Everybody with a boundary in (since, until], and posts whose duty passed on; the change itself
// edits nothing.
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
    const auto near = [&](time::Instant at) {
        return crossed(at - directory.announcements.gap_before);
    };
    for (const auto& term : directory.terms)
        if (term.until && near(*term.until)) edit.nearing.insert(term.person);
    for (const auto& absence : directory.absences)
        if (near(absence.from)) edit.nearing.insert(absence.person);
    for (const auto& row : directory.overrides)
        if (near(row.until)) edit.nearing.insert(row.person);
    // A shift that goes on to the same person concerns nobody.
    for (const auto& [id, post] : directory.posts) {
        const auto before = policy::on_duty(directory, id, since->value_or(time::Instant{}));
        const auto after = policy::on_duty(directory, id, until->value_or(now));
        if ((before ? before->person : PersonId{}) != (after ? after->person : PersonId{}))
            edit.posts.insert(id);
    }
    return edit;
}

// On record and nothing else: whoever holds the timers goes on once a clock is confirmed, and a
// configuration that was refused has changed nothing.
EditResult on_record() {
    DirectoryEdit edit;
    edit.rows = true;
    return edit;
}

// The auditor has found something, or finds it no longer. It changes nobody; it is told to whoever
// hears of gaps, or where nobody is to, to the fallback desk, by day and by night.
EditResult alarm(const Directory& directory, const DirectoryChange& change) {
    const auto* what = change.data.if_contains("what");
    if (what == nullptr || !what->is_array()) return invalid("directory.list", "what");
    DirectoryEdit edit;
    edit.rows = true;
    auto posts = directory.announcements.gaps_to;
    if (posts.empty()) posts.push_back(directory.fallback);
    for (const auto& post : posts)
        edit.news.push_back(
            {change.kind, {model::Addressee::Kind::post, post.value}, {{"what", *what}}, true});
    return edit;
}

// The configuration changed posts or departments while cases depend on them.
EditResult posts_changed(const json::object& data) {
    const auto* posts = data.if_contains("posts");
    if (posts == nullptr || !posts->is_array()) return invalid("directory.list", "posts");
    DirectoryEdit edit;
    for (const auto& post : posts->get_array())
        if (post.is_string()) edit.posts.emplace(std::string(post.get_string()));
    return edit;
}

}  // namespace

EditResult edit_directory(Directory& directory, const DirectoryChange& change, time::Instant now) {
    const auto& data = change.data;
    if (auto edit = edit_duty(directory, change, now)) return std::move(*edit);
    if (change.kind == "put_person") return put_person(directory, data, now);
    if (change.kind == "set_quiet") return set_quiet(directory, data);
    if (change.kind == "confirm_contacts") return confirm_contacts(directory, data, now);
    if (change.kind == "disable_person") return disable_person(directory, data, now);
    if (change.kind == "put_term") return put_term(directory, data);
    if (change.kind == "end_term") return end_term(directory, data, now);
    if (change.kind == "put_absence") return put_absence(directory, data, now);
    if (change.kind == "drop_absence") return drop_absence(directory, data);
    if (change.kind == "end_absence") return end_absence(directory, data, now);
    if (change.kind == "seed") return seed(directory, data, now);
    if (change.kind == "time_passed") return time_passed(directory, data, now);
    if (change.kind == "posts_changed") return posts_changed(data);
    // test_channel: channel, address (masked); a message goes out to see whether the channel works
    if (change.kind == "confirm_clock" || change.kind == "reload_refused" ||
        change.kind == "test_channel")
        return on_record();
    if (change.kind == "alarm" || change.kind == "alarm_over") return alarm(directory, change);
    return invalid("directory.kind", "kind");
}

}  // namespace jinqiao::engine::runtime
