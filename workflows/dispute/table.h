#pragma once
#include <boost/mp11.hpp>
#include <boost/mpl/push_back.hpp>
#include <boost/mpl/vector.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <string>
#include <type_traits>

#include "workflows/dispute/conditions.h"

// The words in which rows are written. Included by machine.cc alone.
//
//   Row<watching, close_unresolved, unresolved, none, When<Gates<gate::calm>, Routes<...>>>
//
// Rows live in mp11 lists, which drive the machine, the diagram and /actions alike; MSM gets an
// MPL sequence folded from them, so that no table size of MPL limits us.
namespace jinqiao::workflows::dispute::table {

namespace mp = boost::mp11;
using boost::msm::front::none;
using boost::msm::front::Row;

template <class... Gate>
using Gates = mp::mp_list<Gate...>;
template <class... Route>
using Routes = mp::mp_list<Route...>;

template <class... Ids>
std::vector<std::string> ids_of(mp::mp_list<Ids...>) {
    return {std::string(Ids::id())...};
}

// The guard of a row. Carries its ids as data for diagrams, and asks them when MSM wants to know.
template <class G = Gates<>, class R = Routes<>>
struct When {
    static const Conditions& conditions() {
        static const Conditions held{ids_of(G{}), ids_of(R{})};
        return held;
    }
    template <class Event, class Machine, class Source, class Target>
    bool operator()(const Event&, Machine& machine, Source&, Target&) const {
        return machine.asking->holds(conditions());
    }
};

template <class... Gate>
using Needs = When<Gates<Gate...>>;
template <class... Route>
using If = When<Gates<>, Routes<Route...>>;

template <class Source, class Event, class Target, class Guard = none>
using Go = Row<Source, Event, Target, none, Guard>;
// Accepted, and the region stays: the answer "nothing moves" is part of the table.
template <class Source, class Event, class Guard = none>
using Stay = Row<Source, Event, none, none, Guard>;

// The same row from each of these states.
template <class Sources, class Event, class Target, class Guard = none>
struct EachRow;
template <class... Source, class Event, class Target, class Guard>
struct EachRow<mp::mp_list<Source...>, Event, Target, Guard> {
    using type = mp::mp_list<Row<Source, Event, Target, none, Guard>...>;
};
template <class Sources, class Event, class Target, class Guard = none>
using Each = typename EachRow<Sources, Event, Target, Guard>::type;
template <class Sources, class Event, class Guard = none>
using EachStays = Each<Sources, Event, none, Guard>;

template <class... Lists>
using Rows = mp::mp_append<Lists...>;

template <class Vector, class T>
using PushBack = typename boost::mpl::push_back<Vector, T>::type;
template <class List>
using MplTable = mp::mp_fold<List, boost::mpl::vector0<>, PushBack>;

}  // namespace jinqiao::workflows::dispute::table
