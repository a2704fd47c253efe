#include "workflows/dispute/dispute.h"

#include <algorithm>
#include <cstdint>

#include "workflows/dispute/actions.h"
#include "workflows/dispute/alert.h"
#include "workflows/dispute/carry_out.h"
#include "workflows/dispute/children.h"
#include "workflows/dispute/documents.h"
#include "workflows/dispute/effects.h"
#include "workflows/dispute/expiry.h"
#include "workflows/dispute/facts.h"
#include "workflows/dispute/guards.h"
#include "workflows/dispute/hooks.h"
#include "workflows/dispute/machine.h"
#include "workflows/dispute/next_step.h"
#include "workflows/dispute/task_force.h"
#include "workflows/dispute/vocabularies.h"

namespace jinqiao::workflows::dispute {

namespace {

using model::Refusal;

std::optional<Refusal> file(Step& step) {
    if (auto faults = unfit_for_filing(step.payload()); !faults.empty())
        return Refusal{Refusal::Kind::invalid_payload, std::move(faults)};
    step.arrive(initial());
    collect_documents(step);
    effect_of("file")->carry_out(step);
    settle(step);
    step.save();
    return std::nullopt;
}

// A stoppage grows older without anybody reporting it.
void see_time_pass(Step& step) {
    if (step.kase().open && std::any_of(step.data.behaviours.begin(), step.data.behaviours.end(),
                                        [](const Behaviour& each) {
                                            return each.going_on() && each.code == "stoppage";
                                        }))
        step.draft.facts_changed();
}

// News of other cases moves nothing here: it is put on record and the owner is told. A case that
// has ended since has nobody to tell.
bool is_news(std::string_view event) {
    return event == "second_incident" || event == "common_claim_detected";
}

std::optional<Refusal> hear(Step& step) {
    if (step.kase().open) effect_of(step.event)->carry_out(step);
    step.save();
    return std::nullopt;
}

// Whether any row could be taken from here by some payload: gates aside, which have been asked.
class Possible : public Questions {
  public:
    explicit Possible(const Step& step) : step_(step) {}
    Reason gate(std::string_view) const override { return {}; }
    bool route(std::string_view id) const override { return route_holds(step_, id); }

  private:
    const Step& step_;
};

std::string hash_of(const std::vector<kernel::Row>& rows) {
    // FNV-1a: evidence of which table a case was filed under, not a defence against forgery.
    std::uint64_t hash = 14695981039346656037ULL;
    const auto add = [&hash](std::string_view words) {
        for (const char each : words) {
            hash ^= static_cast<unsigned char>(each);
            hash *= 1099511628211ULL;
        }
        hash ^= 0xff;
        hash *= 1099511628211ULL;
    };
    for (const kernel::Row& row : rows) {
        for (const std::string* words : {&row.region, &row.source, &row.event, &row.target})
            add(*words);
        for (const std::string& gate : row.gates) add(gate);
        for (const std::string& route : row.routes) add(route);
    }
    static constexpr char digits[] = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = text.size(); i-- > 0; hash >>= 4) text[i] = digits[hash & 0xf];
    return text;
}

}  // namespace

std::string Dispute::version() const {
    static const std::string once = hash_of(rows());  // asked for at every filing
    return once;
}

std::span<const kernel::StateInfo> Dispute::states() const { return dispute::states(); }
std::span<const kernel::Action> Dispute::actions() const { return dispute::actions(); }
std::vector<kernel::Row> Dispute::rows() const { return dispute::rows(); }
std::span<const std::string> Dispute::fact_names() const { return flat_fact_names(); }
std::span<const std::string> Dispute::clock_names() const { return all_clock_names(); }
std::span<const std::string> Dispute::notice_names() const { return all_notice_names(); }

json::object Dispute::facts(const model::Case& kase, time::Instant now) const {
    return flat_facts(kase, read_data(kase.data), now);
}

std::optional<Refusal> Dispute::step(kernel::Draft& draft) const {
    Step step(draft);
    if (step.event == "file") return file(step);
    if (step.event == "open_child") {
        start_child(step);
        return carry_out(step);
    }
    if (is_news(step.event)) return hear(step);
    if (auto faults = dangling(step); !faults.empty())
        return Refusal{Refusal::Kind::invalid_payload, std::move(faults)};
    take_facts(step);
    collect_documents(step);
    see_time_pass(step);
    return carry_out(step);
}

std::vector<model::Message> Dispute::blocked(const kernel::Draft& draft,
                                             const kernel::Action& action) const {
    // A question changes nothing: Step asks the draft, and is thrown away.
    Step step(const_cast<kernel::Draft&>(draft));
    step.event = action.name;
    step.probing = true;
    const model::Message none{"no_transition",
                              {{"state", step.from[Region::pipeline]}, {"event", action.name}}};
    if (!has_row(step.from, action.name)) return {none};
    std::vector<model::Message> reasons;
    const Answers answers(step);
    for (const std::string& id : gates_of(step.from, action.name))
        if (auto reason = answers.gate(id)) reasons.push_back(std::move(*reason));
    if (!reasons.empty()) return reasons;
    const auto move = fire(step.from, action.name, Possible(step));
    if (move.kind == Move::no_row || move.kind == Move::unknown) return {none};
    return {};
}

bool Dispute::expired(kernel::Draft& draft, model::Clock& clock) const {
    Step step(draft);
    return expire(step, clock);
}

bool Dispute::wants_unrolled(const model::Clock& clock) const {
    return clock.name == "med.arb_right";
}

// Rolling forward is the unsafe side for a right that opens (design.md 4).
void Dispute::unrolled(kernel::Draft& draft, model::Clock& clock) const {
    draft.tell("arb_right_may_be_open", {{"clock", clock.name}});
}

void Dispute::stalled(kernel::Draft& draft) const {
    Step step(draft);
    keep_due(step);
    step.save();
}

void Dispute::raise_tier(kernel::Draft& draft) const {
    Step step(draft);
    step.event = "tier_raised";
    if (carry_out(step)) draft.record("tier_not_raised", {{"state", step.pipeline()}});
}

void Dispute::escalated(kernel::Draft& draft, const model::Clock&) const { see_escalations(draft); }

// A grade falls (I11) and a step is left out (三步走) only by a person's word.
bool Dispute::silence_may_grant(std::string_view kind) const {
    return kind == "suspension" || kind == "stage_extension";
}

void Dispute::regraded(kernel::Draft& draft, model::GradeLevel before) const {
    if (!draft.kase.open) return;
    const bool raised = draft.kase.grade.effective > before;
    if (raised)  // what was asked for on a lower grade is void (3.8)
        for (std::size_t i = 0; i < draft.kase.requests.size(); ++i) {
            model::Request& each = draft.kase.requests[i];
            if (each.kind == "lower_grade" && each.state == model::RequestState::pending)
                draft.close_request(each, model::RequestState::void_, "grade rose");
        }
    Step step(draft);
    step.event = "facts_regraded";
    carry_out(step);
}

void Dispute::answered(kernel::Draft& draft, model::Request& request) const {
    Step step(draft);
    dispute::answered(step, request);
}

// Read from the JSON as it lies: this is asked for every person of the directory.
std::vector<std::string> Dispute::relations(const model::Case& kase,
                                            const model::PersonId& person) const {
    std::vector<std::string> found;
    if (person.empty()) return found;
    const json::object& team = object(kase.data, "team");
    const json::object& site = object(kase.data, "site");
    if (text(team, "lead") == person.value) found.emplace_back("lead");
    if (text(site, "commissioner") == person.value) found.emplace_back("com");
    return found;
}

model::Message Dispute::next_step(const model::Case& kase) const {
    return next_step_of(kase, read_data(kase.data));
}

std::vector<std::string> Dispute::missing(const model::Case& kase) const {
    return texts(object(kase.data, "derived"), "missing");
}

}  // namespace jinqiao::workflows::dispute
