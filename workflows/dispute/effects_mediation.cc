// Applications for mediation, consent, extension, end notice.
#include <algorithm>

#include "workflows/dispute/effects.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

void apply_mediation(Step& step) {
    const auto& payload = step.payload();
    Application application;
    application.no = static_cast<std::int64_t>(step.data.applications.size()) + 1;
    application.mediator_kind = text(payload, "mediator_kind");
    application.body = text(payload, "body");
    application.by = text(payload, "by");
    application.form = text(payload, "form");
    application.requests = texts(payload, "requests");
    application.received_at = field<Instant>(payload, "received_at").value_or(step.at);
    application.state = "applied";
    step.data.applications.push_back(std::move(application));
}

void record_consent(Step& step) {
    const auto& payload = step.payload();
    if (Application* application = step.data.application())
        application->consents.push_back({text(payload, "side"), flag(payload, "consents"),
                                         field<Instant>(payload, "at").value_or(step.at)});
}

void refuse_mediation(Step& step) {
    if (Application* application = step.data.application())
        application->reason = text(step.payload(), "reason") + ": " + text(step.payload(), "text");
}

void accept_mediation(Step& step) {
    Application* application = step.data.application();
    if (application == nullptr) return;
    application->state = "open";
    application->mediator = text(step.payload(), "mediator");
    application->accepted_at = field<Instant>(step.payload(), "accepted_at").value_or(step.at);
}

// O17 29: no cap is stated for enterprise committees; other bodies may have one.
std::int64_t capped(const Step& step, const model::Clock& clock, std::int64_t days) {
    const auto cap = step.params.extension_cap.find(clock.name);
    if (cap == step.params.extension_cap.end()) return days;
    const auto most = time::parse_budget(cap->second);
    std::int64_t so_far = 0;
    for (const time::Budget& each : clock.rule.extensions) so_far += each.amount;
    return most ? std::min(days, most->amount - so_far) : days;
}

std::int64_t days_until(const Step& step, const model::Clock& clock, time::Date until) {
    const auto begun = step.draft.calendar().local_date(clock.from);
    std::int64_t now_in_force = clock.rule.budget.amount;
    for (const time::Budget& each : clock.rule.extensions) now_in_force += each.amount;
    return (until - begun).count() - now_in_force;
}

// The extension adds to the budget, never to a rolled end, and leaves the right to arbitrate
// where it is (LDMAA 14).
void extend_mediation(Step& step) {
    Application* application = step.data.application();
    if (application == nullptr) return;
    Extension extension;
    extension.add_days = number(step.payload(), "add_days");
    extension.until = text(step.payload(), "until");
    extension.agreed_at = step.at;
    const auto name = step.params.mediation_clock.find(application->mediator_kind);
    if (name != step.params.mediation_clock.end())
        if (auto* clock = step.kase().clock(name->second); clock != nullptr && clock->open()) {
            if (const auto until = field<time::Date>(step.payload(), "until"))
                extension.add_days = days_until(step, *clock, *until);
            extension.add_days = capped(step, *clock, extension.add_days);
            if (extension.add_days > 0)
                step.draft.extend(*clock, {extension.add_days, clock->rule.budget.unit});
        }
    application->extensions.push_back(std::move(extension));
}

void end_mediation(Step& step) {
    if (Application* application = step.data.application())
        application->reason = text(step.payload(), "reason");
}

bool both_served(const json::object& payload) {
    const auto served = objects(payload, "served");
    const auto has = [&](const char* side) {
        return std::any_of(served.begin(), served.end(),
                           [&](const json::object& each) { return text(each, "side") == side; });
    };
    return has("employer") && has("workers");
}

void serve_end_notice(Step& step) {
    if (!both_served(step.payload())) return;  // the other side is still to be served
    for (Application& each : step.data.applications)
        if (each.state == "ended" && !each.notice_served_at) {
            each.notice_served_at = step.at;
            each.notice = text(step.payload(), "doc");
        }
    step.draft.meet("st.end_notice", "served");
}

constexpr Effect list[] = {
    {"apply_mediation", apply_mediation},   {"record_consent", record_consent},
    {"refuse_mediation", refuse_mediation}, {"accept_mediation", accept_mediation},
    {"extend_mediation", extend_mediation}, {"end_mediation", end_mediation},
    {"serve_end_notice", serve_end_notice}};

}  // namespace

std::span<const Effect> mediation_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
