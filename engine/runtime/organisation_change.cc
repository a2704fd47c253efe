#include "engine/runtime/organisation_change.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>

#include "engine/policy/directory_codec.h"
#include "engine/policy/duty.h"
#include "engine/runtime/digest.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::PersonId;
using model::PostId;
using policy::Directory;

namespace {

std::set<std::string> differing_channels(const Directory& before, const Directory& after) {
    std::set<std::string> out;
    std::set_symmetric_difference(before.channels.begin(), before.channels.end(),
                                  after.channels.begin(), after.channels.end(),
                                  std::inserter(out, out.end()));
    return out;
}

PersonId person_on_duty(const Directory& directory, const PostId& post, time::Instant now) {
    const auto duty = policy::on_duty(directory, post, now);
    return duty ? duty->person : PersonId{};
}

}  // namespace

json::object fingerprint(const Directory& organisation) {
    std::map<std::string, std::string> texts;
    for (const auto& [id, post] : organisation.posts)
        texts[id.value] += json::serialize(policy::encode(post));
    for (const auto& [id, department] : organisation.departments)
        texts[department.desk.value] += json::serialize(policy::encode(department));
    texts["fallback"] = organisation.fallback.value;
    json::object result;
    for (const auto& [post, text] : texts) result[post] = sha256_hex(text);
    return result;
}

std::set<PostId> posts_that_differ(const json::object& before, const json::object& after) {
    std::set<PostId> posts;
    for (const auto& [post, digest] : after)
        if (const auto* old = before.if_contains(post); old == nullptr || *old != digest)
            posts.emplace(std::string(post));
    for (const auto& [post, digest] : before)
        if (!after.contains(post)) posts.emplace(std::string(post));
    return posts;
}

model::Status remember_organisation(ports::Batch& batch, const Directory& organisation) {
    return batch.put_meta(organisation_meta, json::serialize(fingerprint(organisation)));
}

model::Result<Directory> lay_people(const Directory& people, const Directory& organisation) {
    Directory out = organisation;
    if (auto done = policy::decode_rows(policy::encode_rows(people), out); !done)
        return done.error().under("directory");
    return out;
}

DirectoryEdit organisation_edit(const Directory& before, const Directory& after,
                                time::Instant now) {
    DirectoryEdit edit;
    edit.posts = posts_that_differ(fingerprint(before), fingerprint(after));
    if (edit.posts.erase(PostId{"fallback"}) > 0)
        edit.posts.insert({before.fallback, after.fallback});
    edit.rows = true;  // that it was replaced is on record even where nothing differs
    const auto channels = differing_channels(before, after);
    for (const auto& [id, person] : after.people)
        if (std::any_of(person.contacts.begin(), person.contacts.end(),
                        [&](const auto& way) { return channels.contains(way.channel); }))
            edit.people.insert(id);
    for (const auto& [id, post] : after.posts)
        if (person_on_duty(before, id, now) != person_on_duty(after, id, now))
            edit.posts.insert(id);
    return edit;
}

}  // namespace jinqiao::engine::runtime
