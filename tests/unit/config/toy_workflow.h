#pragma once

#include <array>

#include "engine/kernel/draft.h"
#include "engine/kernel/workflow.h"

namespace jinqiao::tests {

namespace kernel = engine::kernel;
namespace model = engine::model;

// The smallest workflow a configuration can be checked against: three states, four clocks, one
// event. It decides nothing.
class ToyWorkflow final : public kernel::Workflow {
  public:
    std::string_view name() const override { return "toy"; }
    std::string version() const override { return "1"; }
    std::span<const kernel::StateInfo> states() const override { return states_; }
    std::span<const kernel::Action> actions() const override { return actions_; }
    std::vector<kernel::Row> rows() const override {
        return {{"pipeline", "open", "close", "closed", {"G.toy"}, {}}};
    }
    std::span<const std::string> fact_names() const override { return facts_; }
    std::span<const std::string> clock_names() const override { return clocks_; }
    std::span<const std::string> notice_names() const override { return notices_; }
    boost::json::object facts(const model::Case&, engine::time::Instant) const override {
        return {};
    }
    std::optional<model::Refusal> step(kernel::Draft&) const override { return {}; }
    std::vector<model::Message> blocked(const kernel::Draft&,
                                        const kernel::Action&) const override {
        return {};
    }
    bool expired(kernel::Draft&, model::Clock&) const override { return false; }
    void answered(kernel::Draft&, model::Request&) const override {}
    bool silence_may_grant(std::string_view kind) const override { return kind != "lower_grade"; }
    std::vector<std::string> relations(const model::Case&, const model::PersonId&) const override {
        return {};
    }
    model::Message next_step(const model::Case&) const override { return {}; }
    std::vector<std::string> missing(const model::Case&) const override { return {}; }

  private:
    static kernel::Action file() {
        kernel::Field cause;
        cause.name = "cause";
        cause.type = kernel::FieldType::code;
        cause.codes = {{"layoff", {"裁员", "lay-off"}}, {"closure", {"关停", "closure"}}};
        kernel::Action action;
        action.name = "file";
        action.payload = {cause};
        return action;
    }

    std::array<kernel::StateInfo, 3> states_{
        {{"open", "pipeline", "warn", {"开启", "open"}, true},
         {"waiting", "pipeline", "coordinate", {"等待", "waiting"}, false},
         {"closed", "pipeline", "ended", {"结束", "closed"}, false}}};
    std::array<kernel::Action, 1> actions_{file()};
    std::array<std::string, 4> facts_{"workers", "cause", "media", "share_percent"};
    std::array<std::string, 2> clocks_{"st.ack", "legal.end"};
    std::array<std::string, 1> notices_{"something_happened"};
};

}  // namespace jinqiao::tests
