#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/time/instant.h"

// What the dispute workflow knows of a case: the typed form of `kase.data`. Written to disk by
// member name (described.h), so a member is renamed only with a migration. Sides are the words
// "employer" and "workers" throughout. Instants named `at` are when something happened, not when it
// was entered; history holds the entry time.

namespace jinqiao::workflows::dispute {

using engine::time::Date;
using engine::time::Instant;
using Texts = std::vector<std::string>;

// --- what is going on ---------------------------------------------------------------------------

struct Behaviour {
    std::string code;
    std::optional<Instant> started, ended;
    bool going_on() const { return !ended; }
};

struct Demand {
    std::string id;    // "d1": stays the same when the demand moves to another case
    std::string code;
    std::int64_t n = 0;            // workers who share it, 0 = not said
    std::string answer, text;      // empty answer: still open
    std::optional<Instant> answered_at;
};

struct Party {
    std::string side, name;
    std::int64_t n = 0;
    std::string from_case;         // came by a merge
};

struct Verification {
    std::optional<Instant> at;     // confirmed; cleared when a reopened case must be verified anew
    std::string by;
    Texts types;
    std::string common_claim;
    std::optional<bool> in_scope;
    bool rights_claim = false;
};

struct Check {                     // 三充分: facts, law, individual
    std::string by, findings;
    std::optional<Instant> at;
    std::vector<boost::json::object> groups;
};

struct Spread {
    std::string kind, where;
    Instant seen_at{};
    std::optional<Instant> contained_at;
    std::string evidence;
};

struct Layoff {                    // LCL Art. 41
    std::optional<Date> announced, planned_for, explained_on;
    std::optional<Date> first_lawful_day;  // explained late: explained_on + 30 N
};

// --- people -------------------------------------------------------------------------------------

struct Site {
    std::string commissioner;      // person
    std::optional<Instant> eta, dispatched_at, arrived_at;
    std::int64_t heads = 0;
    std::string mood;
};

struct Team {
    std::string lead;              // person
    Texts members;
};

struct Representative {
    boost::json::value name;       // the name, or the reference that stands in its place
    bool outside = false;
};

struct Representatives {
    std::string kind;              // bargaining, dispute
    Date on{};
    std::vector<Representative> workers, employer;
    boost::json::object chiefs;
    std::string method;
};

// --- mediation ----------------------------------------------------------------------------------

struct Consent {
    std::string side;
    bool consents = false;
    Instant at{};
};

struct Extension {
    std::int64_t add_days = 0;
    std::string until;
    Instant agreed_at{};
};

// One application for mediation; its clocks carry the same instance number.
struct Application {
    std::int64_t no = 1;
    std::string mediator_kind, body, by, form;
    Texts requests;
    Instant received_at{};
    std::vector<Consent> consents;
    std::string state;             // applied, open, ended
    std::string mediator;          // person
    std::optional<Instant> accepted_at, ended_at;
    std::string outcome;           // agreed, failed, refused, withdrawn, arbitration, not_accepted, closed
    std::string reason;
    std::vector<Extension> extensions;
    std::optional<Instant> notice_served_at;  // end notice with the advice that arbitration is open
    std::string notice;            // document
    std::string from_case;         // came by a merge
};

struct Session {
    std::string kind, result, state, by;
    Instant at{};
    std::vector<boost::json::object> present;
    Texts heard;
    std::optional<Instant> next_at;
};

struct Negotiation {               // O17 Art. 10
    std::string by;
    Instant at{};
    std::optional<Date> until;
};

// --- three steps (三步走) -----------------------------------------------------------------------

struct Congress {
    std::optional<Date> called_for;
    std::string topic;
    std::optional<Instant> papers_at;
    std::optional<Date> held_on;
    std::string form, minutes;
    std::int64_t delegates = 0, present = 0;
    bool reported = false;         // to the superior union (SH-SC Art. 37)
};

struct Minutes {
    Date on{};
    std::string minutes;
    Texts agreed_points, open_points;
};

struct Bargaining {
    std::string asked_by;
    std::optional<Instant> asked_at, answered_at;
    std::optional<bool> accepted;
    std::vector<Minutes> minutes;
    std::string reopened;          // why the last agreement was given up
};

struct Vote {
    std::string text, form;
    std::int64_t members = 0, present = 0, in_favour = 0;
    Date on{};
};

struct Skip {                      // a step left out by an approved request
    std::string step, cause, request, approver;
    Instant at{};
};

struct Process {
    Texts done;                    // congress, elect, bargain in the order in which they were done
    std::vector<Skip> skipped;
    Congress congress;
    std::optional<Representatives> representatives;
    Bargaining bargaining;
    std::optional<Vote> vote;
};

// --- agreement ----------------------------------------------------------------------------------

struct Payment {
    std::int64_t amount = 0;       // fen
    Instant at{};
    std::string proof;
};

struct Instalment {
    std::int64_t no = 0;
    Date due{};
    std::int64_t amount = 0;       // fen
    std::vector<Payment> payments;
    std::string waiver;            // in writing, by the side entitled
    std::int64_t paid() const;
    bool settled() const;          // proved in full, or waived
};

struct Confirmation {
    std::string route;             // arb_review, judicial, hr_filing
    Instant applied_at{};
    bool joint = false;
    std::string doc;
    std::optional<Instant> accepted_at, result_at;
    std::string result;            // empty: pending
};

struct Breach {
    std::int64_t no = 0;
    std::string kind;              // late, part, refused, announced; suspected (by the clock)
    Instant at{};
    std::optional<Instant> cured_at;
};

struct Agreement {
    std::string kind, text, mediator_kind;
    boost::json::object outcomes, balance, signatures;
    Instant proposed_at{};
    std::optional<Instant> signed_at, effective_at;
    std::string mandate;           // consent in writing of those represented
    std::vector<Instalment> instalments;
    std::vector<Confirmation> confirmations;
    std::vector<Breach> breaches;
    std::string given_up;          // void, hr_objection, renegotiated, ...: no longer the one in force
    bool confirmed() const;
    bool breached() const;         // a breach on record that is not cured
    const Confirmation* pending() const;
    Confirmation* pending();
};

struct Visit {
    Instant at{};
    boost::json::object scores;
    std::string risk;
};

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
    std::string exit, target;      // party_went_to_arbitration | withdraw; referred | withdrawn
    Instant at{};
    boost::json::object payload;
};

struct BeforeMerge {
    std::string pipeline, process, mediation, target;
    Instant at{};
    std::vector<std::int64_t> applications;  // numbers in the target
    std::int64_t workers = 0;
};

struct Absorbed {                  // in the target: what to give back on unmerge
    std::string source;
    std::int64_t workers = 0;      // added to ours
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

struct Reset {                     // limitation_reset: LDMAA Art. 27, O17 Art. 31
    std::string reason;
    Instant at{};
    std::optional<Instant> due;
};

struct Finding {                   // something the engine found, such as lay.explain missed
    std::string code, about;
    Instant at{};
};

// What follows from the alert and the numbers of the pinned policy, kept beside it so that the facts
// of a case can be read without its policy. Refreshed whenever the data is saved.
struct Derived {
    bool arrears_criminal = false, layoff_unexplained = false, hq_closure = false;
    Texts missing;                 // starred fields of the first report still unknown
};

// What happened, as far as it is known.
struct Scene {
    boost::json::object alert;     // as filed, later reports merged in: alert.h reads it
    std::string certainty;         // rumour, seen, confirmed
    std::vector<Behaviour> behaviours;
    std::vector<Demand> demands;
    std::vector<Party> parties;
    Verification facts;
    bool collective = false;       // sticky: LDMAA Art. 7
    bool ever_spread = false;      // never falls (I15)
    std::vector<Spread> spreads;
    Layoff layoff;
    bool second_incident = false;
    Texts plans;
    std::map<std::string, Check> checks;     // by which: facts, law, individual
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
    std::vector<Note> private_notes;         // sealed: the mediator's own, never in the shared file
    Texts documents;
    std::string last_c;                      // committee, team, joint; empty: never coordinated
    // What stage clocks count from. Unset: from filing.
    std::optional<Instant> verify_since;     // back in `verifying`
    std::optional<Instant> watch_since;      // entered, or last review
    std::optional<Instant> coordinate_since; // entered C from outside
    std::optional<Instant> progress_since;   // last session or change of tier
    std::optional<Instant> report_since;     // last report, or back among people who must report
    std::string next;                        // why st.next runs
    std::vector<Finding> findings;
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
    std::optional<End> end;

    Application* application();              // the latest; null if there was none
    const Application* application() const;
    Agreement* agreement();                  // the one in force or being made; null if none
    const Agreement* agreement() const;
    bool skipped(std::string_view step) const;
    bool done(std::string_view step) const;  // or skipped by an approved request
};

Data read_data(const boost::json::object& from);
boost::json::object write_data(const Data& data);

}  // namespace jinqiao::workflows::dispute
