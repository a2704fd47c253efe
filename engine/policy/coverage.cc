#include "engine/policy/coverage.h"

#include <algorithm>
#include <map>
#include <set>

namespace jinqiao::engine::policy {

using model::Addressee;
using model::PersonId;
using model::PostId;
using time::Instant;

namespace {

struct Found {
    std::string kind;  // of the gap; empty: none
    std::string reason;
};

Found gap_of(const Directory& directory, const PostId& post, Instant at) {
    const auto reach = directory.reach({Addressee::Kind::post, post.value}, at);
    if (!reach.reachable()) return {"nobody", reach.reason};
    if (post == directory.fallback) return {};
    const auto chain = directory.acting(post, at);
    if (!chain.empty() && chain.front().via == directory.fallback)
        return {"fallback_only", reach.reason};
    return {};
}

std::string why(const Directory& directory, const PostId& post, const Acting& acting) {
    if (acting.via == post) return acting.on_duty ? "duty" : acting.rank == 0 ? "holder" : "deputy";
    const auto& of = directory.posts.at(post);
    const bool natural = !of.natural_deputy.empty() &&
                         acting.via == directory.post_in(of.enterprise, of.natural_deputy);
    return natural ? "natural_deputy" : "deputy_post";
}

ToldPerson told(const Directory& directory, const PostId& post, const Acting& acting, Instant at) {
    ToldPerson out{acting.person, acting.via, why(directory, post, acting), {}, {}};
    const auto reach = directory.reach({Addressee::Kind::person, acting.person.value}, at);
    for (const auto& way : reach.contacts) out.channels.push_back(way.channel);
    if (reach.reachable())
        out.held_until = held_until(directory, reach.contacts.front(), false, at);
    return out;
}

// The post with everybody who might stand in for it, however indirectly.
std::set<PostId> line_of(const Directory& directory, const PostId& post) {
    std::set<PostId> line;
    std::vector<PostId> open{post};
    while (!open.empty()) {
        const auto id = open.back();
        open.pop_back();
        if (!line.insert(id).second) continue;
        for (const auto& deputy : directory.deputies_of(id)) open.push_back(deputy);
    }
    return line;
}

// Where somebody in the line begins or ceases to be able to act.
std::set<Instant> boundaries(const Directory& directory, const std::set<PostId>& line) {
    std::set<Instant> out;
    std::set<PersonId> people;
    for (const auto& term : directory.terms) {
        if (!line.contains(term.post)) continue;
        people.insert(term.person);
        out.insert(term.from);
        if (term.until) out.insert(*term.until);
    }
    for (const auto& row : directory.overrides) {
        if (!line.contains(row.post)) continue;
        people.insert(row.person);
        out.insert({row.from, row.until});
    }
    for (const auto& absence : directory.absences)
        if (people.contains(absence.person)) out.insert({absence.from, absence.until});
    return out;
}

void add_gaps(const Directory& directory, const PostId& post, Instant from, Instant until,
              std::vector<Gap>& out) {
    const auto cuts = boundaries(directory, line_of(directory, post));
    std::optional<Gap> open;
    const auto look = [&](Instant at) {
        const auto found = gap_of(directory, post, at);
        if (open && open->kind == found.kind) return;
        if (open) {
            open->until = at;
            out.push_back(*std::exchange(open, std::nullopt));
        }
        if (!found.kind.empty() && at < until) open = Gap{post, found.kind, at, {}};
    };
    look(from);
    for (auto cut = cuts.upper_bound(from); cut != cuts.end(); ++cut) {
        if (*cut >= until && !open) break;
        look(*cut);
    }
    if (open) out.push_back(*open);
}

}  // namespace

namespace {

bool has_channel(const Directory& directory, const std::vector<Contact>& contacts) {
    return std::any_of(contacts.begin(), contacts.end(), [&](const Contact& contact) {
        return directory.channels.contains(contact.channel);
    });
}

// The post with one person away: what gap_of() would find.
std::optional<Thin> thin_at(const Directory& directory, const Post& post,
                            const std::vector<Acting>& chain, const PersonId& away, Instant at) {
    const auto stays = [&](const Acting& acting) { return acting.person != away; };
    const auto first = std::find_if(chain.begin(), chain.end(), stays);
    if (first == chain.end()) return Thin{at, away, "nobody", "nobody"};
    const bool heard = has_channel(directory, post.contacts) ||
                       std::any_of(chain.begin(), chain.end(), [&](const Acting& acting) {
                           const auto person = directory.people.find(acting.person);
                           return stays(acting) && person != directory.people.end() &&
                                  has_channel(directory, person->second.contacts);
                       });
    if (!heard) return Thin{at, away, "nobody", "no channel"};
    if (post.id != directory.fallback && first->via == directory.fallback)
        return Thin{at, away, "fallback_only", "nobody"};
    return {};
}

}  // namespace

std::optional<Thin> thin(const Directory& directory, const PostId& post, Instant from,
                         Instant until) {
    const auto of = directory.posts.find(post);
    if (of == directory.posts.end()) return Thin{from, {}, "nobody", "nobody"};
    auto instants = boundaries(directory, line_of(directory, post));
    instants.insert(from);
    std::optional<Thin> with_one_away;
    for (auto at = instants.lower_bound(from); at != instants.end() && *at < until; ++at) {
        const auto chain = directory.acting(post, *at);
        if (auto found = thin_at(directory, of->second, chain, {}, *at)) return found;
        for (const auto& acting : chain)
            if (!with_one_away)
                with_one_away = thin_at(directory, of->second, chain, acting.person, *at);
    }
    return with_one_away;
}

PostCoverage coverage_of(const Directory& directory, const PostId& post, Instant at) {
    PostCoverage out;
    out.post = post;
    const auto& of = directory.posts.at(post);
    for (const auto& contact : of.contacts)
        if (directory.channels.contains(contact.channel))
            out.desk_channels.push_back(contact.channel);
    const auto chain = directory.acting(post, at);
    for (const auto& acting : chain) out.chain.push_back(told(directory, post, acting, at));
    const auto found = gap_of(directory, post, at);
    out.gap = found.kind;
    if (!found.kind.empty()) out.reason = found.reason;
    if (const auto duty = on_duty(directory, post, at))
        if (chain.empty() || chain.front().person != duty->person) out.off_duty = duty->person;
    out.reserve_needed = reserve_needed(of.unit);
    out.reserve_found = reserve_of(directory, post, at);
    return out;
}

Coverage coverage(const Directory& directory, Instant at) {
    Coverage out;
    out.at = at;
    for (const auto& [id, post] : directory.posts)
        out.posts.push_back(coverage_of(directory, id, at));
    for (const auto& [id, person] : directory.people)
        for (const auto& contact : person.contacts)
            if (person.enabled && stale(directory, contact, at))
                out.stale.push_back({id, contact.channel, contact.confirmed_at});
    return out;
}

std::vector<Gap> gaps(const Directory& directory, Instant from, Instant until) {
    std::vector<Gap> out;
    for (const auto& [id, post] : directory.posts) add_gaps(directory, id, from, until, out);
    return out;
}

std::vector<Gap> gaps(const Directory& directory, const std::set<PostId>& posts, Instant from,
                      Instant until) {
    std::vector<Gap> out;
    for (const auto& id : posts)
        if (directory.posts.contains(id)) add_gaps(directory, id, from, until, out);
    return out;
}

std::set<PostId> depending_on(const Directory& directory, const std::set<PersonId>& people,
                              std::set<PostId> posts) {
    for (const auto& term : directory.terms)
        if (people.contains(term.person)) posts.insert(term.post);
    for (const auto& row : directory.overrides)
        if (people.contains(row.person)) posts.insert(row.post);
    std::map<PostId, std::vector<PostId>> stood_in_for;  // deputy -> whom it stands in for
    for (const auto& [id, post] : directory.posts)
        for (const auto& deputy : directory.deputies_of(id)) stood_in_for[deputy].push_back(id);
    std::vector<PostId> open(posts.begin(), posts.end());
    while (!open.empty()) {
        const auto deputy = stood_in_for.find(open.back());
        open.pop_back();
        if (deputy == stood_in_for.end()) continue;
        for (const auto& id : deputy->second)
            if (posts.insert(id).second) open.push_back(id);
    }
    return posts;
}

std::vector<Instant> gap_candidates(const Directory& directory) {
    std::vector<Instant> out;
    for (const auto& term : directory.terms)
        if (term.until) out.push_back(*term.until);
    for (const auto& absence : directory.absences) out.push_back(absence.from);
    for (const auto& row : directory.overrides) out.push_back(row.until);
    return out;
}

int reserve_of(const Directory& directory, const PostId& post, Instant at) {
    const auto found = directory.posts.find(post);
    if (found == directory.posts.end()) return 0;
    const auto& of = found->second;
    std::set<PostId> unit{post};
    if (!of.natural_deputy.empty())
        unit.insert(directory.post_in(of.enterprise, of.natural_deputy));
    for (const auto& id : directory.deputies_of(post)) {
        const auto deputy = directory.posts.find(id);
        if (deputy != directory.posts.end() && !of.enterprise.empty() &&
            deputy->second.enterprise == of.enterprise)
            unit.insert(id);
    }
    const auto chain = directory.acting(post, at);
    const auto count = std::count_if(chain.begin(), chain.end(), [&](const Acting& acting) {
        return unit.contains(acting.via);
    });
    return count > 0 ? static_cast<int>(count) - 1 : 0;
}

bool stale(const Directory& directory, const Contact& contact, Instant at) {
    return !contact.confirmed_at ||
           *contact.confirmed_at + directory.announcements.confirm_every <= at;
}

}  // namespace jinqiao::engine::policy
