// Talks, the three steps, mediation, up to a text on the table.
#include <algorithm>

#include "adapters/cli/replay/agenda.h"
#include "adapters/cli/replay/draw.h"
#include "adapters/cli/replay/made_up.h"
#include "workflows/dispute/alert.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using boost::json::array;
using boost::json::object;
using std::chrono::days;
using std::chrono::hours;

object session(const Look& look, std::string_view kind) {
    const auto workers =
        std::max<std::int64_t>(workflows::dispute::read_alert(look.data).workers(), 1);
    return {{"kind", kind},
            {"present",
             {{{"side", "employer"}, {"n", 2}},
              {{"side", "workers"}, {"n", std::min<std::int64_t>(workers, 5)}}}},
            {"heard", {"employer", "workers"}},
            {"result", "双方陈述了意见"}};
}

bool heard_since_last_text(const Look& look) {
    std::optional<engine::time::Instant> since;
    if (!look.data.agreements.empty()) since = look.data.agreements.back().proposed_at;
    return std::any_of(look.data.sessions.begin(), look.data.sessions.end(), [&](const auto& each) {
        return (!since || each.at >= *since) && each.heard.size() >= 2;
    });
}

void plan_demands(Look& look) {
    for (const auto& demand : look.data.demands) {
        if (!demand.answer.empty()) continue;
        const bool met = Draw(look.intent.seed, "demand/" + demand.id).chance(0.7);
        look.want("answer_demand", {{"demand", demand.id},
                                    {"answer", met ? "met" : "partly"},
                                    {"text", met ? "同意支付" : "部分同意"}});
    }
}

void plan_checks(Look& look, const std::string& by) {
    for (const char* which : {"facts", "law", "individual"})
        if (!look.data.checks.contains(which))
            look.want("complete_check", {{"which", which}, {"by", by}, {"findings", "已逐项核对"}});
}

object representatives(const Look& look, bool dispute) {
    const auto side = [&](const char* prefix) {
        array people;
        for (int i = 1; i <= 3; ++i)
            people.push_back(
                {{"name", std::string(prefix) + std::to_string(i)}, {"outside", false}});
        return people;
    };
    object payload{{"on", look.today()},
                   {"kind", dispute ? "dispute" : "bargaining"},
                   {"workers", side("职工代表")},
                   {"method", "民主推选"},
                   {"chiefs", {{"workers", "职工代表1"}, {"employer", "企业代表1"}}}};
    payload["employer"] = side("企业代表");
    return payload;
}

void plan_congress(Look& look) {
    const auto& congress = look.data.process.congress;
    if (!congress.called_for) {
        for (const int in :
             {9, 12, 18})  // the papers go out seven days ahead, earlier over holidays
            look.want(
                "call_congress",
                {{"on", look.today(in)}, {"topic", "争议处理方案"}, {"papers_at", look.stamp()}});
        return;
    }
    const auto on = look.calendar.at(*congress.called_for, std::chrono::minutes{10 * 60});
    if (look.now < on) return look.wait_until(on);
    look.want("hold_congress", {{"on", look.today()},
                                {"form", "congress"},
                                {"delegates", 40},
                                {"present", 33},
                                {"topic", "争议处理方案"},
                                {"minutes", "doc-minutes"}});
}

void plan_bargaining(Look& look) {
    const auto& bargaining = look.data.process.bargaining;
    if (!bargaining.asked_at)
        return look.want("request_bargaining", {{"by", "workers"}, {"delivered_at", look.stamp()}});
    if (!bargaining.answered_at)
        return look.want("answer_bargaining", {{"accepts", true}, {"at", look.stamp()}});
    if (bargaining.minutes.empty())
        look.want("record_bargaining", {{"on", look.today()},
                                        {"minutes", "doc-bargaining"},
                                        {"agreed_points", {"分期支付"}},
                                        {"open_points", array{}}});
    const auto members =
        std::max<std::int64_t>(workflows::dispute::read_alert(look.data).workers(), 10);
    const auto& elected = look.data.process.representatives;
    const bool dispute = elected && elected->kind == "dispute";
    look.want("reach_agreement", {{"text", "doc-agreement"},
                                  {"form", "congress"},
                                  {"members", members},
                                  {"present", members},
                                  {"for", dispute ? members : members * 4 / 5 + 1},
                                  {"on", look.today()}});
}

std::string_view agreement_kind(const Look& look) {
    if (look.kase.state_of("mediation") == "open") return "mediation";
    if (!look.data.collective) return "settlement";
    return Draw(look.intent.seed, "kind").chance(0.5) ? "collective_contract" : "coordination";
}

void plan_text(Look& look) {
    look.want("propose_agreement",
              {{"kind", agreement_kind(look)},
               {"text", "doc-text"},
               {"outcomes", {{"enterprise", "恢复正常生产"}, {"workers", "按期足额支付"}}},
               {"balance",
                {{"lawful", "不低于法定标准"}, {"humane", "照顾困难职工"}, {"fair", "双方接受"}}}});
}

}  // namespace

void plan_three_steps(Look& look) {
    const std::string_view step = look.kase.state_of("process");
    const bool skipped =
        std::any_of(look.data.process.skipped.begin(), look.data.process.skipped.end(),
                    [](const auto& each) { return each.cause == "rights_claim"; });
    // Wages owed by law are not a matter of bargaining: those steps may be left out by approval.
    if (look.data.facts.rights_claim && (step == "congress" || step == "bargain") &&
        look.may_ask("skip_step") && Draw(look.intent.seed, "skip").chance(0.3))
        look.want("request_skip_step",
                  {{"cause", "rights_claim"}, {"reason", "法定权利，不经协商"}});
    if (step == "congress") plan_congress(look);
    if (step == "elect") look.want("elect_representatives", representatives(look, skipped));
    if (step == "bargain") plan_bargaining(look);
}

void plan_mediation(Look& look) {
    const std::string_view state = look.kase.state_of("mediation");
    const auto* application = look.data.application();
    const std::string person = look.holder("lead_mediator");
    if (state == "none" || (state == "ended" && look.data.applications.size() < 2)) {
        const auto body = body_of(look);
        if (body.empty()) return;
        auto payload = body;
        payload["received_at"] = look.stamp();
        payload["by"] = "workers";
        payload["form"] = "written";
        payload["requests"] = {"支付拖欠工资"};
        look.want("apply_mediation", std::move(payload));
    } else if (state == "applied" && application != nullptr) {
        if (look.intent.refuses && look.data.applications.size() < 2)
            look.want("party_refused",
                      {{"by", "employer"}, {"of", "mediation"}, {"scope", "whole"}});
        for (const char* side : {"employer", "workers"})
            if (std::none_of(application->consents.begin(), application->consents.end(),
                             [&](const auto& each) { return each.side == side; }))
                look.want("record_consent",
                          {{"side", side}, {"consents", true}, {"at", look.stamp()}});
        look.want("accept_mediation",
                  {{"mediator", person}, {"accepted_at", look.stamp()}, {"no_tie", true}});
    } else if (state == "open" && !heard_since_last_text(look)) {
        look.want("record_session", session(look, "mediation"));
    }
}

void plan_coordination(Look& look) {
    const auto& data = look.data;
    if (look.kase.state_of("containment") == "inside" && look.intent.spreads && !data.ever_spread)
        look.want("report_spread",
                  {{"kind", "place"}, {"where", "园区外"}, {"seen_at", look.stamp()}});
    if (look.kase.state_of("containment") == "spread" && look.calm())
        with_approval(look, "report_contained", {{"evidence", "人员已返回园区"}});
    const auto since = data.coordinate_since.value_or(look.kase.filed_at);
    const bool talked = std::any_of(data.sessions.begin(), data.sessions.end(),
                                    [&](const auto& each) { return each.at >= since; });
    if (!talked || look.tell("st.progress"))
        look.want_routine("record_session", session(look, "negotiation"));
    if (talked) plan_exit(look);
    if (look.intent.way == Intent::Way::unresolved) return;
    plan_demands(look);
    plan_checks(look, look.holder("lead_mediator"));
    plan_three_steps(look);
    const std::string_view process = look.kase.state_of("process");
    const bool steps_done = process == "agreed" || process == "not_required";
    const bool mediate = look.intent.way == Intent::Way::mediation;
    if (mediate && look.kase.state_of("mediation") != "open") plan_mediation(look);
    if (!steps_done) return;
    if (!heard_since_last_text(look))
        look.want("record_session", session(look, mediate ? "mediation" : "negotiation"));
    plan_text(look);
}

}  // namespace jinqiao::adapters::cli::replay
