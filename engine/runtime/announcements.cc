#include "engine/runtime/announcements.h"

#include <algorithm>

#include "engine/policy/coverage.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Addressee;
using policy::Directory;
using policy::Gap;
using time::Instant;

namespace {

// So near that the message must not wait for the morning.
constexpr std::chrono::hours at_once{24};

bool overlap(const Gap& a, const Gap& b) {
    return a.post == b.post && (!b.until || a.from < *b.until) && (!a.until || b.from < *a.until);
}

// An announced gap that begins earlier than was said is news again.
bool told_of(const Directory& directory, const Gap& gap) {
    return std::any_of(
        directory.announced.begin(), directory.announced.end(), [&](const Gap& known) {
            return overlap(known, gap) && known.from <= gap.from && known.kind == gap.kind;
        });
}

std::vector<DirectoryNews> announce_gaps(Directory& directory, Instant now,
                                         const std::set<model::PostId>& posts) {
    const auto& rule = directory.announcements;
    std::vector<DirectoryNews> out;
    if (posts.empty() || !can_announce(directory, now)) return out;
    // One that begins at the very end of the time ahead is near enough.
    const auto ahead =
        policy::gaps(directory, posts, now, now + rule.gap_before + std::chrono::milliseconds{1});
    // What has passed or was mended is forgotten, so that it is told of if it comes again.
    std::erase_if(directory.announced, [&](const Gap& known) {
        const bool over = known.until && *known.until <= now;
        const bool mended = posts.contains(known.post) &&
                            std::none_of(ahead.begin(), ahead.end(),
                                         [&](const Gap& gap) { return overlap(known, gap); });
        return over || mended;
    });
    for (const auto& gap : ahead) {
        if (told_of(directory, gap)) continue;
        json::object vars{
            {"post", gap.post.value}, {"gap", gap.kind}, {"from_ms", time::to_ms(gap.from)}};
        if (gap.until) vars["until_ms"] = time::to_ms(*gap.until);
        for (const auto& post : rule.gaps_to)
            out.push_back({"coverage_gap",
                           {Addressee::Kind::post, post.value},
                           vars,
                           gap.from < now + at_once});
        directory.announced.push_back(gap);
    }
    return out;
}

// The oldest date by which the person's contacts were confirmed; empty if there is none to go by.
// Contacts without a date come from an older program and are shown as stale, not asked about.
std::optional<Instant> confirmed_since(const policy::Person& person) {
    std::optional<Instant> oldest;
    for (const auto& contact : person.contacts)
        if (contact.confirmed_at)
            oldest = std::min(oldest.value_or(*contact.confirmed_at), *contact.confirmed_at);
    return oldest;
}

// When the person is to be asked next.
std::optional<Instant> ask_at(const Directory& directory, const policy::Person& person) {
    const auto since = confirmed_since(person);
    if (!since || !person.enabled || directory.announcements.stale_to.empty()) return {};
    return std::max(*since, person.reminded_at.value_or(*since)) +
           directory.announcements.confirm_every;
}

std::vector<DirectoryNews> ask_to_confirm(Directory& directory, Instant now) {
    std::vector<DirectoryNews> out;
    for (auto& [id, person] : directory.people) {
        const auto at = ask_at(directory, person);
        if (!at || *at > now) continue;
        person.reminded_at = now;
        const json::object vars{{"since_ms", time::to_ms(*confirmed_since(person))}};
        out.push_back({"contacts_stale", {Addressee::Kind::person, id.value}, vars, false});
    }
    if (out.empty()) return out;
    // Whoever looks after them gets one message for all, without names.
    const json::object vars{{"count", static_cast<std::int64_t>(out.size())}};
    for (const auto& post : directory.announcements.stale_to)
        out.push_back({"contacts_stale_count", {Addressee::Kind::post, post.value}, vars, false});
    return out;
}

}  // namespace

bool can_announce(const Directory& directory, Instant now) {
    const auto& posts = directory.announcements.gaps_to;
    return std::any_of(posts.begin(), posts.end(), [&](const auto& post) {
        return directory.reach({Addressee::Kind::post, post.value}, now).reachable();
    });
}

std::vector<DirectoryNews> announce(Directory& directory, Instant now,
                                    const std::set<model::PostId>& posts) {
    auto out = announce_gaps(directory, now, posts);
    auto more = ask_to_confirm(directory, now);
    out.insert(out.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
    return out;
}

std::optional<Instant> next_announcement(const Directory& directory, Instant after) {
    std::optional<Instant> next;
    const auto consider = [&](Instant at) {
        if (at > after && (!next || at < *next)) next = at;
    };
    if (!directory.announcements.gaps_to.empty())
        for (const auto at : policy::gap_candidates(directory))
            consider(at - directory.announcements.gap_before);
    for (const auto& [id, person] : directory.people)
        if (const auto at = ask_at(directory, person)) consider(*at);
    return next;
}

}  // namespace jinqiao::engine::runtime
