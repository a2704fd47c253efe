#pragma once
#include "workflows/dispute/vocabulary.h"

// Rows of the regions beside the pipeline.
namespace jinqiao::workflows::dispute::table {

// clang-format off

// process, 三步走: the state names the step to be done. Mandates older than six months (SH-CC 8)
// are given anew when a case is reopened.
using ProcessRows = mp::mp_list<
    Go<not_required, became_collective,     congress, If<route::collective>>,
    Go<congress,     hold_congress,         elect,    Needs<gate::order, gate::congress>>,
    Go<congress,     skip_approved,         elect,    Needs<gate::skip>>,
    Go<elect,        elect_representatives, bargain,  Needs<gate::order, gate::reps>>,
    Go<bargain,      reach_agreement,       agreed,   Needs<gate::order, gate::sufficient, gate::vote>>,
    Go<bargain,      skip_approved,         agreed,   Needs<gate::skip>>,
    Go<bargain,      reopen,                elect,    If<route::stale>>,
    Go<agreed,       reopen,                elect,    If<route::stale>>,
    Go<agreed,       reopen_bargaining,     bargain>>;

// mediation: opens by consent of both sides (O17 22), ends by anybody's word. How it ended is data.
using Going = mp::mp_list<applied, open>;
using MediationRows = Rows<
    mp::mp_list<
        Go<no_mediation, apply_mediation,  applied, Needs<gate::body>>,
        Go<ended,        apply_mediation,  applied, Needs<gate::body>>,
        Go<applied,      refuse_mediation, ended>,
        Go<applied,      accept_mediation, open,    Needs<gate::consent, gate::scope, gate::recusal>>,
        Go<open,         end_mediation,    ended>,
        Go<open,         med_end_fired,    ended>>,  // 15 days without agreement: LDMAA 14
    Each<Going, sign_agreement,            ended>,
    Each<Going, party_refused,             ended, If<Whole, route::mediation>>,
    Each<Going, party_went_to_arbitration, ended, If<Whole>>,
    Each<Going, withdraw,                  ended, If<Whole>>,
    Each<Going, case_ended,                ended>,
    // A merge moves the application to the target; undoing it brings it back.
    Each<Going, merge_into,                no_mediation>,
    mp::mp_list<
        Go<no_mediation, unmerge,  applied,      If<Before<applied>>>,
        Go<no_mediation, unmerge,  open,         If<Before<open>>>,
        Go<no_mediation, absorbed, applied,      If<To<applied>>>,
        Go<no_mediation, absorbed, open,         If<To<open>>>,
        Go<no_mediation, absorbed, ended,        If<To<ended>>>,
        Go<ended,        absorbed, applied,      If<To<applied>>>,
        Go<ended,        absorbed, open,         If<To<open>>>>,
    Each<Going, released, no_mediation, If<To<no_mediation>>>,
    Each<Going, released, ended,        If<To<ended>>>>;

using ContainmentRows = mp::mp_list<
    Go<inside, report_spread,    spread>,
    Go<inside, spread_reported,  spread>,
    Go<spread, report_contained, inside, Needs<gate::calm, gate::two>>,
    Go<spread, reopen,           inside>>;

// clock: what must not sleep wakes it (3.2). The wrapper adds `resume` where another region moves.
template <class Event>
using WakesUnlessQuiet = mp::mp_list<
    Go<suspended, Event, running, If<Not<route::calm>>>,
    Go<suspended, Event, running, If<route::calm, route::red>>>;

using ClockRows = Rows<
    mp::mp_list<
        Go<running,   suspension_approved,       suspended, Needs<gate::suspend>>,
        Go<suspended, resume,                    running>,
        Go<suspended, sus_until_fired,           running>,
        Go<suspended, party_refused,             running, If<Whole>>,
        Go<suspended, party_went_to_arbitration, running, If<Whole>>,
        Go<suspended, withdraw,                  running, If<Whole>>,
        Go<suspended, report_spread,             running>,
        Go<suspended, spread_reported,           running>,
        Go<suspended, raise_grade,               running, If<route::red>>,
        Go<suspended, case_ended,                running>>,
    WakesUnlessQuiet<update_facts>,
    WakesUnlessQuiet<confirm_facts>,
    WakesUnlessQuiet<facts_regraded>>;

// custody: an offer leaves the owner where it is; the engine's own offer replaces a pending one.
using CustodyRows = mp::mp_list<
    Go  <held,    offer_handover,   offered, Needs<gate::addressee>>,
    Go  <held,    offer_forced,     offered>,
    Stay<offered, offer_forced>,
    Go  <offered, recall_handover,  held>,
    Go  <offered, accept_handover,  held>,
    Go  <offered, decline_handover, held>,
    Go  <offered, handover_lapsed,  held>,
    Go  <offered, reassign,         held>,
    Go  <offered, acknowledge,      held>,
    Go  <offered, person_disabled,  held,    If<route::offeree>>,
    Go  <offered, fallback_owns,    held>,
    Go  <offered, case_ended,       held>>;
// clang-format on

}  // namespace jinqiao::workflows::dispute::table
