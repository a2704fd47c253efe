#pragma once
#include "workflows/dispute/vocabulary.h"

// Pipeline rows out of an end (reopening, 3.6; undoing a merge) and into the life of a child case.
namespace jinqiao::workflows::dispute::table {

// clang-format off
template <class Target>
using ReopensAt  = Each<Reopenable, reopen, Target, When<Gates<gate::window>, Routes<To<Target>>>>;
template <class Target>
using UnmergesTo = Go<merged, unmerge, Target, When<Gates<gate::window>, Routes<Before<Target>>>>;
template <class Target>
using ChildAt    = Go<reported, child_opened, Target, If<To<Target>>>;

using EndRows = Rows<
    ReopensAt<verifying>, ReopensAt<committee>, ReopensAt<team>, ReopensAt<joint>,
    // A breach needs an agreement that binds.
    Each<Reopenable, reopen, performing, When<Gates<gate::window, gate::effective>, Routes<To<performing>>>>,
    mp::mp_list<
        UnmergesTo<reported>,  UnmergesTo<verifying>, UnmergesTo<watching>,
        UnmergesTo<committee>, UnmergesTo<team>,      UnmergesTo<joint>>,
    mp::mp_list<
        ChildAt<verifying>, ChildAt<committee>, ChildAt<team>, ChildAt<joint>,
        ChildAt<referred>,  ChildAt<withdrawn>>>;
// clang-format on

}  // namespace jinqiao::workflows::dispute::table
