#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/assignment.h"
#include "engine/model/clock.h"
#include "engine/model/grade.h"
#include "engine/model/ids.h"
#include "engine/model/request.h"

namespace jinqiao::engine::model {

enum class Confidentiality { normal, restricted };

struct Region {
    std::string name;   // "pipeline"
    std::string state;  // by name, never by number
    bool operator==(const Region&) const = default;
};

struct Owner {
    PostId post;
    PersonId person;  // acting when last resolved; the directory is the truth
};

// 移交: a pending offer leaves the owner where it is until it is accepted.
struct Offer {
    PostId to;
    PersonId person;  // acting person the offer was made to
    PostId by_post;
    PersonId by;  // empty: the engine
    time::Instant at;
    std::string note;
    bool forced = false;  // made by a ladder
    AssignmentId assignment;
    bool operator==(const Offer&) const = default;
};

struct Link {
    std::string
        kind;  // "parent", "child", "merged_into", "merged_from", "earlier_incident", "related"
    CaseId other;
    bool operator==(const Link&) const = default;
};

// A tracked dispute (案件), of which the workflow "dispute" is one kind. Variables of this type are
// called `kase` everywhere. The engine reads all of it but `data`, which is the workflow's own.
struct Case {
    CaseId id;
    std::string number;  // JQ-2026-000123, allotted at the first commit; may have gaps
    std::string workflow;
    std::string workflow_version;  // hash of the transition table it was filed under: evidence
    PolicyId policy;               // pinned: grading, routing, ladders, budgets
    EnterpriseId enterprise;
    std::string enterprise_name;  // snapshot, for lists and notices' case view
    bool exercise = false;        // fixed at filing (I28)
    Confidentiality confidentiality = Confidentiality::normal;

    time::Instant filed_at;
    time::Instant noticed_at;
    AccountId filer_account;
    PersonId filer;

    std::vector<Region> regions;
    std::string stage;  // "warn" | "coordinate" | "resolve" | "ended"
    bool open = true;   // the first region is not in an end
    Grade grade;
    Owner owner;
    std::optional<Offer> offer;  // custody `offered`
    std::vector<Clock> clocks;
    std::vector<Assignment> assignments;
    std::vector<Request> requests;
    std::vector<Link> links;
    std::optional<time::Instant> ended_at;
    // The latest end of quiet hours for which a notice of the case was put off; empty: none ever.
    std::optional<time::Instant> held_until = {};

    boost::json::object data;  // opaque to the engine

    std::uint64_t seq = 0;      // last history row
    std::uint64_t version = 0;  // the ETag
    int epoch = 0;              // rises at each reopening
    int escalations = 0;        // rungs that told or moved somebody higher, since the stage began
    int next_assignment = 1;
    int next_request = 1;
    int next_child = 1;

    std::string_view state_of(std::string_view region) const;  // empty if there is no such region
    void set_state(std::string_view region, std::string_view state);
    Clock* clock(std::string_view name, std::string_view subject = {});  // latest instance
    const Clock* clock(std::string_view name, std::string_view subject = {}) const;
    Assignment* assignment(const AssignmentId& id);
    const Assignment* assignment(const AssignmentId& id) const;
    Request* request(const RequestId& id);
    const Request* request(const RequestId& id) const;
};

}  // namespace jinqiao::engine::model
