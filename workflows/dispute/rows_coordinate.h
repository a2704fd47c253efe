#pragma once
#include "workflows/dispute/rows_warn.h"

// Pipeline rows that start in the stage coordinate (协调). Going down a tier takes a second person.
namespace jinqiao::workflows::dispute::table {

// clang-format off
template <class Target>
using Up   = When<Gates<gate::tier>,            Routes<To<Target>>>;
template <class Target>
using Down = When<Gates<gate::tier, gate::two>, Routes<To<Target>>>;

using CoordinateRows = Rows<
    mp::mp_list<
        Go<committee, change_tier, team,      Up<team>>,
        Go<committee, change_tier, joint,     Up<joint>>,
        Go<team,      change_tier, joint,     Up<joint>>,
        Go<team,      change_tier, committee, Down<committee>>,
        Go<joint,     change_tier, team,      Down<team>>,
        Go<joint,     change_tier, committee, Down<committee>>,
        Go<committee, tier_raised, team>,
        Go<team,      tier_raised, joint>>,
    Each<C, propose_agreement, agreement,  Needs<gate::heard, gate::winwin, gate::process, gate::balance>>,
    Each<C, close_unresolved,  unresolved, Needs<gate::medended, gate::calm, gate::advice, gate::two>>,
    Each<C, go_back,           verifying,  If<To<verifying>>>,
    Each<C, go_back,           watching,   If<To<watching>>>,
    Each<C, merge_into,        merged,     Needs<gate::merge>>,
    Refers<C>>;
// clang-format on

}  // namespace jinqiao::workflows::dispute::table
