// Guards of mediation: it is voluntary, of a registered body, and ends when the law says.
#include <algorithm>

#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

// LDMAA and O17 30: once ended, no further talks under the name of mediation.
Reason medopen(const Step& step) {
    if (step.probing || text(step.payload(), "kind") != "mediation") return {};
    return step.from[Region::mediation] == "open" ? Reason{} : refuse("G.medopen");
}

Reason body(const Step& step) {
    if (step.probing) return {};
    const auto name = text(step.payload(), "body");
    if (step.params.registered(name, text(step.payload(), "mediator_kind"))) return {};
    return refuse("G.body", {{"body", name}});
}

// The latest answer counts. Who applied in person has said yes by applying; an offered mediation
// was asked for by nobody.
bool willing(const Application& application, std::string_view side) {
    const bool applied = application.by == side || application.by == "both";
    bool yes = applied && application.form != "offered";
    for (const Consent& each : application.consents)
        if (each.side == side) yes = each.consents;
    return yes;
}

Reason consent(const Step& step) {
    const Application* application = step.data.application();
    Texts sides;
    for (const char* side : {"employer", "workers"})
        if (application == nullptr || !willing(*application, side)) sides.emplace_back(side);
    return sides.empty() ? Reason{} : refuse("G.consent", {{"side", joined(sides)}});
}

Reason scope(const Step& step) {
    return step.data.facts.in_scope.value_or(false) ? Reason{} : refuse("G.scope");
}

Reason recusal(const Step& step) {
    if (step.probing || flag(step.payload(), "no_tie")) return {};
    const Texts accepted = texts(step.payload(), "accepted_by");
    const auto has = [&](const char* side) {
        return std::find(accepted.begin(), accepted.end(), side) != accepted.end();
    };
    if (has("employer") && has("workers")) return {};
    return refuse("G.recusal", {{"mediator", text(step.payload(), "mediator")}});
}

// O17 29: both agree, before the period now in force is over.
Reason bothext(const Step& step) {
    if (step.probing) return {};
    const Application* application = step.data.application();
    std::optional<Instant> end;
    if (application != nullptr) {
        const auto name = step.params.mediation_clock.find(application->mediator_kind);
        if (name != step.params.mediation_clock.end())
            if (const auto* clock = step.kase().clock(name->second); clock && clock->open())
                end = clock->due.at;
    }
    Texts missing{"employer", "workers"};
    for (const json::object& each : objects(step.payload(), "consents")) {
        const auto dated = field<Instant>(each, "at");
        if (end && dated && *dated >= *end) continue;
        std::erase(missing, text(each, "side"));
    }
    return missing.empty() ? Reason{} : refuse("G.bothext", {{"side", joined(missing)}});
}

Reason medended(const Step& step) {
    const std::string& state = step.from[Region::mediation];
    return state == "none" || state == "ended" ? Reason{} : refuse("G.medended");
}

// O17 30: each side must hold in writing that arbitration is open.
Reason advice(const Step& step) {
    for (const Application& each : step.data.applications)
        if (each.state == "ended" && each.outcome != "agreed" && !each.notice_served_at)
            return refuse("G.advice", {{"application", std::to_string(each.no)}});
    return {};
}

constexpr Guard list[] = {{"G.medopen", medopen},   {"G.body", body},       {"G.consent", consent},
                          {"G.scope", scope},       {"G.recusal", recusal}, {"G.bothext", bothext},
                          {"G.medended", medended}, {"G.advice", advice}};

}  // namespace

std::span<const Guard> mediation_guards() { return list; }

}  // namespace jinqiao::workflows::dispute
