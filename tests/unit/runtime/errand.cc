#include "tests/unit/runtime/errand.h"

#include "engine/kernel/draft.h"
#include "tests/support/leave_request.h"

namespace jinqiao::tests {

namespace kernel = engine::kernel;
namespace model = engine::model;
namespace time = engine::time;
using kernel::Action;
using kernel::Field;
using kernel::FieldType;

namespace {

Field field(const std::string& name, FieldType type, bool personal) {
    Field out;
    out.name = name;
    out.type = type;
    out.personal = personal;
    return out;
}

std::vector<Action> more_actions(const kernel::Workflow& inner) {
    std::vector<Action> out(inner.actions().begin(), inner.actions().end());
    Field reporter = field("reporter", FieldType::object, false);
    reporter.fields = {field("name", FieldType::text, true), field("phone", FieldType::text, true),
                       field("role", FieldType::text, false)};
    Field witnesses = field("witnesses", FieldType::text, true);
    witnesses.list = true;
    for (auto& action : out)
        if (action.name == "file") {
            action.payload.push_back(reporter);
            action.payload.push_back(witnesses);
            action.payload.push_back(field("tell", FieldType::case_ref, false));
        }
    Action pass_on;
    pass_on.name = "pass_on";
    pass_on.who = {"own"};
    pass_on.payload = {field("target", FieldType::case_ref, false),
                       field("name", FieldType::text, false),
                       field("optional", FieldType::boolean, false)};
    out.push_back(std::move(pass_on));
    return out;
}

void pass_on(kernel::Draft& draft) {
    const auto& payload = draft.payload();
    model::Command command;
    command.target = model::CaseId{std::string(payload.at("target").as_string())};
    command.name = std::string(payload.at("name").as_string());
    if (command.name == "pass_on") command.payload = payload;  // for ever
    if (payload.contains("optional")) command.cause = "optional";
    draft.record("passed_on");
    draft.follow_up(std::move(command));
}

class Errand final : public kernel::Workflow {
  public:
    Errand() : inner_(leave_request()), actions_(more_actions(*inner_)) {}

    std::string_view name() const override { return inner_->name(); }
    std::string version() const override { return inner_->version(); }
    std::span<const kernel::StateInfo> states() const override { return inner_->states(); }
    std::span<const Action> actions() const override { return actions_; }
    std::vector<kernel::Row> rows() const override { return inner_->rows(); }
    std::span<const std::string> fact_names() const override { return inner_->fact_names(); }
    std::span<const std::string> clock_names() const override { return inner_->clock_names(); }
    std::span<const std::string> notice_names() const override { return inner_->notice_names(); }
    boost::json::object facts(const model::Case& kase, time::Instant now) const override {
        return inner_->facts(kase, now);
    }
    std::optional<model::Refusal> step(kernel::Draft& draft) const override {
        if (draft.command().name == "pass_on") {
            pass_on(draft);
            return {};
        }
        if (const auto* reporter = draft.payload().if_contains("reporter"))
            draft.kase.data["reporter"] = *reporter;
        if (const auto* other = draft.payload().if_contains("tell")) {
            model::Command grant;
            grant.target = model::CaseId{std::string(other->as_string())};
            grant.name = "grant";
            draft.follow_up(std::move(grant));
        }
        return inner_->step(draft);
    }
    std::vector<model::Message> blocked(const kernel::Draft& draft,
                                        const Action& action) const override {
        return inner_->blocked(draft, action);
    }
    bool expired(kernel::Draft& draft, model::Clock& clock) const override {
        return inner_->expired(draft, clock);
    }
    void raise_tier(kernel::Draft& draft) const override { inner_->raise_tier(draft); }
    void regraded(kernel::Draft& draft, model::GradeLevel before) const override {
        inner_->regraded(draft, before);
    }
    void answered(kernel::Draft& draft, model::Request& request) const override {
        inner_->answered(draft, request);
    }
    std::vector<std::string> relations(const model::Case& kase,
                                       const model::PersonId& person) const override {
        return inner_->relations(kase, person);
    }
    model::Message next_step(const model::Case& kase) const override {
        return inner_->next_step(kase);
    }
    std::vector<std::string> missing(const model::Case& kase) const override {
        return inner_->missing(kase);
    }

  private:
    std::unique_ptr<kernel::Workflow> inner_;
    std::vector<Action> actions_;
};

}  // namespace

std::unique_ptr<kernel::Workflow> errand() { return std::make_unique<Errand>(); }

}  // namespace jinqiao::tests
