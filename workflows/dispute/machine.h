#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/workflow.h"
#include "engine/model/text.h"

// The dispute machine behind a plain interface: nothing here, and nobody who includes this, sees
// Boost.MSM. All functions are pure and thread-safe; a scratch machine per region is restored by
// name for each event and thrown away.
namespace jinqiao::workflows::dispute {

namespace model = engine::model;
namespace kernel = engine::kernel;

enum class Region : std::size_t { pipeline, process, mediation, containment, clock, custody };
inline constexpr std::size_t region_count = 6;
inline constexpr std::array<std::string_view, region_count> region_names{
    "pipeline", "process", "mediation", "containment", "clock", "custody"};

// One active state per region, by name. States of two regions never share a name.
struct Configuration {
    std::array<std::string, region_count> state;

    const std::string& operator[](Region region) const {
        return state[static_cast<std::size_t>(region)];
    }
    std::string& operator[](Region region) { return state[static_cast<std::size_t>(region)]; }
    bool operator==(const Configuration&) const = default;
};

// What a filed case starts with: reported, not_required, none, inside, running, held.
// A child case starts here too and then takes `child_opened`.
Configuration initial();

// Questions the table asks about the stored case, the actor and the payload.
//
// gate   Ids of dispute-machine.md 2.2 ("G.facts"). Empty: it holds. A gate that applies only in
//        some cases (G.two of close_no_dispute: orange and red; of reassign: the actor's own
//        post) holds in the others. G.suspend and G.skip are asked again when an approved request
//        is carried out (suspension_approved, skip_approved): read the request, not the payload.
// route  Routing conditions choose a target and never refuse:
//   R.done          facts confirmed and calm
//   R.part          the exit or referral concerns a part, defaults of 3.3 applied
//   R.mandate       not collective, or those represented agreed to the withdrawal
//   R.waived        the claimant waives in writing
//   R.effective     the agreement has come into effect
//   R.confirmation  the refusal is one of confirmation · R.mediation  of mediation, or unsaid
//   R.collective    collective case (update_facts, confirm_facts, absorbed: after the payload)
//   R.calm · R.red  nothing worse than talk goes on · grade red (after the payload)
//   R.breach        a breach is on record and not cured
//   R.applied       an application for confirmation waits for its result
//   R.stale         reopening: bargaining mandates older than six months
//   R.final         report_up: the final report
//   R.offeree       person_disabled: the pending offer was made to that person
//   R.last(X)       last coordinating state; X = committee, team, joint, verifying (there is none)
//   R.before(X)     X is one of the states stored at the merge
//   R.to(X)         where the event leads. Payload `to` or `tier` for open_coordination,
//                   change_tier, go_back. reopen: performing (breach), last tier (sent_back; none:
//                   verifying), verifying. record_confirmation: confirming (accepted, extended),
//                   performing (confirmed, not_accepted, withdrawn), agreement (void,
//                   hr_objection). exit_applied: referred, withdrawn. child_opened: referred,
//                   withdrawn, verifying or the tier asked for. absorbed: the source's mediation
//                   state. released: the mediation state to go back to (none, ended).
//
// Engine events beside the actions, by the region they move:
//   pipeline     exit_applied · tier_raised (a ladder's rung) · timer_fired(cc.effect) ·
//                child_opened
//   process      skip_approved · became_collective (put by the wrapper)
//   mediation    timer_fired(med.end) · absorbed (target of a merge) · released (that target, when
//                the merge is undone) · case_ended (put by the wrapper)
//   containment  spread_reported
//   clock        suspension_approved · timer_fired(sus.until) · facts_regraded · case_ended
//   custody      offer_forced · handover_lapsed · person_disabled · fallback_owns · case_ended
class Questions {
  public:
    virtual ~Questions() = default;
    virtual std::optional<model::Message> gate(std::string_view id) const = 0;
    virtual bool route(std::string_view id) const = 0;
};

// A region that moved, and by which event: the one fired, or one that the wrapper puts beside it.
struct Taken {
    Region region = Region::pipeline;
    std::string event;
    std::string source, target;
    bool operator==(const Taken&) const = default;
};

struct Move {
    enum Kind {
        moved,    // accepted; `taken` is empty where nothing but facts changes
        refused,  // a gate says no: `reasons`, and nothing has moved
        no_row,   // no row from here; reasons[0] is "no_transition" with state and event
        unknown,  // an event or a stored state this program has never heard of
    } kind = no_row;
    Configuration after;  // equal to `before` unless moved
    std::vector<model::Message> reasons;
    std::vector<Taken> taken;
};

// Fires one event, an action or an engine event, at all regions at once.
// - All gates of all rows that match are asked before anything moves; one refusal moves nothing.
// - A row naming pipeline states and another region needs both; one naming no pipeline state needs
//   any open one.
// - A suspended clock resumes in the same step if pipeline, mediation or process move ("resume").
// - A pipeline that reaches an end closes the others ("case_ended"): clock runs, nothing is
//   offered, a mediation going on has ended.
// - A collective case whose pipeline is before `agreement` has its process at `congress` at least
//   ("became_collective").
Move fire(const Configuration& before, std::string_view event, const Questions& questions);

// Whether any row starts here, whatever gates and routes say.
bool has_row(const Configuration& configuration, std::string_view event);
// The same for actions that move nothing.
bool fact_allowed(const Configuration& configuration, std::string_view action);
// Gates that stand in the way from here whatever the payload routes to. For `blocked`.
std::vector<std::string> gates_of(const Configuration& configuration, std::string_view event);
// All gates of an event, from any state.
std::vector<std::string> gates_of(std::string_view event);

bool known_event(std::string_view event);
std::vector<std::string> events();          // each once, actions and engine events
bool engine_event(std::string_view event);  // nobody but the engine may send it

bool known_state(Region region, std::string_view name);
// The name in use now of a state that an older program stored; itself if it was never renamed.
std::string_view current_name(std::string_view stored);
bool is_end(std::string_view pipeline_state);
bool before_agreement(std::string_view pipeline_state);  // warn and coordinate

std::vector<kernel::Row> rows();              // moving rows, then those that move nothing
std::span<const kernel::StateInfo> states();  // pipeline first

}  // namespace jinqiao::workflows::dispute
