// People: every post reaches a human being at every hour, and requests find a second one.
#include <algorithm>

#include "engine/kernel/audience.h"
#include "engine/kernel/proof/parts.h"
#include "engine/policy/coverage.h"

namespace jinqiao::engine::kernel::proof {

using model::Addressee;
using model::PersonId;
using model::PostId;

namespace {

// A mailbox of its own that works, whatever those of its desk are.
bool has_mailbox(const policy::Department& department, const policy::Directory& directory) {
    return std::any_of(
        department.contacts.begin(), department.contacts.end(),
        [&](const auto& contact) { return directory.channels.contains(contact.channel); });
}

// Where a message for the post is sent in some case that was played, and does not arrive.
const Shown* shown_for(const Explored& explored, const policy::Directory& directory,
                       const PostId& post, const policy::Thin& thin) {
    const auto told = [&](const Addressee& who) -> const Shown* {
        const auto found = explored.told.find(who.text());
        return found == explored.told.end() ? nullptr : &found->second;
    };
    if (const auto* shown = told({Addressee::Kind::post, post.value})) return shown;
    for (const auto& [id, department] : directory.departments)
        if (department.desk == post &&
            (thin.reason == "nobody" || !has_mailbox(department, directory)))
            if (const auto* shown = told({Addressee::Kind::department, id.value})) return shown;
    return nullptr;
}

const char* found_as(const policy::Thin& thin) {
    const bool channel = thin.reason != "nobody";
    if (thin.away.empty()) return channel ? "check.proof.no_channel" : "check.proof.nobody_acts";
    return channel ? "check.proof.no_channel_away" : "check.proof.nobody_acts_away";
}

// Posts that the policy names: those that are gone reach nobody.
std::set<PostId> named_posts(const policy::Policy& policy, const policy::Directory& directory) {
    std::set<PostId> out;
    const auto words = audience_words();
    const auto add = [&](const std::vector<std::string>& to) {
        for (const auto& word : to)
            if (std::find(words.begin(), words.end(), word) == words.end() &&
                !directory.departments.contains(model::DepartmentId{word}))
                out.insert(PostId{word});
    };
    for (const auto& ladder : policy.ladders)
        for (const auto& rung : ladder.rungs) add(rung.to);
    for (const auto& [event, notice] : policy.notices) add(notice.to);
    for (const auto& route : policy.routing.routes)
        if (!route.is_department) out.insert(PostId{route.id});
    for (const auto& [state, post] : policy.offers) out.insert(post);
    for (const auto& [kind, request] : policy.requests)
        out.insert(request.approvers.begin(), request.approvers.end());
    if (policy.task_force) out.insert(policy.task_force->post);
    return out;
}

}  // namespace

void prove_reach(const Question& question, const Explored& explored, Findings& out) {
    const auto& directory = *question.world.directory;
    auto posts = named_posts(*question.world.policy, directory);
    for (const auto& [id, post] : directory.posts) posts.insert(id);
    for (const auto& [id, department] : directory.departments) posts.insert(department.desk);
    for (const auto& id : posts) {
        const auto thin = policy::thin(directory, id, question.from, question.until);
        if (!thin) continue;
        std::optional<Shown> shown;
        if (const auto* found = shown_for(explored, directory, id, *thin)) {
            shown = *found;
            shown->at = thin->at;
            shown->absent = thin->away;
        }
        out.push_back({thin->kind == "nobody" ? "reach.nobody" : "reach.fallback_only",
                       {Place::Kind::post, id.value, {}},
                       {"check.proof.reach", {{"post", id.value}}},
                       {found_as(*thin),
                        {{"at", time::to_rfc3339(thin->at, directory.utc_offset)},
                         {"person", thin->away.value}}},
                       shown,
                       false});
    }
}

namespace {

// So many could answer for the post, this person left out.
int answerers(const policy::Directory& directory, const PostId& post, const PersonId& but,
              time::Instant at) {
    const auto chain = directory.acting(post, at);
    return static_cast<int>(
        std::count_if(chain.begin(), chain.end(),
                      [&](const policy::Acting& each) { return each.person != but; }));
}

}  // namespace

void prove_requests(const Question& question, const Explored& explored, Findings& out) {
    const auto& directory = *question.world.directory;
    for (const auto& [kind, rule] : question.world.policy->requests) {
        for (std::size_t i = 0; i < rule.approvers.size(); ++i) {
            const auto short_of = [&](const PostId& owner) {
                const auto chain = directory.acting(owner, question.from);
                return !chain.empty() &&
                       answerers(directory, rule.approvers[i], chain.front().person,
                                 question.from) < rule.needed;
            };
            const auto owner =
                std::find_if(explored.owners.begin(), explored.owners.end(), short_of);
            if (owner == explored.owners.end()) continue;
            out.push_back({"request.second_person",
                           {Place::Kind::request, kind, std::to_string(i)},
                           {"check.proof.second_person", {{"n", std::to_string(rule.needed)}}},
                           {"check.proof.answerers",
                            {{"post", rule.approvers[i].value}, {"owner", owner->value}}},
                           {},
                           false});
            break;
        }
    }
}

}  // namespace jinqiao::engine::kernel::proof
