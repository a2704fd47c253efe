#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/workflow.h"

namespace jinqiao::workflows::dispute {

// A labour dispute from the first alert to its end: warn, coordinate, resolve (预警、协调、处置).
// The transition table is machine.h; what an accepted event does is effects.h; what follows from
// states is hooks.h. Stateless: one object serves every thread and every case.
class Dispute : public engine::kernel::Workflow {
  public:
    std::string_view name() const override { return "dispute"; }
    std::string version() const override;
    std::span<const engine::kernel::StateInfo> states() const override;
    std::span<const engine::kernel::Action> actions() const override;
    std::vector<engine::kernel::Row> rows() const override;
    std::span<const std::string> fact_names() const override;
    std::span<const std::string> clock_names() const override;
    std::span<const std::string> notice_names() const override;

    boost::json::object facts(const engine::model::Case& kase,
                              engine::time::Instant now) const override;
    std::optional<engine::model::Refusal> step(engine::kernel::Draft& draft) const override;
    std::vector<engine::model::Message> blocked(
        const engine::kernel::Draft& draft, const engine::kernel::Action& action) const override;

    bool expired(engine::kernel::Draft& draft, engine::model::Clock& clock) const override;
    bool wants_unrolled(const engine::model::Clock& clock) const override;
    void unrolled(engine::kernel::Draft& draft, engine::model::Clock& clock) const override;
    void raise_tier(engine::kernel::Draft& draft) const override;
    void escalated(engine::kernel::Draft& draft, const engine::model::Clock& clock) const override;
    bool silence_may_grant(std::string_view kind) const override;
    void stalled(engine::kernel::Draft& draft) const override;
    void regraded(engine::kernel::Draft& draft, engine::model::GradeLevel before) const override;
    void answered(engine::kernel::Draft& draft, engine::model::Request& request) const override;

    // "lead" (lead mediator) and "com" (commissioner sent).
    std::vector<std::string> relations(const engine::model::Case& kase,
                                       const engine::model::PersonId& person) const override;
    engine::model::Message next_step(const engine::model::Case& kase) const override;
    std::vector<std::string> missing(const engine::model::Case& kase) const override;
    void count(const engine::model::Case& kase, engine::model::Figures& figures) const override;

    // rehearsals.cc
    std::vector<engine::kernel::Rehearsal> rehearsals(
        const engine::policy::Policy& policy, engine::model::GradeLevel grade) const override;
    std::vector<engine::kernel::Deed> exits() const override;
    bool trapped(const engine::model::Case& kase) const override;
    bool ends_at_due(std::string_view clock) const override;
    std::vector<std::pair<std::string, std::string>> serves() const override;
};

}  // namespace jinqiao::workflows::dispute
