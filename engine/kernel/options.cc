// Who may do what on a case, and what is possible now.
#include <algorithm>

#include "engine/kernel/decide.h"

namespace jinqiao::engine::kernel {

using model::Actor;
using model::Case;

namespace {

bool has(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// A role alone is enough for those who serve the whole zone; enterprise unions and departments
// need a tie to the case as well.
bool word_fits(std::string_view word, const Actor& actor, const std::vector<std::string>& ties,
               bool new_case) {
    if (actor.has(word)) {
        if (word == "enterprise_union")
            return new_case || has(ties, "enterprise") || has(ties, "filer");
        if (word == "department") return new_case || has(ties, "department");
        return true;
    }
    return has(ties, word);
}

// Holders of the post and its deputies of the same post; of the posts behind it only whoever stands
// first while nobody of the post itself can act.
bool stands_for(const policy::Directory& directory, const model::PersonId& person,
                const model::PostId& post, time::Instant now) {
    const auto chain = directory.acting(post, now);
    return std::any_of(chain.begin(), chain.end(), [&](const policy::Acting& acting) {
        return acting.person == person && (acting.via == post || &acting == &chain.front());
    });
}

}  // namespace

std::vector<std::string> relations(const Workflow& workflow, const Case& kase, const Actor& actor,
                                   const policy::Directory& directory, time::Instant now) {
    std::vector<std::string> out;
    if (!actor.account.empty() && actor.account == kase.filer_account) out.emplace_back("filer");
    if (!actor.enterprise.empty() && actor.enterprise == kase.enterprise)
        out.emplace_back("enterprise");
    if (!actor.department.empty())
        for (const auto& assignment : kase.assignments)
            if (assignment.addressee ==
                model::Addressee{model::Addressee::Kind::department, actor.department.value}) {
                out.emplace_back("department");
                break;
            }
    if (actor.person.empty()) return out;
    if (stands_for(directory, actor.person, kase.owner.post, now)) out.emplace_back("own");
    if (kase.offer && stands_for(directory, actor.person, kase.offer->to, now))
        out.emplace_back("addressee");
    const bool approver =
        std::any_of(kase.requests.begin(), kase.requests.end(), [&](const model::Request& request) {
            return request.state == model::RequestState::pending &&
                   stands_for(directory, actor.person, request.approver, now);
        });
    if (approver) out.emplace_back("approver");
    for (auto& more : workflow.relations(kase, actor.person)) out.push_back(std::move(more));
    return out;
}

bool may(const Workflow& workflow, const Case& kase, const Action& action, const Actor& actor,
         const policy::Directory& directory, time::Instant now) {
    if (actor.kind == Actor::Kind::engine) return true;
    const bool new_case = kase.seq == 0;
    const auto ties = relations(workflow, kase, actor, directory, now);
    if (!new_case && kase.confidentiality == model::Confidentiality::restricted &&
        !has(ties, "own") && !has(ties, "approver") && !has(ties, "addressee") &&
        !has(ties, "filer"))
        return false;
    return std::any_of(action.who.begin(), action.who.end(), [&](const std::string& word) {
        return word_fits(word, actor, ties, new_case);
    });
}

std::vector<Option> options(const Workflow& workflow, const Case& kase, const Actor& actor,
                            const Facts& facts, const policy::Policy& policy,
                            const time::Calendar& calendar, time::Instant now) {
    model::Command command;
    command.target = kase.id;
    command.actor = actor;
    const Draft draft(kase, command, {&workflow, &policy, &calendar, &facts, now});
    std::vector<Option> out;
    for (const auto& action : workflow.actions()) {
        if (action.name == "file") continue;
        if (!may(workflow, kase, action, actor, *facts.directory, now)) continue;
        out.push_back({&action, workflow.blocked(draft, action)});
    }
    return out;
}

std::vector<std::string> lacking(const Case& kase, const policy::Directory& directory,
                                 time::Instant now) {
    std::vector<std::string> out;
    if (!kase.open) return out;
    if (kase.owner.post.empty() || !directory.posts.contains(kase.owner.post))
        out.emplace_back("owner");
    const bool due = std::any_of(kase.clocks.begin(), kase.clocks.end(), [](const auto& clock) {
        return clock.open() && clock.cls != model::ClockClass::reference &&
               clock.state != model::ClockState::suspended && clock.next_at;
    });
    if (!due) out.emplace_back("due");
    if (kase.regions.empty() || kase.regions.front().state.empty()) out.emplace_back("next_action");
    const model::Addressee owner{model::Addressee::Kind::post, kase.owner.post.value};
    if (!directory.reach(owner, now).reachable()) out.emplace_back("addressee");
    return out;
}

}  // namespace jinqiao::engine::kernel
