// The only unit that includes Boost.MSM: one small machine per region behind regions.h. Compiling
// it takes a minute and some gigabytes, so it holds nothing else; the rules that tie the regions
// together are in fire.cc, the rows in rows_*.h.
//
//   warn        reported ─ verifying ─ (watching)
//   coordinate  committee · team · joint
//   resolve     agreement ─ confirming ─ performing ─ follow_up
//   ends        settled withdrawn no_dispute merged referred unresolved
//
// The full diagram is in workflows/README.md.
#include <boost/mpl/for_each.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/back/tools.hpp>

#include "workflows/dispute/regions.h"
#include "workflows/dispute/rows_coordinate.h"
#include "workflows/dispute/rows_ends.h"
#include "workflows/dispute/rows_exits.h"
#include "workflows/dispute/rows_regions.h"
#include "workflows/dispute/rows_resolve.h"
#include "workflows/dispute/rows_warn.h"

namespace jinqiao::workflows::dispute {

namespace {

namespace msm = boost::msm;
namespace mp = boost::mp11;

// Without the message queue, which a thrown exception would leave stuck; effects are data and
// nothing here calls process_event again.
template <class Self>
struct Front : msm::front::state_machine_def<Self> {
    using no_exception_thrown = int;
    using no_message_queue = int;

    Asking* asking = nullptr;  // set for the one event this scratch machine sees

    // Silence is not an answer: advance() tells the wrapper, which refuses with names.
    template <class Machine, class Event>
    void no_transition(const Event&, Machine&, int) {}
};

struct Pipeline_ : Front<Pipeline_> {
    using Rows = table::Rows<table::WarnRows, table::CoordinateRows, table::ResolveRows,
                             table::ExitRows, table::EndRows>;
    struct transition_table : table::MplTable<Rows> {};
    using initial_state = table::reported;
};
struct Process_ : Front<Process_> {
    using Rows = table::ProcessRows;
    struct transition_table : table::MplTable<Rows> {};
    using initial_state = table::not_required;
};
struct Mediation_ : Front<Mediation_> {
    using Rows = table::MediationRows;
    struct transition_table : table::MplTable<Rows> {};
    using initial_state = table::no_mediation;
};
struct Containment_ : Front<Containment_> {
    using Rows = table::ContainmentRows;
    struct transition_table : table::MplTable<Rows> {};
    using initial_state = table::inside;
};
struct Clock_ : Front<Clock_> {
    using Rows = table::ClockRows;
    struct transition_table : table::MplTable<Rows> {};
    using initial_state = table::running;
};
struct Custody_ : Front<Custody_> {
    using Rows = table::CustodyRows;
    struct transition_table : table::MplTable<Rows> {};
    using initial_state = table::held;
};

// In the order of Region.
using Fronts = mp::mp_list<Pipeline_, Process_, Mediation_, Containment_, Clock_, Custody_>;
template <class F>
using Machine = msm::back::state_machine<F>;

template <class Row>
using EventOf = typename Row::Evt;
template <class F>
using EventsOf = mp::mp_unique<mp::mp_transform<EventOf, typename F::Rows>>;

// Stable names by MSM's number, from the types themselves.
template <class M>
const std::vector<std::string_view>& names() {
    using States = typename msm::back::generate_state_set<typename M::stt>::type;
    static const auto made = [] {
        std::vector<std::string_view> all(boost::mpl::size<States>::value);
        boost::mpl::for_each<States, msm::wrap<boost::mpl::_1>>([&]<class S>(msm::wrap<S>) {
            all[msm::back::get_state_id<typename M::stt, S>::value] = S::name;
        });
        return all;
    }();
    return made;
}

// An "archive" in the sense of Boost.Serialization that writes nothing but the active state: the
// machine is put back without running anything.
struct Restore {
    int id;
    template <class T>
    Restore& operator&(T& member) {
        if constexpr (std::is_array_v<T>) member[0] = id;
        return *this;
    }
};

template <class M>
int number_of(std::string_view state) {
    const auto& all = names<M>();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] == state) return static_cast<int>(i);
    return -1;  // ruled out by known_state() before any event is put
}

template <class M, class Event>
Advance put(M& machine) {
    machine.asking->begin();
    const auto result = machine.process_event(Event{});
    const auto& all = names<M>();
    const auto now = all[static_cast<std::size_t>(machine.current_state()[0])];
    if (result & msm::back::HANDLED_TRUE) return {Advance::taken, now};
    if (!(result & msm::back::HANDLED_GUARD_REJECT)) return {Advance::silent, now};
    return {machine.asking->refused() ? Advance::refused : Advance::unrouted, now};
}

template <class F>
Advance advance_in(std::string_view state, std::string_view event, Asking& asking) {
    using M = Machine<F>;
    Advance answer{Advance::silent, state};
    const int id = number_of<M>(state);
    if (id < 0) return answer;
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, EventsOf<F>>>(
        [&]<class Event>(mp::mp_identity<Event>) {
            if (Event::name != event) return;
            M machine;
            machine.asking = &asking;
            Restore archive{id};
            machine.serialize(archive, 0);
            answer = put<M, Event>(machine);
        });
    return answer;
}

template <class F>
void describe(std::string_view region, std::vector<kernel::Row>& rows) {
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename F::Rows>>(
        [&]<class Row>(mp::mp_identity<Row>) {
            kernel::Row row{std::string(region),
                            std::string(Row::Source::name),
                            std::string(Row::Evt::name),
                            std::string(Row::Target::name),
                            {},
                            {}};
            if constexpr (!std::is_same_v<typename Row::Guard, table::none>) {
                row.gates = Row::Guard::conditions().gates;
                row.routes = Row::Guard::conditions().routes;
            }
            rows.push_back(std::move(row));
        });
}

template <class Answer>
Answer with_front(Region region, auto&& ask) {
    return mp::mp_with_index<region_count>(
        static_cast<std::size_t>(region), [&](auto index) -> Answer {
            return ask(mp::mp_identity<mp::mp_at<Fronts, decltype(index)>>{});
        });
}

}  // namespace

Advance advance(Region region, std::string_view state, std::string_view event, Asking& asking) {
    return with_front<Advance>(
        region, [&]<class F>(mp::mp_identity<F>) { return advance_in<F>(state, event, asking); });
}

std::vector<std::string_view> machine_states(Region region) {
    return with_front<std::vector<std::string_view>>(
        region, []<class F>(mp::mp_identity<F>) { return names<Machine<F>>(); });
}

const std::vector<kernel::Row>& moving_rows() {
    static const auto made = [] {
        std::vector<kernel::Row> rows;
        mp::mp_for_each<mp::mp_iota_c<region_count>>([&](auto index) {
            describe<mp::mp_at<Fronts, decltype(index)>>(region_names[index], rows);
        });
        return rows;
    }();
    return made;
}

}  // namespace jinqiao::workflows::dispute
