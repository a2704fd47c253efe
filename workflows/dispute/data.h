#pragma once
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/dispute/records.h"

// What the dispute workflow knows of a case: the typed form of `kase.data`.

namespace jinqiao::workflows::dispute {

// --- requests, exits, merging -------------------------------------------------------------------

// A second person's yes, waiting to be used by the action it was given for (G.two).
struct Approval {
    std::string action, request, requester, approver;
    boost::json::object payload;
    Instant at{};
    bool used = false;
};

// A case that would end once its facts are confirmed and the scene is calm (3.3).
struct PendingExit {
    std::string exit, target;  // party_went_to_arbitration | withdraw; referred | withdrawn
    Instant at{};
    boost::json::object payload;
};

struct BeforeMerge {
    std::string pipeline, process, mediation, target;
    Instant at{};
    std::vector<std::int64_t> applications;  // numbers in the target
    std::int64_t workers = 0;
};

struct Absorbed {  // in the target: what to give back on unmerge
    std::string source;
    std::int64_t workers = 0;  // added to ours
    Texts demands;
    std::vector<std::int64_t> applications;
};

struct End {
    std::string state, outcome, to, purpose, reason, lesson;
    Texts remaining;
};

struct Report {
    std::string kind, text, by;
    Instant at{};
};

struct Note {
    std::string text, by;
    Instant at{};
};

struct Reset {  // limitation_reset: LDMAA Art. 27, O17 Art. 31
    std::string reason;
    Instant at{};
    std::optional<Instant> due;
};

struct TaskForce {          // 专班
    std::string post, why;  // who leads it; escalations, days, ordered
    Instant formed_at{};
    std::optional<Instant> reviewed_at, dissolved_at;
    std::int64_t reviews = 0;
    std::string finding;  // of the last review
};

struct Message {              // between whoever filed without a name and the office
    std::string from;         // filer, office
    boost::json::value text;  // a reference: the words themselves are kept apart
    std::string by;           // of the office
    Instant at{};
};

struct Opening {  // two persons may see who reported, for a while
    std::string request, by, approver, reason;
    Instant at{}, until{};
};

struct Finding {  // something the engine found, such as lay.explain missed
    std::string code, about;
    Instant at{};
};

// What follows from the alert and the numbers of the pinned policy, kept beside it so that the
// facts of a case can be read without its policy. Refreshed whenever the data is saved.
struct Derived {
    bool arrears_criminal = false, layoff_unexplained = false, hq_closure = false;
    Texts missing;  // starred fields of the first report still unknown
};

// What happened, as far as it is known.
struct Scene {
    boost::json::object alert;  // as filed, later reports merged in: alert.h reads it
    std::string certainty;      // rumour, seen, confirmed
    std::vector<Behaviour> behaviours;
    std::vector<Demand> demands;
    std::vector<Party> parties;
    Verification facts;
    bool collective = false;   // sticky: LDMAA Art. 7
    bool ever_spread = false;  // never falls (I15)
    std::vector<Spread> spreads;
    Layoff layoff;
    bool second_incident = false;
    Texts plans;
    std::map<std::string, Check> checks;  // by which: facts, law, individual
    Derived derived;
    Demand* demand(std::string_view id);
};

// Who deals with it, and what was reported.
struct Handling {
    std::string acknowledged_post;
    Site site;
    Team team;
    std::optional<Date> review_on;
    std::vector<Report> reports;
    std::vector<Note> notes;
    std::vector<Note> private_notes;  // sealed: the mediator's own, never in the shared file
    Texts documents;
    std::string last_c;  // committee, team, joint; empty: never coordinated
    // What stage clocks count from. Unset: from filing.
    std::optional<Instant> verify_since;      // back in `verifying`
    std::optional<Instant> watch_since;       // entered, or last review
    std::optional<Instant> coordinate_since;  // entered C from outside
    std::optional<Instant> progress_since;    // last session or change of tier
    std::optional<Instant> report_since;      // last report, or back among people who must report
    std::string next;                         // why st.next runs
    std::vector<Finding> findings;
    bool receipt = false;               // filed without a name, by somebody who has a code
    std::vector<Message> conversation;  // for the owner post and the filer alone
    std::vector<Opening> openings;      // of the identity of a confidential report
};

struct Data : Scene, Handling {
    std::vector<Session> sessions;
    std::optional<Negotiation> negotiation;
    std::vector<Application> applications;
    Process process;
    std::vector<Agreement> agreements;
    std::optional<Instant> performed_at;
    std::vector<Visit> visits;

    std::vector<Approval> approvals;
    std::int64_t suspensions = 0;
    std::optional<Date> suspended_until;
    std::optional<PendingExit> exit_pending;
    std::optional<BeforeMerge> before_merge;
    std::vector<Absorbed> absorbed;
    std::vector<Reset> resets;
    std::optional<TaskForce> task_force;  // the latest
    std::optional<End> end;

    Application* application();  // the latest; null if there was none
    const Application* application() const;
    Agreement* agreement();  // the one in force or being made; null if none
    const Agreement* agreement() const;
    bool skipped(std::string_view step) const;
    bool done(std::string_view step) const;  // or skipped by an approved request
};

Data read_data(const boost::json::object& from);
boost::json::object write_data(const Data& data);

}  // namespace jinqiao::workflows::dispute
