#pragma once
#include "workflows/dispute/rows_warn.h"

// Pipeline rows that start in the stage resolve (处置).
namespace jinqiao::workflows::dispute::table {

// clang-format off

// Back to the tier that made the text; a case that never had one is verified again.
template <class Source, class Event, class... More>
using BackToLast = mp::mp_list<
    Go<Source, Event, committee, If<Last<committee>, More...>>,
    Go<Source, Event, team,      If<Last<team>,      More...>>,
    Go<Source, Event, joint,     If<Last<joint>,     More...>>,
    Go<Source, Event, verifying, If<Last<verifying>, More...>>>;

// An enterprise committee does not bargain collectively: its cases go on at the work team.
template <class Source, class... More>
using BargainsAgain = mp::mp_list<
    Go<Source, reopen_bargaining, team,      If<Last<committee>, More...>>,
    Go<Source, reopen_bargaining, team,      If<Last<team>,      More...>>,
    Go<Source, reopen_bargaining, joint,     If<Last<joint>,     More...>>,
    Go<Source, reopen_bargaining, verifying, If<Last<verifying>, More...>>>;

using ResolveRows = Rows<
    mp::mp_list<
        Go  <agreement,  apply_confirmation,   confirming, Needs<gate::route>>,
        Go  <agreement,  start_performance,    performing, Needs<gate::effective>>,
        Go  <agreement,  close_unresolved,     unresolved, Needs<gate::medended, gate::calm, gate::advice, gate::two>>,

        Stay<confirming, record_confirmation,              If<To<confirming>>>,
        Go  <confirming, record_confirmation,  performing, If<To<performing>>>,
        Go  <confirming, record_confirmation,  agreement,  If<To<agreement>>>,
        Go  <confirming, cc_effect_fired,      performing>,  // no objection within 15 days: LCL 54
        Go  <confirming, report_breach,        performing>,

        // An application made from `confirming` may still wait after a breach brought the case here.
        Stay<performing, record_confirmation,              If<route::applied, Not<To<agreement>>>>,
        Go  <performing, record_confirmation,  agreement,  If<route::applied, To<agreement>>>,
        Go  <performing, apply_confirmation,   confirming, Needs<gate::route>>,
        Go  <performing, renegotiate,          agreement,  Needs<gate::process>>,
        Go  <performing, complete_performance, follow_up,  Needs<gate::performed>>,
        Go  <performing, close_unresolved,     unresolved, Needs<gate::medended, gate::calm, gate::advice, gate::two>>,

        Go  <follow_up,  report_breach,        performing>,
        Go  <follow_up,  close_settled,        settled,    Needs<gate::demands, gate::winwin, gate::performed, gate::visit, gate::calm>>>,
    BackToLast<agreement, go_back>,
    BackToLast<performing, go_back, route::breach>,
    BargainsAgain<agreement>,
    BargainsAgain<performing, route::breach>,
    Refers<R>>;
// clang-format on

}  // namespace jinqiao::workflows::dispute::table
