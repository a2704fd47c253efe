#pragma once
#include "workflows/dispute/vocabulary.h"

// Pipeline rows that start in the stage warn (预警). Exits are in rows_exits.h.
namespace jinqiao::workflows::dispute::table {

// clang-format off
template <class Tier>
using OpensAt = Each<Found, open_coordination, Tier,
                     When<Gates<gate::facts, gate::plan, gate::tier>, Routes<To<Tier>>>>;

// A referral of a part makes a child case and leaves the parent where it is.
template <class Sources>
using Refers = Rows<
    Each     <Sources, refer, referred, When<Gates<gate::calm>, Routes<Whole>>>,
    EachStays<Sources, refer,           If<route::part>>>;

using WarnRows = Rows<
    mp::mp_list<
        Go<reported,  acknowledge,      verifying>,
        Go<verifying, watch,            watching,   Needs<gate::facts, gate::calm>>,
        Go<watching,  go_back,          verifying,  If<To<verifying>>>,
        Go<watching,  close_unresolved, unresolved, Needs<gate::medended, gate::calm, gate::advice, gate::two>>>,
    OpensAt<committee>, OpensAt<team>, OpensAt<joint>,
    Each<Found, close_no_dispute, no_dispute, Needs<gate::facts, gate::calm, gate::notfiler, gate::two>>,
    Refers<Found>,
    Each<V, merge_into, merged, Needs<gate::merge>>>;
// clang-format on

}  // namespace jinqiao::workflows::dispute::table
