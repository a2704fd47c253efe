#include "engine/policy/directory.h"

#include <algorithm>

#include "engine/policy/policy.h"

namespace jinqiao::engine::policy {

using model::Addressee;
using model::PersonId;
using model::PostId;

namespace {

bool in_force(const Term& term, time::Instant at) {
    return term.from <= at && (!term.until || at < *term.until);
}

bool can_act(const Directory& directory, const PersonId& id, time::Instant at) {
    const auto person = directory.people.find(id);
    return person != directory.people.end() && person->second.enabled && !directory.absent(id, at);
}

// The people of one post, without its deputies.
std::vector<Acting> people_of(const Directory& directory, const PostId& post, time::Instant at) {
    std::vector<Acting> here;
    for (const auto& term : directory.terms)
        if (term.post == post && in_force(term, at) && can_act(directory, term.person, at))
            here.push_back({term.person, post, term.rank});
    std::stable_sort(here.begin(), here.end(),
                     [](const Acting& a, const Acting& b) { return a.rank < b.rank; });
    const auto duty = on_duty(directory, post, at);
    if (duty && can_act(directory, duty->person, at))
        here.insert(here.begin(), {duty->person, post, 0, true});
    return here;
}

void add_once(std::vector<Acting>& out, std::vector<Acting> more) {
    for (auto& acting : more)
        if (std::none_of(out.begin(), out.end(),
                         [&](const Acting& known) { return known.person == acting.person; }))
            out.push_back(std::move(acting));
}

// Depth first through the deputies; a post already visited ends a cycle silently here (the checker
// reports it). The natural deputy stands in itself; who would stand in for it comes last.
void collect(const Directory& directory, const PostId& post, time::Instant at,
             std::vector<PostId>& visited, std::vector<Acting>& out) {
    if (std::find(visited.begin(), visited.end(), post) != visited.end()) return;
    visited.push_back(post);
    add_once(out, people_of(directory, post, at));
    const auto found = directory.posts.find(post);
    if (found == directory.posts.end()) return;
    const auto local = [&](const PostId& id) {
        return directory.post_in(found->second.enterprise, id);
    };
    const PostId natural = local(found->second.natural_deputy);
    if (!natural.empty()) add_once(out, people_of(directory, natural, at));
    for (const auto& deputy : found->second.deputies)
        collect(directory, local(deputy), at, visited, out);
    if (!natural.empty()) collect(directory, natural, at, visited, out);
}

}  // namespace

bool Directory::absent(const PersonId& person, time::Instant at) const {
    return std::any_of(absences.begin(), absences.end(), [&](const Absence& absence) {
        return absence.person == person && absence.from <= at && at < absence.until;
    });
}

std::vector<Acting> Directory::acting(const PostId& post, time::Instant at) const {
    std::vector<PostId> visited;
    std::vector<Acting> out;
    collect(*this, post, at, visited, out);
    return out;
}

bool Directory::holds(const PersonId& person, const PostId& post, time::Instant at) const {
    return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
        return term.person == person && term.post == post && in_force(term, at);
    });
}

bool Directory::acts_for(const PersonId& person, const PostId& post, time::Instant at) const {
    if (person.empty()) return false;
    const auto chain = acting(post, at);
    return std::any_of(chain.begin(), chain.end(),
                       [&](const Acting& acting) { return acting.person == person; });
}

PostId Directory::post_in(const model::EnterpriseId& enterprise, const PostId& post) const {
    if (enterprise.empty() || post.empty()) return post;
    for (const auto& [id, candidate] : posts)
        if (candidate.enterprise == enterprise && candidate.stands_for == post) return id;
    return post;
}

std::vector<PostId> Directory::deputies_of(const PostId& post) const {
    std::vector<PostId> out;
    const auto found = posts.find(post);
    if (found == posts.end()) return out;
    const auto add = [&](const PostId& deputy) {
        const auto id = post_in(found->second.enterprise, deputy);
        if (!id.empty() && id != post && std::find(out.begin(), out.end(), id) == out.end())
            out.push_back(id);
    };
    add(found->second.natural_deputy);
    for (const auto& deputy : found->second.deputies) add(deputy);
    return out;
}

int reserve_needed(Unit unit) {
    switch (unit) {
        case Unit::none:
            return 0;
        case Unit::independent:
            return 1;
        case Unit::joint:
            return 2;
    }
    return 0;
}

std::vector<PostId> Directory::posts_of(const PersonId& person, time::Instant at) const {
    std::vector<PostId> out;
    for (const auto& term : terms)
        if (term.person == person && in_force(term, at)) out.push_back(term.post);
    return out;
}

namespace {

// Contacts whose channel exists; an empty address means the id of what was addressed.
std::vector<Way> usable(const Directory& directory, const std::vector<Contact>& contacts,
                        const std::string& id, const PersonId& whose = {}) {
    std::vector<Way> out;
    for (const auto& contact : contacts)
        if (directory.channels.contains(contact.channel))
            out.push_back({{contact.channel, contact.address.empty() ? id : contact.address,
                            contact.confirmed_at},
                           whose});
    return out;
}

Reach reach_person(const Directory& directory, const PersonId& id, time::Instant at) {
    const auto person = directory.people.find(id);
    if (person == directory.people.end()) return {{}, id, "person unknown"};
    if (!person->second.enabled) return {{}, id, "person disabled"};
    if (directory.absent(id, at)) return {{}, id, "person absent"};
    Reach out{usable(directory, person->second.contacts, id.value, id), id, {}};
    if (person->second.contacts.empty())
        out.reason = "person has no channel";
    else if (!out.reachable())
        out.reason = "no working channel";
    return out;
}

// The desk's own address comes first; its people's follow. A desk nobody staffs is not reachable,
// even if its mailbox exists: a message nobody reads is a silent skip.
Reach reach_post(const Directory& directory, const PostId& id, time::Instant at) {
    const auto post = directory.posts.find(id);
    if (post == directory.posts.end()) return {{}, {}, "post unknown"};
    const auto chain = directory.acting(id, at);
    if (chain.empty()) return {{}, {}, "nobody holds the post"};
    Reach out{usable(directory, post->second.contacts, id.value), chain.front().person, {}};
    for (const auto& acting : chain) {
        auto personal = reach_person(directory, acting.person, at);
        if (personal.reachable() && out.contacts.empty()) out.person = acting.person;
        out.contacts.insert(out.contacts.end(), personal.contacts.begin(), personal.contacts.end());
    }
    if (out.contacts.empty())
        out.reason = "no working channel";
    else if (chain.front().via != id)
        out.reason = "deputy post " + chain.front().via.value;
    return out;
}

// Its own mailbox, then its desk's.
Reach reach_department(const Directory& directory, const std::string& id, time::Instant at) {
    const auto department = directory.departments.find(model::DepartmentId{id});
    if (department == directory.departments.end()) return {{}, {}, "department unknown"};
    const auto desk = reach_post(directory, department->second.desk, at);
    // As for a post: a mailbox nobody reads is a silent skip.
    if (!department->second.desk.empty() && desk.person.empty()) return {{}, {}, desk.reason};
    Reach out{usable(directory, department->second.contacts, id), desk.person, {}};
    out.contacts.insert(out.contacts.end(), desk.contacts.begin(), desk.contacts.end());
    if (out.contacts.empty()) out.reason = "department has no working channel";
    return out;
}

}  // namespace

namespace {

// A desk's mailbox may be its people's as well. One way is tried once.
void drop_repeated(std::vector<Way>& contacts) {
    std::vector<Way> once;
    for (auto& contact : contacts)
        if (std::find(once.begin(), once.end(), contact) == once.end())
            once.push_back(std::move(contact));
    contacts = std::move(once);
}

Reach reach_any(const Directory& directory, const Addressee& addressee, time::Instant at) {
    switch (addressee.kind) {
        case Addressee::Kind::department:
            return reach_department(directory, addressee.id, at);
        case Addressee::Kind::post:
            return reach_post(directory, PostId{addressee.id}, at);
        case Addressee::Kind::person:
            return reach_person(directory, PersonId{addressee.id}, at);
    }
    return {};
}

}  // namespace

Reach Directory::reach(const Addressee& addressee, time::Instant at) const {
    auto out = reach_any(*this, addressee, at);
    drop_repeated(out.contacts);
    return out;
}

const ClockRule* Policy::clock(std::string_view name) const {
    const auto found = clocks.find(std::string(name));
    return found == clocks.end() ? nullptr : &found->second;
}

}  // namespace jinqiao::engine::policy
