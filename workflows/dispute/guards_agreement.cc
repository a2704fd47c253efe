// Guards of making, signing, confirming and performing an agreement.
#include <algorithm>

#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

bool blank(std::string_view words) {
    return words.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Both sides heard since the last text was on the table (LDMAA 13).
Reason heard(const Step& step) {
    std::optional<Instant> since;
    if (!step.data.agreements.empty()) since = step.data.agreements.back().proposed_at;
    Texts missing{"employer", "workers"};
    for (const Session& each : step.data.sessions)
        if (!since || each.at > *since)
            for (const std::string& side : each.heard) std::erase(missing, side);
    return missing.empty() ? Reason{} : refuse("G.heard", {{"side", joined(missing)}});
}

Reason winwin(const Step& step) {
    const bool proposing = step.event == "propose_agreement";
    if (proposing && step.probing) return {};
    const Agreement* agreement = step.data.agreement();
    const json::object none;
    const json::object& outcomes = proposing              ? object(step.payload(), "outcomes")
                                   : agreement != nullptr ? agreement->outcomes
                                                          : none;
    Texts missing;
    for (const char* side : {"enterprise", "workers"})
        if (blank(text(outcomes, side))) missing.emplace_back(side);
    return missing.empty() ? Reason{} : refuse("G.winwin", {{"side", joined(missing)}});
}

// O33 78; SPC-II 19: what the law forbids cannot be agreed, however fair it looks.
Reason balance(const Step& step) {
    if (step.probing) return {};
    const json::object& checks = object(step.payload(), "balance");
    Texts missing;
    for (const char* which : {"lawful", "humane", "fair"})
        if (blank(text(checks, which))) missing.emplace_back(which);
    const std::string lawful = text(checks, "lawful");
    for (const std::string& term : step.params.forbidden_terms)
        if (lawful.find(term) != std::string::npos) missing.push_back(term);
    return missing.empty() ? Reason{} : refuse("G.balance", {{"x", joined(missing)}});
}

Texts signatures_needed(std::string_view kind) {
    if (kind == "mediation") return {"employer", "workers", "mediator", "seal"};
    return {"employer", "workers"};  // of collective texts: both chiefs
}

Reason is_signed(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    if (agreement == nullptr) return refuse("G.signed", {{"x", "text"}});
    Texts missing;
    if (agreement->kind == "mediation" && step.from[Region::mediation] != "open")
        missing.emplace_back("mediation");
    if (agreement->signed_at) missing.emplace_back("already_signed");
    const json::object& signatures = object(step.payload(), "signatures");
    if (!step.probing)
        for (const std::string& name : signatures_needed(agreement->kind))
            if (!flag(signatures, name)) missing.push_back(name);
    return missing.empty() ? Reason{} : refuse("G.signed", {{"x", joined(missing)}});
}

// O33 63 by analogy: representatives may not settle for those who did not agree.
Reason mandate(const Step& step) {
    if (step.probing || !step.data.collective || step.data.process.vote) return {};
    return text(step.payload(), "mandate").empty() ? refuse("G.mandate") : Reason{};
}

Reason effective(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    return agreement != nullptr && agreement->effective_at ? Reason{} : refuse("G.effective");
}

bool window_over(const Step& step, std::string_view clock) {
    const auto* window = step.kase().clock(clock);
    const auto applied = field<Instant>(step.payload(), "applied_at").value_or(step.at);
    return window == nullptr || applied >= window->due.at;
}

// Why a route to confirmation is closed; empty: it is open (3.4).
std::string closed(const Step& step, const Agreement& agreement, std::string_view route) {
    if (agreement.pending() != nullptr) return "pending";
    if (agreement.confirmed()) return "confirmed";
    if (agreement.kind == "collective_contract")
        return route != "hr_filing" ? "kind" : agreement.signed_at ? "" : "unsigned";
    if (agreement.kind != "mediation") return "kind";
    const auto open = step.params.confirmation.find(agreement.mediator_kind);
    if (open == step.params.confirmation.end() ||
        std::find(open->second.begin(), open->second.end(), route) == open->second.end())
        return "mediator_kind";
    if (!agreement.effective_at) return "unsigned";
    const bool over =
        window_over(step, route == "arb_review" ? "agr.arb_review" : "agr.judicial_confirm");
    return over ? "late" : "";
}

Reason route(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    if (agreement == nullptr) return refuse("G.route", {{"why", "none"}});
    std::string why = "kind";
    if (step.probing) {
        for (const char* each : {"arb_review", "judicial", "hr_filing"})
            if (!why.empty()) why = closed(step, *agreement, each);
    } else {
        const auto wanted = text(step.payload(), "route");
        why = closed(step, *agreement, wanted);
        if (why.empty() && wanted != "hr_filing" && !flag(step.payload(), "joint"))
            why = "not_joint";
    }
    return why.empty() ? Reason{} : refuse("G.route", {{"why", why}});
}

Reason performed(const Step& step) {
    const Agreement* agreement = step.data.agreement();
    if (agreement == nullptr) return refuse("G.performed", {{"n", "0"}});
    Texts open;
    for (const Instalment& each : agreement->instalments)
        if (!each.settled()) open.push_back(std::to_string(each.no));
    return open.empty() ? Reason{} : refuse("G.performed", {{"n", joined(open)}});
}

// For a breach that is said to be cured, proof of that item is enough.
Reason performed_or_cured(const Step& step) {
    if (step.event != "cure_breach") return performed(step);
    if (step.probing || !text(step.payload(), "proof").empty()) return {};
    return refuse("G.performed", {{"n", std::to_string(number(step.payload(), "no"))}});
}

constexpr Guard list[] = {{"G.heard", heard},     {"G.winwin", winwin},
                          {"G.balance", balance}, {"G.signed", is_signed},
                          {"G.mandate", mandate}, {"G.effective", effective},
                          {"G.route", route},     {"G.performed", performed_or_cured}};

}  // namespace

std::span<const Guard> agreement_guards() { return list; }

}  // namespace jinqiao::workflows::dispute
