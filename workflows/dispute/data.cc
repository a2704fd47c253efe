#include "workflows/dispute/data.h"

#include <algorithm>

#include "workflows/dispute/described.h"

namespace jinqiao::workflows::dispute {

BOOST_DESCRIBE_STRUCT(Behaviour, (), (code, started, ended))
BOOST_DESCRIBE_STRUCT(Demand, (), (id, code, n, answer, text, answered_at))
BOOST_DESCRIBE_STRUCT(Party, (), (side, name, n, from_case))
BOOST_DESCRIBE_STRUCT(Verification, (), (at, by, types, common_claim, in_scope, rights_claim))
BOOST_DESCRIBE_STRUCT(Check, (), (by, findings, at, groups))
BOOST_DESCRIBE_STRUCT(Spread, (), (kind, where, seen_at, contained_at, evidence))
BOOST_DESCRIBE_STRUCT(Layoff, (), (announced, planned_for, explained_on, first_lawful_day))
BOOST_DESCRIBE_STRUCT(Site, (), (commissioner, eta, dispatched_at, arrived_at, heads, mood))
BOOST_DESCRIBE_STRUCT(Team, (), (lead, members))
BOOST_DESCRIBE_STRUCT(Representative, (), (name, outside))
BOOST_DESCRIBE_STRUCT(Representatives, (), (kind, on, workers, employer, chiefs, method))
BOOST_DESCRIBE_STRUCT(Consent, (), (side, consents, at))
BOOST_DESCRIBE_STRUCT(Extension, (), (add_days, until, agreed_at))
BOOST_DESCRIBE_STRUCT(Application, (),
                      (no, mediator_kind, body, by, form, requests, received_at, consents, state,
                       mediator, accepted_at, ended_at, outcome, reason, extensions,
                       notice_served_at, notice, from_case))
BOOST_DESCRIBE_STRUCT(Session, (), (kind, result, state, by, at, present, heard, next_at))
BOOST_DESCRIBE_STRUCT(Negotiation, (), (by, at, until))
BOOST_DESCRIBE_STRUCT(Congress, (),
                      (called_for, topic, papers_at, held_on, form, minutes, delegates, present,
                       reported))
BOOST_DESCRIBE_STRUCT(Minutes, (), (on, minutes, agreed_points, open_points))
BOOST_DESCRIBE_STRUCT(Bargaining, (),
                      (asked_by, asked_at, answered_at, accepted, minutes, reopened))
BOOST_DESCRIBE_STRUCT(Vote, (), (text, form, members, present, in_favour, on))
BOOST_DESCRIBE_STRUCT(Skip, (), (step, cause, request, approver, at))
BOOST_DESCRIBE_STRUCT(Process, (), (done, skipped, congress, representatives, bargaining, vote))
BOOST_DESCRIBE_STRUCT(Payment, (), (amount, at, proof))
BOOST_DESCRIBE_STRUCT(Instalment, (), (no, due, amount, payments, waiver))
BOOST_DESCRIBE_STRUCT(Confirmation, (),
                      (route, applied_at, joint, doc, accepted_at, result_at, result))
BOOST_DESCRIBE_STRUCT(Breach, (), (no, kind, at, cured_at))
BOOST_DESCRIBE_STRUCT(Agreement, (),
                      (kind, text, mediator_kind, outcomes, balance, signatures, proposed_at,
                       signed_at, effective_at, mandate, instalments, confirmations, breaches,
                       given_up))
BOOST_DESCRIBE_STRUCT(Visit, (), (at, scores, risk))
BOOST_DESCRIBE_STRUCT(Approval, (), (action, request, requester, approver, payload, at, used))
BOOST_DESCRIBE_STRUCT(PendingExit, (), (exit, target, at, payload))
BOOST_DESCRIBE_STRUCT(BeforeMerge, (),
                      (pipeline, process, mediation, target, at, applications, workers))
BOOST_DESCRIBE_STRUCT(Absorbed, (), (source, workers, demands, applications))
BOOST_DESCRIBE_STRUCT(End, (), (state, outcome, to, purpose, reason, lesson, remaining))
BOOST_DESCRIBE_STRUCT(Report, (), (kind, text, by, at))
BOOST_DESCRIBE_STRUCT(Note, (), (text, by, at))
BOOST_DESCRIBE_STRUCT(Reset, (), (reason, at, due))
BOOST_DESCRIBE_STRUCT(TaskForce, (),
                      (post, why, formed_at, reviewed_at, dissolved_at, reviews, finding))
BOOST_DESCRIBE_STRUCT(Message, (), (from, text, by, at))
BOOST_DESCRIBE_STRUCT(Opening, (), (request, by, approver, reason, at, until))
BOOST_DESCRIBE_STRUCT(Finding, (), (code, about, at))
BOOST_DESCRIBE_STRUCT(Derived, (), (arrears_criminal, layoff_unexplained, hq_closure, missing))
BOOST_DESCRIBE_STRUCT(Scene, (),
                      (alert, certainty, behaviours, demands, parties, facts, collective,
                       ever_spread, spreads, layoff, second_incident, plans, checks, derived))
BOOST_DESCRIBE_STRUCT(Handling, (),
                      (acknowledged_post, site, team, review_on, reports, notes, private_notes,
                       documents, last_c, verify_since, watch_since, coordinate_since,
                       progress_since, report_since, next, findings, receipt, conversation,
                       openings))
BOOST_DESCRIBE_STRUCT(Data, (Scene, Handling),
                      (sessions, negotiation, applications, process, agreements, performed_at,
                       visits, approvals, suspensions, suspended_until, exit_pending, before_merge,
                       absorbed, resets, task_force, end))

Data read_data(const boost::json::object& from) {
    Data data;
    read(from, data);
    return data;
}

boost::json::object write_data(const Data& data) { return write(data); }

std::int64_t Instalment::paid() const {
    std::int64_t sum = 0;
    for (const Payment& payment : payments) sum += payment.amount;
    return sum;
}

bool Instalment::settled() const {
    return !waiver.empty() || (!payments.empty() && paid() >= amount);
}

bool Agreement::confirmed() const {
    return std::any_of(confirmations.begin(), confirmations.end(),
                       [](const Confirmation& each) { return each.result == "confirmed"; });
}

bool Agreement::breached() const {
    return std::any_of(breaches.begin(), breaches.end(),
                       [](const Breach& each) { return !each.cured_at; });
}

const Confirmation* Agreement::pending() const {
    if (confirmations.empty() || !confirmations.back().result.empty()) return nullptr;
    return &confirmations.back();
}

Confirmation* Agreement::pending() {
    return const_cast<Confirmation*>(std::as_const(*this).pending());
}

Demand* Scene::demand(std::string_view id) {
    const auto found = std::find_if(demands.begin(), demands.end(),
                                    [&](const Demand& each) { return each.id == id; });
    return found == demands.end() ? nullptr : &*found;
}

const Application* Data::application() const {
    return applications.empty() ? nullptr : &applications.back();
}

Application* Data::application() { return applications.empty() ? nullptr : &applications.back(); }

const Agreement* Data::agreement() const {
    if (agreements.empty() || !agreements.back().given_up.empty()) return nullptr;
    return &agreements.back();
}

Agreement* Data::agreement() { return const_cast<Agreement*>(std::as_const(*this).agreement()); }

bool Data::skipped(std::string_view step) const {
    return std::any_of(process.skipped.begin(), process.skipped.end(),
                       [&](const Skip& each) { return each.step == step; });
}

bool Data::done(std::string_view step) const {
    const auto& done = process.done;
    return std::find(done.begin(), done.end(), step) != done.end() || skipped(step);
}

}  // namespace jinqiao::workflows::dispute
