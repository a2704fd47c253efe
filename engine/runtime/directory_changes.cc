#include "engine/runtime/directory_changes.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "engine/model/codec.h"
#include "engine/policy/coverage.h"
#include "engine/policy/directory_codec.h"
#include "engine/policy/duty.h"
#include "engine/runtime/announcements.h"
#include "engine/runtime/calendar_change.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/command_runner.h"
#include "engine/runtime/digest.h"
#include "engine/runtime/directory_edit.h"
#include "engine/runtime/directory_news.h"
#include "engine/runtime/organisation_change.h"
#include "engine/runtime/personal.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Error;
using model::ErrorCode;
using model::Status;

namespace {

using Concerned = std::set<std::string>;  // as Addressee::text()

// Posts that may act differently, and the departments behind them. Whether somebody acts just now
// is the very thing that changes.
void add_concerned(const policy::Directory& directory, const DirectoryEdit& edit, Concerned& out) {
    const auto posts = policy::depending_on(directory, edit.people, edit.posts);
    for (const auto& post : posts) out.insert("post:" + post.value);
    for (const auto& [id, department] : directory.departments)
        if (posts.contains(department.desk)) out.insert("department:" + id.value);
    for (const auto& person : edit.people) out.insert("person:" + person.value);
}

model::Result<std::vector<model::CaseId>> touched_cases(Transaction& tx,
                                                        const Concerned& concerned) {
    std::vector<model::CaseId> out;
    auto visited = tx.batch().each_case(true, [&](const ports::CaseRow& row) {
        const bool touched =
            std::any_of(row.concerned.begin(), row.concerned.end(),
                        [&](const auto& addressee) { return concerned.contains(addressee); });
        if (touched) out.push_back(row.id);
        return true;
    });
    if (!visited) return visited.error();
    return out;
}

std::vector<model::Command> commands_for(const std::vector<model::CaseId>& cases,
                                         const DirectoryChange& change, const DirectoryEdit& edit,
                                         std::uint64_t seq) {
    std::vector<model::Command> out;
    for (const auto& id : cases) {
        model::Command command;
        command.target = id;
        command.cause = std::string(directory_stream) + '/' + std::to_string(seq);
        command.name = change.kind == "disable_person" ? "person_disabled" : "reassess";
        if (command.name == "person_disabled")
            command.payload["person"] = edit.people.begin()->value;
        out.push_back(std::move(command));
    }
    return out;
}

// Names and addresses of people leave the row before it is hashed.
const kernel::Fields& personal_fields() {
    static const kernel::Fields fields = [] {
        kernel::Field name;
        name.name = "name";
        name.personal = true;
        kernel::Field contacts;
        contacts.name = "contacts";
        contacts.personal = true;
        kernel::Field reason;
        reason.name = "reason";
        reason.personal = true;
        kernel::Field people;
        people.name = "people";
        people.type = kernel::FieldType::object;
        people.list = true;
        people.fields = {name, contacts};
        return kernel::Fields{name, contacts, reason, people};
    }();
    return fields;
}

// Up to when time has been dealt with, whether or not that changed anything.
Status remember_passed(Transaction& tx, const DirectoryChange& change) {
    if (change.kind != "time_passed") return model::Done{};
    const auto until = policy::decode_instant(change.data, "until");
    const auto passed = until && *until ? **until : tx.now();
    return tx.batch().put_meta(directory_passed_meta, std::to_string(time::to_ms(passed)));
}

// Those in charge have been told of it, or that it is over.
Status remember_alarm(Transaction& tx, const DirectoryChange& change) {
    if (change.kind == "alarm_over") return tx.batch().put_meta(alarm_meta, "[]");
    if (change.kind != "alarm") return model::Done{};
    return tx.batch().put_meta(alarm_meta, json::serialize(change.data.at("what")));
}

// Whom the directory told of what by itself: evidence that a gap was announced in time.
json::array encode(const std::vector<DirectoryNews>& news) {
    json::array out;
    for (const auto& item : news)
        out.push_back(
            json::object{{"name", item.event}, {"to", item.to.text()}, {"data", item.vars}});
    return out;
}

model::Result<std::uint64_t> append_row(const Tools& tools, Transaction& tx,
                                        const DirectoryChange& change,
                                        const std::vector<DirectoryNews>& news,
                                        policy::Directory& next) {
    auto last = tx.batch().last_history(std::string(directory_stream));
    if (!last) return last.error();
    const std::uint64_t seq = *last ? (*last)->seq + 1 : 1;
    const model::CaseId stream{std::string(directory_stream)};
    auto taken = extract_personal(tx.batch(), *tools.parts.ids, personal_fields(), change.data,
                                  {stream, seq, tx.now(), {}});
    if (!taken) return taken.error();
    tx.writing(true);
    for (const auto& row : taken->rows)
        if (auto put = tx.batch().put_personal(row); !put) return put.error();

    next.seq = seq;
    const std::string rows = json::serialize(policy::encode_rows(next));
    json::object body{{"command", json::object{{"name", change.kind},
                                               {"actor", model::encode(change.actor)},
                                               {"payload", std::move(taken->payload)}}},
                      {"state_sha256", sha256_hex(rows)}};
    if (!news.empty()) body["told"] = encode(news);
    const auto row = chained(stream, seq, tx.now(), body, *last ? (*last)->hash : first_link());
    if (auto done = tx.batch().append_history(row); !done) return done.error();
    if (auto done = tx.batch().put_meta(directory_meta, rows); !done) return done.error();
    if (auto done = remember_passed(tx, change); !done) return done.error();
    if (auto done = remember_alarm(tx, change); !done) return done.error();
    tx.writing(false);
    return seq;
}

// Where a gap may have opened or closed: what depends on whoever the change is about. All posts
// where everything may be new, or nobody could be told before.
std::set<model::PostId> posts_to_look_at(const policy::Directory& before,
                                         const policy::Directory& after, const DirectoryEdit& edit,
                                         const DirectoryChange& change) {
    std::set<model::PostId> posts = edit.posts;
    if (change.kind == "seed" || change.kind == "posts_changed" || change.world || edit.anew) {
        for (const auto& [id, post] : after.posts) posts.insert(id);
        return posts;
    }
    auto people = edit.people;
    people.insert(edit.nearing.begin(), edit.nearing.end());
    if (people.empty() && posts.empty()) return posts;
    posts = policy::depending_on(before, people, std::move(posts));
    return policy::depending_on(after, people, std::move(posts));
}

// From here on everything is decided under the new configuration: first whatever hangs on the
// calendar, as when the program starts under another one.
Status take_over(const Tools& tools, Transaction& tx, const DirectoryChange& change) {
    tx.use_world(change.world);
    tx.writing(true);
    if (auto done = remember_organisation(tx.batch(), *change.world->directory); !done) return done;
    tx.writing(false);
    const auto reckoned = reckon_anew(tools, tx);
    if (const auto* error = std::get_if<Error>(&reckoned)) return *error;
    return model::Done{};
}

// Which posts a reload changed is part of its record.
DirectoryChange recorded(DirectoryChange change, const DirectoryEdit& edit) {
    if (!change.world) return change;
    json::array posts;
    for (const auto& post : edit.posts) posts.emplace_back(post.value);
    change.data["posts"] = std::move(posts);
    return change;
}

model::Result<DirectoryEdit> edit_of(const Transaction& tx, policy::Directory& next,
                                     const DirectoryChange& change) {
    if (!change.world) return edit_directory(next, change, tx.now());
    auto laid = lay_people(tx.directory(), *change.world->directory);
    if (!laid) return laid.error();
    next = std::move(*laid);
    return organisation_edit(tx.directory(), next, tx.now());
}

}  // namespace

Answer change_directory(const Tools& tools, Transaction& tx, const DirectoryChange& change) {
    auto next = std::make_shared<policy::Directory>(tx.directory());
    auto edit = edit_of(tx, *next, change);
    if (!edit) return edit.error();
    edit->anew = !can_announce(tx.directory(), tx.now()) && can_announce(*next, tx.now());
    auto news = announce(*next, tx.now(), posts_to_look_at(tx.directory(), *next, *edit, change));
    news.insert(news.begin(), edit->news.begin(), edit->news.end());
    // Seeding is repeated at each start, and a shift may go on to the same person: what changes
    // nothing leaves no row.
    if (edit->empty() && news.empty()) {
        if (auto done = remember_passed(tx, change); !done) return done.error();
        return Accepted{};
    }

    Concerned concerned;
    add_concerned(tx.directory(), *edit, concerned);
    add_concerned(*next, *edit, concerned);
    auto cases = touched_cases(tx, concerned);
    if (!cases) return cases.error();

    auto seq = append_row(tools, tx, recorded(change, *edit), news, *next);
    if (!seq) return seq.error();
    tx.use_directory(std::move(next));
    if (change.world)
        if (auto done = take_over(tools, tx, change); !done) return done.error();
    if (auto done = write_directory_news(tools, tx, *seq, news); !done) return done.error();
    CommandRunner runner(tools, tx);
    if (auto done = runner.run_beside(commands_for(*cases, change, *edit, *seq)); !done)
        return done.error();

    Accepted accepted;
    accepted.events.push_back(
        {change.kind, {{"seq", *seq}, {"cases", static_cast<std::int64_t>(cases->size())}}});
    return accepted;
}

model::Result<std::uint64_t> record_beside(const Tools& tools, Transaction& tx,
                                           const DirectoryChange& change) {
    auto next = std::make_shared<policy::Directory>(tx.directory());
    auto seq = append_row(tools, tx, change, {}, *next);
    if (seq) tx.use_directory(std::move(next));
    return seq;
}

model::Result<policy::Directory> load_directory(ports::Reader& reader, policy::Directory base) {
    auto stored = reader.meta(directory_meta);
    if (!stored) return stored.error();
    if (!*stored) return base;
    boost::system::error_code failure;
    const auto rows = json::parse(**stored, failure);
    if (failure || !rows.is_object())
        return Error{ErrorCode::corrupt, "the stored directory is not a JSON object", "directory"};
    if (auto done = policy::decode_rows(rows.get_object(), base); !done)
        return Error{ErrorCode::corrupt, done.error().what, "directory." + done.error().where};
    return base;
}

std::optional<time::Instant> next_boundary(const policy::Directory& directory,
                                           time::Instant after) {
    std::optional<time::Instant> next;
    const auto consider = [&](time::Instant at) {
        if (at > after && (!next || at < *next)) next = at;
    };
    for (const auto& term : directory.terms) {
        consider(term.from);
        if (term.until) consider(*term.until);
    }
    for (const auto& absence : directory.absences) {
        consider(absence.from);
        consider(absence.until);
    }
    if (const auto at = policy::next_duty_change(directory, after)) consider(*at);
    if (const auto at = next_announcement(directory, after)) consider(*at);
    return next;
}

}  // namespace jinqiao::engine::runtime
