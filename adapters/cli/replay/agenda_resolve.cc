// From a signed text to the visit and the end.
#include <algorithm>

#include "adapters/cli/replay/agenda.h"
#include "adapters/cli/replay/draw.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using boost::json::array;
using boost::json::object;
using std::chrono::days;
using std::chrono::hours;
using workflows::dispute::Agreement;
using workflows::dispute::Instalment;

array instalments(const Look& look) {
    array list;
    for (std::int64_t no = 1; no <= look.intent.instalments; ++no) {
        const auto due = look.calendar.local_date(look.now) + days{10 * no};
        list.push_back(
            {{"no", no}, {"due", engine::time::to_string(due)}, {"amount", 100'000 * no}});
    }
    return list;
}

void plan_signing(Look& look, const Agreement& agreement) {
    object payload{{"signed_at", look.stamp()},
                   {"signatures",
                    {{"employer", true}, {"workers", true}, {"mediator", true}, {"seal", true}}}};
    if (agreement.kind != "collective_contract") payload["effective_at"] = look.stamp();
    payload["instalments"] = instalments(look);
    if (look.data.collective && !look.data.process.vote) payload["mandate"] = "doc-mandate";
    look.want("sign_agreement", std::move(payload));
}

void plan_confirmation(Look& look, const Agreement& agreement) {
    const auto apply = [&](const std::string& route) {
        look.want("apply_confirmation", {{"route", route},
                                         {"applied_at", look.stamp()},
                                         {"joint", true},
                                         {"doc", "doc-confirmation"}});
    };
    if (agreement.kind == "collective_contract") return apply("hr_filing");
    if (agreement.kind != "mediation" || !look.intent.confirm || !agreement.confirmations.empty())
        return;
    const auto routes = look.params.confirmation.find(agreement.mediator_kind);
    if (routes == look.params.confirmation.end()) return;
    for (const std::string& route : routes->second) apply(route);
}

void plan_result(Look& look, const workflows::dispute::Confirmation& pending) {
    if (!pending.accepted_at)
        return look.want("record_confirmation",
                         {{"result", "accepted"}, {"at", look.stamp()}, {"doc", "doc-receipt"}});
    if (pending.route ==
        "hr_filing") {  // effective when nobody objects; the engine's clock says when
        if (const auto* clock = look.kase.clock("cc.effect"); clock != nullptr && clock->open())
            return look.wait_until(clock->due.at + hours{1});
    }
    const auto ready = *pending.accepted_at + days{2};
    if (look.now < ready) return look.wait_until(ready);
    look.want("record_confirmation",
              {{"result", "confirmed"}, {"at", look.stamp()}, {"doc", "doc-decision"}});
}

// True if something is still owed.
bool plan_payments(Look& look, const Agreement& agreement) {
    bool owed = false;
    for (const Instalment& each : agreement.instalments) {
        if (each.settled()) continue;
        owed = true;
        const bool late = look.intent.breach && each.no == 1;
        const auto pays =
            look.calendar.at(each.due, std::chrono::minutes{10 * 60}) + (late ? days{2} : days{0});
        if (look.now < pays) {
            look.wait_until(pays);
            continue;
        }
        look.want("record_performance", {{"no", each.no},
                                         {"amount", each.amount - each.paid()},
                                         {"at", look.stamp()},
                                         {"proof", "doc-payment"}});
    }
    return owed;
}

void plan_breaches(Look& look, const Agreement& agreement) {
    for (const auto& breach : agreement.breaches) {
        if (breach.cured_at) continue;
        const auto item =
            std::find_if(agreement.instalments.begin(), agreement.instalments.end(),
                         [&](const Instalment& each) { return each.no == breach.no; });
        if (item == agreement.instalments.end() || item->settled())
            look.want("cure_breach", {{"no", breach.no}, {"proof", "doc-payment"}});
    }
}

}  // namespace

void plan_agreement(Look& look) {
    const Agreement* agreement = look.data.agreement();
    if (agreement == nullptr) return;
    if (!agreement->signed_at) return plan_signing(look, *agreement);
    if (const auto* pending = agreement->pending()) return plan_result(look, *pending);
    plan_confirmation(look, *agreement);
    look.want("start_performance", {{"reason", "双方同意直接履行"}});
}

void plan_performance(Look& look) {
    if (look.data.exit_pending) return;
    const Agreement* agreement = look.data.agreement();
    if (look.kase.state_of("pipeline") == "performing" && agreement != nullptr) {
        if (const auto* pending = agreement->pending()) plan_result(look, *pending);
        const bool owed = plan_payments(look, *agreement);
        plan_breaches(look, *agreement);
        if (!owed) look.want("complete_performance", {{"at", look.stamp()}});
        return;
    }
    for (const auto& demand : look.data.demands)
        if (demand.answer.empty())
            look.want("answer_demand",
                      {{"demand", demand.id}, {"answer", "met"}, {"text", "已兑现"}});
    const auto since = look.data.performed_at.value_or(look.kase.filed_at);
    const bool visited = std::any_of(look.data.visits.begin(), look.data.visits.end(),
                                     [&](const auto& visit) { return visit.at >= since; });
    const auto visit_at = since + days{Draw(look.intent.seed, "visit").between(5, 25)};
    if (!visited && look.now < visit_at) return look.wait_until(visit_at);
    if (!visited)
        look.want("record_visit", {{"at", look.stamp()},
                                   {"scores", {{"enterprise", 4}, {"workers", 4}}},
                                   {"risk", "无"}});
    look.want("close_settled", {{"lesson", "及早沟通"}});
}

}  // namespace jinqiao::adapters::cli::replay
