#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/model/assignment.h"
#include "engine/model/ids.h"
#include "engine/model/text.h"
#include "engine/policy/duty.h"
#include "engine/policy/quiet.h"
#include "engine/time/calendar.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::policy {

struct Contact {
    std::string channel;  // channel name of config/channels.yaml
    std::string address;  // empty: the addressee's id
    // When its owner last said that it reaches them; empty: never. Of people's contacts only.
    std::optional<time::Instant> confirmed_at = {};
    // The same way, however long ago it was confirmed.
    bool operator==(const Contact& other) const {
        return channel == other.channel && address == other.address;
    }
};

// A contact and whose it is.
struct Way : Contact {
    model::PersonId person;  // empty: a desk's own, which knows no quiet hours
};

struct Person {
    model::PersonId id;
    std::string name;  // personal data: never in notices
    std::vector<Contact> contacts;
    bool enabled = true;
    model::Language language = model::Language::zh;
    std::vector<QuietWindow> quiet = {};
    std::optional<time::Instant> reminded_at = {};  // last asked to confirm the contacts
};

// A person holds a post from `from` (inclusive) to `until` (exclusive). rank 0 is the holder,
// 1 the first deputy, and so on.
struct Term {
    model::PersonId person;
    model::PostId post;
    int rank = 0;
    time::Instant from;
    std::optional<time::Instant> until;
};

struct Absence {
    model::PersonId person;
    time::Instant from;
    time::Instant until;
};

// How many must stand ready behind the first of a unit's post (后备): one in an independent union,
// two where several small enterprises share one.
enum class Unit { none, independent, joint };
int reserve_needed(Unit unit);

struct Post {
    model::PostId id;
    model::Text name;
    std::vector<Contact> contacts;        // of the desk itself (a group address); may be empty
    std::vector<model::PostId> deputies;  // whose people act when nobody here can; transitive
    std::vector<std::string> roles;       // what its holders may do, beside their accounts
    model::EnterpriseId enterprise;       // of posts inside one enterprise
    // Of the pair that stand in for each other (union chair and Party secretary): the other one.
    // Its people come before the deputies.
    model::PostId natural_deputy = {};
    model::PostId stands_for = {};  // the zone's post it is, in its enterprise
    Unit unit = Unit::none;
    std::optional<Rota> rota = {};
    std::string source;
};

struct Department {
    model::DepartmentId id;
    model::Text name;
    model::PostId desk;  // who signs for it inside
    std::vector<Contact> contacts;
    bool sample = true;  // false: named by the source document
    std::string source;
};

// Who acts for a post, in the order in which they would be asked; nobody twice.
struct Acting {
    model::PersonId person;
    model::PostId via;  // the post through which the person acts
    int rank = 0;
    bool on_duty = false;  // by rota or override of that post
};

// The outcome of asking where a message for an addressee goes.
struct Reach {
    std::vector<Way> contacts;  // in order of preference; empty: not reachable
    model::PersonId person;
    std::string reason;  // empty if direct; else why somebody else, or why nobody
    bool reachable() const { return !contacts.empty(); }
};

// A stretch in which a post reaches nobody of its own: `nobody`, and the fallback desk has to take
// its cases, or `fallback_only`, where the line of deputies ends there.
struct Gap {
    model::PostId post;
    std::string kind;
    time::Instant from;
    std::optional<time::Instant> until;  // empty: without end in sight
    bool operator==(const Gap&) const = default;
};

// When the directory speaks up by itself, and to whom. Nobody named: never.
struct Announcements {
    std::chrono::hours gap_before{24 * 7};  // a gap is told of so long before it begins
    std::vector<model::PostId> gaps_to;
    std::chrono::hours confirm_every{24 * 365};  // older contacts are stale
    std::vector<model::PostId> stale_to;         // beside the person whose they are
};

// Posts, people, terms, absences. Always current, never pinned to a case. Immutable once built;
// shared between threads by pointer.
class Directory {
  public:
    std::map<model::PostId, Post> posts;
    std::map<model::DepartmentId, Department> departments;  // iteration order is not the list order
    std::vector<model::DepartmentId> department_order;
    std::map<model::PersonId, Person> people;
    std::vector<Term> terms;
    std::vector<Absence> absences;
    std::vector<Rotation> rotations;
    std::vector<Override> overrides;  // in the order in which they were entered
    std::vector<Swap> swaps;
    std::vector<Gap> announced;  // gaps that were told of and have not passed
    Announcements announcements;
    std::chrono::minutes utc_offset{480};  // of local times of day
    // Which days are worked, for rotations of some days only; none: Monday to Friday.
    std::shared_ptr<const time::Calendar> calendar;
    model::PostId fallback;          // the desk that may never be empty (兜底岗)
    std::set<std::string> channels;  // names that exist; a contact of another channel is no contact
    std::uint64_t seq = 0;           // of the directory's own stream

    bool absent(const model::PersonId& person, time::Instant at) const;
    // Enabled, present people: whoever is on duty for the post, its holders by rank, those of its
    // natural deputy, then its deputies, transitively.
    std::vector<Acting> acting(const model::PostId& post, time::Instant at) const;
    bool holds(const model::PersonId& person, const model::PostId& post, time::Instant at) const;
    // May act for the post now: acting() contains the person.
    bool acts_for(const model::PersonId& person, const model::PostId& post, time::Instant at) const;
    std::vector<model::PostId> posts_of(const model::PersonId& person, time::Instant at) const;
    Reach reach(const model::Addressee& addressee, time::Instant at) const;
    // The enterprise's own post of that kind if it has one, else the post itself.
    model::PostId post_in(const model::EnterpriseId& enterprise, const model::PostId& post) const;
    // Whom a hand-over would go to, in this order: the natural deputy, then the others; of a post
    // inside an enterprise, that enterprise's own.
    std::vector<model::PostId> deputies_of(const model::PostId& post) const;
};

}  // namespace jinqiao::engine::policy
