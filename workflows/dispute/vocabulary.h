#pragma once
#include <boost/msm/front/states.hpp>
#include <string>
#include <string_view>

#include "workflows/dispute/table.h"

// States, events, gates and routes as types. Names are what is stored, shown and used in YAML;
// MSM's own numbers follow the order of rows and never leave machine.cc.
namespace jinqiao::workflows::dispute::table {

using Name = std::string_view;
using State = boost::msm::front::state<>;

// clang-format off

// pipeline: warn, coordinate, resolve, ends
struct reported    : State { static constexpr Name name = "reported"; };
struct verifying   : State { static constexpr Name name = "verifying"; };
struct watching    : State { static constexpr Name name = "watching"; };
struct committee   : State { static constexpr Name name = "committee"; };
struct team        : State { static constexpr Name name = "team"; };
struct joint       : State { static constexpr Name name = "joint"; };
struct agreement   : State { static constexpr Name name = "agreement"; };
struct confirming  : State { static constexpr Name name = "confirming"; };
struct performing  : State { static constexpr Name name = "performing"; };
struct follow_up   : State { static constexpr Name name = "follow_up"; };
struct settled     : State { static constexpr Name name = "settled"; };
struct withdrawn   : State { static constexpr Name name = "withdrawn"; };
struct no_dispute  : State { static constexpr Name name = "no_dispute"; };
struct merged      : State { static constexpr Name name = "merged"; };
struct referred    : State { static constexpr Name name = "referred"; };
struct unresolved  : State { static constexpr Name name = "unresolved"; };
// process
struct not_required : State { static constexpr Name name = "not_required"; };
struct congress     : State { static constexpr Name name = "congress"; };
struct elect        : State { static constexpr Name name = "elect"; };
struct bargain      : State { static constexpr Name name = "bargain"; };
struct agreed       : State { static constexpr Name name = "agreed"; };
// mediation ("none" is MSM's word too)
struct no_mediation : State { static constexpr Name name = "none"; };
struct applied      : State { static constexpr Name name = "applied"; };
struct open         : State { static constexpr Name name = "open"; };
struct ended        : State { static constexpr Name name = "ended"; };
// containment, clock, custody
struct inside       : State { static constexpr Name name = "inside"; };
struct spread       : State { static constexpr Name name = "spread"; };
struct running      : State { static constexpr Name name = "running"; };
struct suspended    : State { static constexpr Name name = "suspended"; };
struct held         : State { static constexpr Name name = "held"; };
struct offered      : State { static constexpr Name name = "offered"; };

using V          = mp::mp_list<reported, verifying, watching>;
using Found      = mp::mp_list<verifying, watching>;               // V once somebody took the case
using C          = mp::mp_list<committee, team, joint>;
using Performing = mp::mp_list<performing, follow_up>;
using R          = mp::mp_list<agreement, confirming, performing, follow_up>;
using Reopenable = mp::mp_list<settled, withdrawn, no_dispute, referred, unresolved>;

// actions that move a region
struct acknowledge               { static constexpr Name name = "acknowledge"; };
struct watch                     { static constexpr Name name = "watch"; };
struct update_facts              { static constexpr Name name = "update_facts"; };
struct confirm_facts             { static constexpr Name name = "confirm_facts"; };
struct open_coordination         { static constexpr Name name = "open_coordination"; };
struct change_tier               { static constexpr Name name = "change_tier"; };
struct apply_mediation           { static constexpr Name name = "apply_mediation"; };
struct refuse_mediation          { static constexpr Name name = "refuse_mediation"; };
struct accept_mediation          { static constexpr Name name = "accept_mediation"; };
struct end_mediation             { static constexpr Name name = "end_mediation"; };
struct hold_congress             { static constexpr Name name = "hold_congress"; };
struct elect_representatives     { static constexpr Name name = "elect_representatives"; };
struct reach_agreement           { static constexpr Name name = "reach_agreement"; };
struct reopen_bargaining         { static constexpr Name name = "reopen_bargaining"; };
struct propose_agreement         { static constexpr Name name = "propose_agreement"; };
struct sign_agreement            { static constexpr Name name = "sign_agreement"; };
struct apply_confirmation        { static constexpr Name name = "apply_confirmation"; };
struct record_confirmation       { static constexpr Name name = "record_confirmation"; };
struct start_performance         { static constexpr Name name = "start_performance"; };
struct renegotiate               { static constexpr Name name = "renegotiate"; };
struct complete_performance      { static constexpr Name name = "complete_performance"; };
struct report_breach             { static constexpr Name name = "report_breach"; };
struct close_settled             { static constexpr Name name = "close_settled"; };
struct close_no_dispute          { static constexpr Name name = "close_no_dispute"; };
struct close_unresolved          { static constexpr Name name = "close_unresolved"; };
struct refer                     { static constexpr Name name = "refer"; };
struct party_refused             { static constexpr Name name = "party_refused"; };
struct party_went_to_arbitration { static constexpr Name name = "party_went_to_arbitration"; };
struct withdraw                  { static constexpr Name name = "withdraw"; };
struct go_back                   { static constexpr Name name = "go_back"; };
struct merge_into                { static constexpr Name name = "merge_into"; };
struct unmerge                   { static constexpr Name name = "unmerge"; };
struct reopen                    { static constexpr Name name = "reopen"; };
struct report_spread             { static constexpr Name name = "report_spread"; };
struct report_contained          { static constexpr Name name = "report_contained"; };
struct raise_grade               { static constexpr Name name = "raise_grade"; };
struct resume                    { static constexpr Name name = "resume"; };
struct offer_handover            { static constexpr Name name = "offer_handover"; };
struct recall_handover           { static constexpr Name name = "recall_handover"; };
struct accept_handover           { static constexpr Name name = "accept_handover"; };
struct decline_handover          { static constexpr Name name = "decline_handover"; };
struct reassign                  { static constexpr Name name = "reassign"; };
// engine events
struct exit_applied              { static constexpr Name name = "exit_applied"; };
struct tier_raised               { static constexpr Name name = "tier_raised"; };
struct cc_effect_fired           { static constexpr Name name = "timer_fired(cc.effect)"; };
struct child_opened              { static constexpr Name name = "child_opened"; };
struct skip_approved             { static constexpr Name name = "skip_approved"; };
struct became_collective         { static constexpr Name name = "became_collective"; };
struct med_end_fired             { static constexpr Name name = "timer_fired(med.end)"; };
struct absorbed                  { static constexpr Name name = "absorbed"; };
struct released                  { static constexpr Name name = "released"; };
struct case_ended                { static constexpr Name name = "case_ended"; };
struct spread_reported           { static constexpr Name name = "spread_reported"; };
struct suspension_approved       { static constexpr Name name = "suspension_approved"; };
struct sus_until_fired           { static constexpr Name name = "timer_fired(sus.until)"; };
struct facts_regraded            { static constexpr Name name = "facts_regraded"; };
struct offer_forced              { static constexpr Name name = "offer_forced"; };
struct handover_lapsed           { static constexpr Name name = "handover_lapsed"; };
struct person_disabled           { static constexpr Name name = "person_disabled"; };
struct fallback_owns             { static constexpr Name name = "fallback_owns"; };

namespace gate {
struct facts      { static Name id() { return "G.facts"; } };
struct plan       { static Name id() { return "G.plan"; } };
struct tier       { static Name id() { return "G.tier"; } };
struct body       { static Name id() { return "G.body"; } };
struct consent    { static Name id() { return "G.consent"; } };
struct scope      { static Name id() { return "G.scope"; } };
struct recusal    { static Name id() { return "G.recusal"; } };
struct order      { static Name id() { return "G.order"; } };
struct congress   { static Name id() { return "G.congress"; } };
struct reps       { static Name id() { return "G.reps"; } };
struct sufficient { static Name id() { return "G.sufficient"; } };
struct vote       { static Name id() { return "G.vote"; } };
struct process    { static Name id() { return "G.process"; } };
struct heard      { static Name id() { return "G.heard"; } };
struct winwin     { static Name id() { return "G.winwin"; } };
struct balance    { static Name id() { return "G.balance"; } };
struct effective  { static Name id() { return "G.effective"; } };
struct route      { static Name id() { return "G.route"; } };
struct performed  { static Name id() { return "G.performed"; } };
struct visit      { static Name id() { return "G.visit"; } };
struct demands    { static Name id() { return "G.demands"; } };
struct calm       { static Name id() { return "G.calm"; } };
struct notfiler   { static Name id() { return "G.notfiler"; } };
struct medended   { static Name id() { return "G.medended"; } };
struct advice     { static Name id() { return "G.advice"; } };
struct two        { static Name id() { return "G.two"; } };
struct suspend    { static Name id() { return "G.suspend"; } };
struct skip       { static Name id() { return "G.skip"; } };
struct merge      { static Name id() { return "G.merge"; } };
struct window     { static Name id() { return "G.window"; } };
struct addressee  { static Name id() { return "G.addressee"; } };
}  // namespace gate

namespace route {
struct done         { static Name id() { return "R.done"; } };
struct part         { static Name id() { return "R.part"; } };
struct mandate      { static Name id() { return "R.mandate"; } };
struct waived       { static Name id() { return "R.waived"; } };
struct effective    { static Name id() { return "R.effective"; } };
struct confirmation { static Name id() { return "R.confirmation"; } };
struct mediation    { static Name id() { return "R.mediation"; } };
struct collective   { static Name id() { return "R.collective"; } };
struct calm         { static Name id() { return "R.calm"; } };
struct red          { static Name id() { return "R.red"; } };
struct breach       { static Name id() { return "R.breach"; } };
struct applied      { static Name id() { return "R.applied"; } };
struct stale        { static Name id() { return "R.stale"; } };
struct offeree      { static Name id() { return "R.offeree"; } };
}  // namespace route
// clang-format on

template <class Route>
struct Not {
    static std::string id() { return "!" + std::string(Route::id()); }
};
template <class Where>
struct Last {
    static std::string id() { return "R.last(" + std::string(Where::name) + ")"; }
};
template <class Where>
struct Before {
    static std::string id() { return "R.before(" + std::string(Where::name) + ")"; }
};
template <class Where>
struct To {
    static std::string id() { return "R.to(" + std::string(Where::name) + ")"; }
};
using Whole = Not<route::part>;

}  // namespace jinqiao::workflows::dispute::table
