#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/kernel/payload.h"
#include "engine/model/command.h"
#include "engine/model/figures.h"
#include "engine/model/kase.h"
#include "engine/model/refusal.h"
#include "engine/model/text.h"

namespace jinqiao::engine::policy {
struct Policy;
}

namespace jinqiao::engine::kernel {

class Draft;
struct Deed;
struct Rehearsal;

struct StateInfo {
    std::string name;
    std::string region;
    std::string stage;  // of the first region's states; "ended" marks an end
    model::Text label;
    bool initial = false;
};

// Something a person may ask for. `who` holds role words (enterprise_union, duty_officer, mediator,
// department, supervisor) and relation words (own, filer, addressee, approver, and those the
// workflow adds, such as lead). A department must have been told of the case, an enterprise union
// must belong to its enterprise or have filed it.
struct Action {
    std::string name;
    model::Text label;
    std::vector<std::string> who;
    Fields payload;
    bool light = false;  // leaves regions, facts, clocks as they are: the version does not rise
};

// A row of the transition table as data: for diagrams, exploration and documentation.
struct Row {
    std::string region, source, event, target;  // target == source: internal
    std::vector<std::string> gates;             // "G.facts"
    std::vector<std::string> routes;            // "R.done", negated with "!"
};

// The engine's view of one workflow. Stateless and thread-safe: everything is in the Draft.
class Workflow {
  public:
    virtual ~Workflow() = default;

    virtual std::string_view name() const = 0;
    virtual std::string version() const = 0;                // hash of rows()
    virtual std::span<const StateInfo> states() const = 0;  // first region first
    virtual std::span<const Action> actions() const = 0;
    virtual std::vector<Row> rows() const = 0;
    virtual std::span<const std::string> fact_names() const = 0;    // vocabulary of conditions
    virtual std::span<const std::string> clock_names() const = 0;   // clocks it may start
    virtual std::span<const std::string> notice_names() const = 0;  // events it may tell

    // Flat facts for grading and routing.
    virtual boost::json::object facts(const model::Case& kase, time::Instant now) const = 0;

    // Carries out draft.command() on draft.kase, or says why not. Payload, rights and version have
    // been checked. On a refusal the draft is thrown away.
    virtual std::optional<model::Refusal> step(Draft& draft) const = 0;

    // The guards of an action that can be judged without its payload. Empty: allowed now.
    // no_transition is reported as one reason with code "no_transition".
    virtual std::vector<model::Message> blocked(const Draft& draft, const Action& action) const = 0;

    // The due instant of a clock has come (before its rungs at due). The default marks it missed;
    // a workflow overrides what the law makes of it (end of mediation, route closed, …).
    // Returns true if it dealt with the clock itself.
    virtual bool expired(Draft& draft, model::Clock& clock) const = 0;

    // The unrolled end of a clock has come (before a rolled due). True if it wants to be told.
    virtual bool wants_unrolled(const model::Clock& clock) const {
        (void)clock;
        return false;
    }
    virtual void unrolled(Draft& draft, model::Clock& clock) const {
        (void)draft;
        (void)clock;
    }

    // A ladder rung says raise "tier". Grades are the engine's own.
    virtual void raise_tier(Draft& draft) const { (void)draft; }

    // A rung has told or moved somebody higher on this clock; kase.escalations counts it.
    virtual void escalated(Draft& draft, const model::Clock& clock) const {
        (void)draft;
        (void)clock;
    }

    // Whether the silence of an approver may grant a request of this kind, should the policy say
    // so. What takes two persons by law or rule never comes of silence.
    virtual bool silence_may_grant(std::string_view kind) const {
        (void)kind;
        return true;
    }

    // The engine's grade or facts changed; called after regrading, before ladders are armed.
    virtual void regraded(Draft& draft, model::GradeLevel before) const {
        (void)draft;
        (void)before;
    }

    // No clock of the open case would ring again: the workflow starts one (I3). Asked at the end of
    // a decision, whatever brought it about.
    virtual void stalled(Draft& draft) const { (void)draft; }

    // A request was answered (approved, rejected or lapsed).
    virtual void answered(Draft& draft, model::Request& request) const = 0;

    // Relations of this person beyond the engine's own ("lead", "com").
    virtual std::vector<std::string> relations(const model::Case& kase,
                                               const model::PersonId& person) const = 0;

    // What is to be done next, in one line ("take the case").
    virtual model::Message next_step(const model::Case& kase) const = 0;
    // Starred fields of the first report still unknown.
    virtual std::vector<std::string> missing(const model::Case& kase) const = 0;

    // What reports count of the case beside what the engine knows of any. Asked at every change, so
    // it looks only at what it needs.
    virtual void count(const model::Case& kase, model::Figures& figures) const {
        (void)kase;
        (void)figures;
    }

    // --- what a policy is proven with (proof/prove.h) ---------------------------------------
    // Ways through the workflow at a grade, which together meet every clock it may start and all
    // its states. A step that is refused on such a way is a way the policy has blocked.
    virtual std::vector<Rehearsal> rehearsals(const policy::Policy& policy,
                                              model::GradeLevel grade) const;
    // What somebody may say at any time, and be let out.
    virtual std::vector<Deed> exits() const;
    // Still held, after such an exit.
    virtual bool trapped(const model::Case& kase) const;
    // The clock ends at its due by itself, whatever the policy says, so that no rung comes after.
    virtual bool ends_at_due(std::string_view clock) const;
    // Our clock, and the legal one before whose end it must have ended, started on the same day.
    virtual std::vector<std::pair<std::string, std::string>> serves() const;
};

}  // namespace jinqiao::engine::kernel
