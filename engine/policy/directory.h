#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/model/assignment.h"
#include "engine/model/ids.h"
#include "engine/model/text.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::policy {

struct Contact {
    std::string channel;  // channel name of config/channels.yaml
    std::string address;  // empty: the addressee's id
    bool operator==(const Contact&) const = default;
};

struct Person {
    model::PersonId id;
    std::string name;  // personal data: never in notices
    std::vector<Contact> contacts;
    bool enabled = true;
    model::Language language = model::Language::zh;
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

struct Post {
    model::PostId id;
    model::Text name;
    std::vector<Contact> contacts;        // of the desk itself (a group address); may be empty
    std::vector<model::PostId> deputies;  // whose people act when nobody here can; transitive
    std::vector<std::string> roles;       // what its holders may do, beside their accounts
    model::EnterpriseId enterprise;       // of posts inside one enterprise
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
};

// The outcome of asking where a message for an addressee goes.
struct Reach {
    std::vector<Contact> contacts;  // in order of preference; empty: not reachable
    model::PersonId person;
    std::string reason;  // empty if direct; else why somebody else, or why nobody
    bool reachable() const { return !contacts.empty(); }
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
    model::PostId fallback;          // the desk that may never be empty (兜底岗)
    std::set<std::string> channels;  // names that exist; a contact of another channel is no contact
    std::uint64_t seq = 0;           // of the directory's own stream

    bool absent(const model::PersonId& person, time::Instant at) const;
    // Enabled, present people of the post by rank, then of its deputies, transitively.
    std::vector<Acting> acting(const model::PostId& post, time::Instant at) const;
    bool holds(const model::PersonId& person, const model::PostId& post, time::Instant at) const;
    // May act for the post now: acting() contains the person.
    bool acts_for(const model::PersonId& person, const model::PostId& post, time::Instant at) const;
    std::vector<model::PostId> posts_of(const model::PersonId& person, time::Instant at) const;
    Reach reach(const model::Addressee& addressee, time::Instant at) const;
};

}  // namespace jinqiao::engine::policy
