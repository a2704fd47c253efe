#include "adapters/cli/replay/staff.h"

#include <algorithm>

namespace jinqiao::adapters::cli::replay {

using engine::model::Actor;
using engine::model::DepartmentId;
using engine::model::PersonId;
using engine::model::PostId;
using engine::policy::Directory;
using engine::time::Instant;

namespace {

constexpr const char* union_chair = "reporter";

}  // namespace

Directory staff(Directory organisation) {
    const Instant always = engine::time::from_ms(0);  // 1970; no row is older
    organisation.people.clear();
    organisation.terms.clear();
    organisation.absences.clear();
    organisation.channels.insert(replay_channel);
    for (auto& [id, post] : organisation.posts) {
        post.contacts = {{replay_channel, id.value}};
        for (int rank = 0; rank < 2; ++rank) {
            engine::policy::Person person;
            person.id = PersonId(id.value + "." + std::to_string(rank + 1));
            person.name = person.id.value;
            person.contacts = {{replay_channel, person.id.value}};
            organisation.terms.push_back({person.id, id, rank, always, std::nullopt});
            organisation.people[person.id] = std::move(person);
        }
    }
    for (auto& [id, department] : organisation.departments)
        department.contacts = {{replay_channel, id.value}};
    engine::policy::Person filer;
    filer.id = PersonId(union_chair);
    filer.name = union_chair;
    filer.contacts = {{replay_channel, union_chair}};
    organisation.people[filer.id] = std::move(filer);
    return organisation;
}

Actors::Actors(const Directory& directory) : directory_(directory) {
    for (const auto& term : directory.terms) {
        Actor& actor = actors_[term.person.value];
        actor.kind = Actor::Kind::person;
        actor.account = engine::model::AccountId(term.person.value);
        actor.person = term.person;
        const auto post = directory.posts.find(term.post);
        if (post == directory.posts.end()) continue;
        for (const std::string& role : post->second.roles)
            if (std::find(actor.roles.begin(), actor.roles.end(), role) == actor.roles.end())
                actor.roles.push_back(role);
        for (const auto& [id, department] : directory.departments)
            if (department.desk == term.post) actor.department = id;
    }
    reporter_.kind = Actor::Kind::person;
    reporter_.account = engine::model::AccountId(union_chair);
    reporter_.person = PersonId(union_chair);
    reporter_.roles = {"enterprise_union"};
}

const Actor* Actors::of(const std::string& person) const {
    const auto found = actors_.find(person);
    return found == actors_.end() ? nullptr : &found->second;
}

const Actor* Actors::for_post(const std::string& post, Instant now) const {
    const auto acting = directory_.acting(PostId(post), now);
    return acting.empty() ? nullptr : of(acting.front().person.value);
}

const Actor* Actors::for_department(const std::string& department, Instant now) const {
    const auto found = directory_.departments.find(DepartmentId(department));
    return found == directory_.departments.end() ? nullptr
                                                 : for_post(found->second.desk.value, now);
}

}  // namespace jinqiao::adapters::cli::replay
