#pragma once
#include "workflows/dispute/rows_resolve.h"

// The three exits (dispute-machine.md 3.3), pipeline side. Nobody can be trapped: no row here has
// a gate, and from every open state exactly one row holds whatever the facts say (a test counts).
// An exit ends the case only when R.done, else a dangerous case could be made to disappear; it
// stays pending until then and `exit_applied` carries it out.
namespace jinqiao::workflows::dispute::table {

// clang-format off

// E1. Refusing to perform what binds is a breach, and breaches live in `performing`. Refusing
// confirmation there changes nothing any more.
using RefusedRows = Rows<
    EachStays<Rows<V, C>,            party_refused>,
    EachStays<mp::mp_list<agreement>, party_refused,             If<route::part>>,
    BackToLast<agreement,            party_refused,              Whole, Not<route::effective>>,
    Each<mp::mp_list<agreement>,     party_refused, performing,  If<Whole, route::effective>>,
    EachStays<mp::mp_list<confirming>, party_refused,            If<route::part>>,
    Each<mp::mp_list<confirming>,    party_refused, performing,  If<Whole>>,
    EachStays<mp::mp_list<performing>, party_refused>,
    EachStays<mp::mp_list<follow_up>, party_refused,             If<route::part>>,
    EachStays<mp::mp_list<follow_up>, party_refused,             If<Whole, route::confirmation>>,
    Each<mp::mp_list<follow_up>,     party_refused, performing,  If<Whole, Not<route::confirmation>>>>;

// E2, a right: never spread, never refused (LDMAA 5).
using Bound = mp::mp_list<confirming, performing, follow_up>;
using ArbitrationRows = Rows<
    EachStays<Rows<V, C, R>,          party_went_to_arbitration,            If<route::part>>,
    Each     <Rows<V, C, R>,          party_went_to_arbitration, referred,  If<Whole, route::done>>,
    EachStays<Rows<V, Bound>,         party_went_to_arbitration,            If<Whole, Not<route::done>>>,
    Each     <C,                      party_went_to_arbitration, watching,  If<Whole, Not<route::done>>>,
    EachStays<mp::mp_list<agreement>, party_went_to_arbitration,            If<Whole, Not<route::done>, route::effective>>,
    Each     <mp::mp_list<agreement>, party_went_to_arbitration, watching,  If<Whole, Not<route::done>, Not<route::effective>>>>;

// E3. One of many may not end the case of all: that takes a mandate.
template <class Sources, class... More>
using EndsWithdrawn = Each<Sources, withdraw, withdrawn, If<Whole, More..., route::mandate, route::done>>;
template <class Sources, class... More>
using WithdrawnButWatched = Rows<
    EndsWithdrawn<Sources, More...>,
    Each<Sources, withdraw, watching, If<Whole, More..., route::mandate, Not<route::done>>>,
    Each<Sources, withdraw, watching, If<Whole, More..., Not<route::mandate>>>>;
template <class Sources, class... More>
using WithdrawnButStays = Rows<
    EndsWithdrawn<Sources, More...>,
    EachStays<Sources, withdraw, If<Whole, More..., route::mandate, Not<route::done>>>,
    EachStays<Sources, withdraw, If<Whole, More..., Not<route::mandate>>>>;

using WithdrawRows = Rows<
    EachStays<Rows<V, C, R>, withdraw, If<route::part>>,
    WithdrawnButStays  <V>,
    WithdrawnButWatched<C>,
    WithdrawnButWatched<mp::mp_list<agreement>,  Not<route::effective>>,
    WithdrawnButWatched<mp::mp_list<agreement>,  route::effective, route::waived>,
    WithdrawnButWatched<mp::mp_list<confirming>, route::waived>,
    WithdrawnButStays  <Performing,              route::waived>,
    // An effective agreement binds until the claimant waives it in writing.
    Each     <mp::mp_list<agreement>,  withdraw, performing, If<Whole, route::effective, Not<route::waived>>>,
    Each     <mp::mp_list<confirming>, withdraw, performing, If<Whole, Not<route::waived>>>,
    EachStays<Performing,              withdraw,             If<Whole, Not<route::waived>>>>;

using PendingExitRows = Rows<
    Each<Rows<V, C, R>, exit_applied, referred,  If<To<referred>>>,
    Each<Rows<V, C, R>, exit_applied, withdrawn, If<To<withdrawn>>>>;

using ExitRows = Rows<RefusedRows, ArbitrationRows, WithdrawRows, PendingExitRows>;
// clang-format on

}  // namespace jinqiao::workflows::dispute::table
