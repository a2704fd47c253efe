#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/facts.h"
#include "engine/model/command.h"
#include "engine/model/kase.h"
#include "engine/model/notice.h"
#include "engine/model/refusal.h"
#include "engine/policy/policy.h"
#include "engine/time/calendar.h"

namespace jinqiao::engine::kernel {

class Workflow;

// What the decision reads besides the case: all of it immutable and borrowed.
struct Context {
    const Workflow* workflow = nullptr;
    const policy::Policy* policy = nullptr;
    const time::Calendar* calendar = nullptr;
    const Facts* facts = nullptr;
    time::Instant now;
};

struct StartOptions {
    std::optional<time::Instant> from = {};  // default: occurred_at of the command
    std::string subject = {};
    std::optional<time::Budget> budget = {};   // instead of the policy's
    std::optional<time::Instant> target = {};  // a date agreed by the parties: due = this
    bool new_instance = false;                 // #n+1 even if one exists
};

// One decision in the making: a copy of the case that workflow and kernel change through words of
// the trade. Nothing here performs anything; effects pile up and are committed together.
class Draft {
  public:
    // `before` and `command` are borrowed and outlive the draft.
    Draft(const model::Case& before, const model::Command& command, const Context& context);

    model::Case kase;

    const model::Case& before() const { return before_; }
    const model::Command& command() const { return command_; }
    const boost::json::object& payload() const { return command_.payload; }
    const Context& context() const { return context_; }
    const policy::Policy& policy() const { return *context_.policy; }
    const policy::Directory& directory() const { return *context_.facts->directory; }
    const time::Calendar& calendar() const { return *context_.calendar; }
    time::Instant now() const { return context_.now; }
    time::Instant occurred_at()
        const;  // payload.occurred_at, else now: legal periods count from it
    const model::PersonId& by() const { return command_.actor.person; }

    // --- clocks -----------------------------------------------------------------------------
    // Starts (or restarts with the next instance) the clock of the policy under this name; does
    // nothing and returns null if the policy has no budget for the case's grade.
    model::Clock* start(std::string_view name, StartOptions options = {});
    void meet(std::string_view name, std::string_view outcome = "met",
              std::string_view subject = {});
    void close(std::string_view name, std::string_view outcome, std::string_view subject = {});
    void finish(model::Clock& clock, model::ClockState state, std::string_view outcome);
    void extend(model::Clock& clock, time::Budget by);
    void suspend_clocks(std::string_view reason);  // every running suspendable clock
    void resume_clocks();
    void rederive(model::Clock& clock, std::string_view why);  // records old and new due
    bool has_open_clock(std::string_view name) const;
    // The ladder of a clock as the case stands: state, grade, facts, and what day the clock started
    // on. Null for reference clocks and for those without.
    const policy::Ladder* ladder_of(const model::Clock& clock) const;
    // Clocks that this action starts anew (ClockRule::restarted_by).
    void restart_acted();
    // The pinned policy was replaced: budgets and sources are those of the new one.
    void policy_changed();

    // --- custody ----------------------------------------------------------------------------
    void own(const model::PostId& post, const model::PersonId& person, std::string_view how);
    // Makes an offer; recalls a pending one first and tells both. To oneself: nothing.
    // If nobody is reachable there it goes to the fallback desk, which accepts by implication.
    void offer(const model::PostId& to, std::string_view note, bool forced = false);
    void withdraw_offer(std::string_view outcome);  // recalled, declined, lapsed, void
    void accept_offer();

    // --- people -----------------------------------------------------------------------------
    // Tells everybody the policy's notice rule for this event names, and `extra` besides.
    void tell(std::string_view event, boost::json::object vars = {},
              const std::vector<std::string>& extra = {}, std::string_view about = {});
    // The same, but for whoever has been told directly.
    void tell_others(std::string_view event, const model::Addressee& but,
                     boost::json::object vars = {}, std::string_view about = {});
    // `contact` counts down the addressee's contacts, best first; the others are for when it
    // failed.
    void notify(std::string_view event, const model::Addressee& to,
                const model::AssignmentId& about, const boost::json::object& vars = {},
                std::string_view reason = {}, std::size_t contact = 0);
    model::Assignment& assign(const model::Addressee& to, std::string_view task,
                              std::string_view about = {}, bool needs_sign = true);
    // Signs, accepts, returns or finishes an assignment; escalations go quiet for a while.
    void advance(model::Assignment& assignment, model::AssignmentState to, std::string_view reason);
    // Gives a returned task to somebody else, by the owner's word or by a ruling, which is final.
    model::Assignment& retask(model::Assignment& returned, const model::Addressee& to, bool ruled);
    // Resolves audience words to addressees (see audience.h). `about` is the clock or request the
    // message concerns; it gives "assignee" and "approver" their meaning.
    std::vector<model::Addressee> audience(const std::vector<std::string>& words,
                                           std::string_view about = {}) const;

    // --- requests ---------------------------------------------------------------------------
    model::Request& request(std::string_view kind, boost::json::object asked);
    // Counts an approval; once enough persons approved, or at a rejection or lapse, closes the
    // request, tells both and lets the workflow carry it out (Workflow::answered).
    void approve(model::Request& request, std::string_view reason);
    void close_request(model::Request& request, model::RequestState state, std::string_view reason);
    void lapse_requests(std::string_view reason);  // every pending one, at an end
    // The answer clock is over: refused, approved, or asked of a higher approver, as the rule says.
    void answer_by_silence(model::Request& request);
    // Why the policy lets nobody ask for this now: granted often enough, or without a document.
    // Without `asked` only what does not depend on it is looked at.
    std::optional<model::Message> barred(std::string_view kind,
                                         const boost::json::object* asked) const;
    // The post that would be asked next for this kind: the second time a higher one.
    model::PostId approver_of(std::string_view kind) const;
    // A post as the policy or a person names it, in the case's own enterprise: that enterprise's
    // own committee chair where it has one. Everything above that takes a post does this itself.
    model::PostId local(const model::PostId& post) const;

    // --- grade ------------------------------------------------------------------------------
    // Assesses the facts again; raises at once, never lowers. Runs at the end of each decision
    // too when facts changed; calling it early is harmless. Tells departments newly concerned.
    void regrade();
    void route();  // assignments for departments and posts that the grade or facts now concern
    void raise_grade(model::GradeLevel to, std::string_view why);  // by hand or by ladder: a floor
    void grant_grade(model::GradeLevel to);                        // by approved request

    // --- others -----------------------------------------------------------------------------
    void follow_up(model::Command command);         // same transaction, after this one
    model::CaseId child(boost::json::object seed);  // follow-up "open_child" on a derived id
    void link(std::string_view kind, const model::CaseId& other);
    void record(std::string_view name, boost::json::object data = {});
    void end_case();  // open = false; offers, requests and non-tail clocks are closed by the caller
    void facts_changed() { regrade_ = true; }

    std::vector<model::Event>& events() { return events_; }
    std::vector<model::Notice>& notices() { return notices_; }
    std::vector<model::Command>& follow_ups() { return follow_ups_; }
    bool regrade_wanted() const { return regrade_; }

  private:
    const model::Case& before_;
    const model::Command& command_;
    Context context_;
    std::vector<model::Event> events_;
    std::vector<model::Notice> notices_;
    std::vector<model::Command> follow_ups_;
    bool regrade_ = false;

    void set_effective(model::GradeLevel level, std::string_view why);
    void recompute_for_grade();
    void fall_back(std::string_view why, std::string_view what);
    bool ask_higher(model::Request& request);
    void ask_approver(const model::Request& request);
};

// The due instant of a clock moved and its rungs with it: those that lie ahead run again, under a
// new epoch; one that has run and lies behind does not. Without effect while the due is past.
void rehang(Draft& draft, model::Clock& clock);
// Sets every open clock's next_at from its ladder, due and quiet time.
void arm(Draft& draft);
// Runs what has come due on one clock, in order of time. False: nothing was due (an old timer).
bool fire(Draft& draft, model::Clock& clock);

}  // namespace jinqiao::engine::kernel
