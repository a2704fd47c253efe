#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/time/instant.h"

// The records a dispute is made of: what goes on, who deals with it, mediation, the three steps,
// agreements. data.h puts them together. Written to disk by member name (described.h), so a member
// is renamed only with a migration. Sides are the words "employer" and "workers" throughout;
// instants named `at` are when something happened, history holds when it was entered.

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
    std::string id;  // "d1": stays the same when the demand moves to another case
    std::string code;
    std::int64_t n = 0;        // workers who share it, 0 = not said
    std::string answer, text;  // empty answer: still open
    std::optional<Instant> answered_at;
};

struct Party {
    std::string side, name;
    std::int64_t n = 0;
    std::string from_case;  // came by a merge
};

struct Verification {
    std::optional<Instant> at;  // confirmed; cleared when a reopened case must be verified anew
    std::string by;
    Texts types;
    std::string common_claim;
    std::optional<bool> in_scope;
    bool rights_claim = false;
};

struct Check {  // 三充分: facts, law, individual
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

struct Layoff {  // LCL Art. 41
    std::optional<Date> announced, planned_for, explained_on;
    std::optional<Date> first_lawful_day;  // explained late: explained_on + 30 N
};

// --- people -------------------------------------------------------------------------------------

struct Site {
    std::string commissioner;  // person
    std::optional<Instant> eta, dispatched_at, arrived_at;
    std::int64_t heads = 0;
    std::string mood;
};

struct Team {
    std::string lead;  // person
    Texts members;
};

struct Representative {
    boost::json::value name;  // the name, or the reference that stands in its place
    bool outside = false;
};

struct Representatives {
    std::string kind;  // bargaining, dispute
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
    std::string state;     // applied, open, ended
    std::string mediator;  // person
    std::optional<Instant> accepted_at, ended_at;
    std::string outcome;  // agreed, failed, refused, withdrawn, arbitration, not_accepted, closed
    std::string reason;
    std::vector<Extension> extensions;
    std::optional<Instant> notice_served_at;  // end notice with the advice that arbitration is open
    std::string notice;                       // document
    std::string from_case;                    // came by a merge
};

struct Session {
    std::string kind, result, state, by;
    Instant at{};
    std::vector<boost::json::object> present;
    Texts heard;
    std::optional<Instant> next_at;
};

struct Negotiation {  // O17 Art. 10
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
    bool reported = false;  // to the superior union (SH-SC Art. 37)
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
    std::string reopened;  // why the last agreement was given up
};

struct Vote {
    std::string text, form;
    std::int64_t members = 0, present = 0, in_favour = 0;
    Date on{};
};

struct Skip {  // a step left out by an approved request
    std::string step, cause, request, approver;
    Instant at{};
};

struct Process {
    Texts done;  // congress, elect, bargain in the order in which they were done
    std::vector<Skip> skipped;
    Congress congress;
    std::optional<Representatives> representatives;
    Bargaining bargaining;
    std::optional<Vote> vote;
};

// --- agreement ----------------------------------------------------------------------------------

struct Payment {
    std::int64_t amount = 0;  // fen
    Instant at{};
    std::string proof;
};

struct Instalment {
    std::int64_t no = 0;
    Date due{};
    std::int64_t amount = 0;  // fen
    std::vector<Payment> payments;
    std::string waiver;  // in writing, by the side entitled
    std::int64_t paid() const;
    bool settled() const;  // proved in full, or waived
};

struct Confirmation {
    std::string route;  // arb_review, judicial, hr_filing
    Instant applied_at{};
    bool joint = false;
    std::string doc;
    std::optional<Instant> accepted_at, result_at;
    std::string result;  // empty: pending
};

struct Breach {
    std::int64_t no = 0;
    std::string kind;  // late, part, refused, announced; suspected (by the clock)
    Instant at{};
    std::optional<Instant> cured_at;
};

struct Agreement {
    std::string kind, text, mediator_kind;
    boost::json::object outcomes, balance, signatures;
    Instant proposed_at{};
    std::optional<Instant> signed_at, effective_at;
    std::string mandate;  // consent in writing of those represented
    std::vector<Instalment> instalments;
    std::vector<Confirmation> confirmations;
    std::vector<Breach> breaches;
    std::string given_up;  // void, hr_objection, renegotiated, ...: no longer the one in force
    bool confirmed() const;
    bool breached() const;  // a breach on record that is not cured
    const Confirmation* pending() const;
    Confirmation* pending();
};

struct Visit {
    Instant at{};
    boost::json::object scores;
    std::string risk;
};

}  // namespace jinqiao::workflows::dispute
