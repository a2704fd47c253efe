// From the first report to the decision to coordinate.
#include <algorithm>

#include "adapters/cli/replay/agenda.h"
#include "adapters/cli/replay/draw.h"
#include "adapters/cli/replay/made_up.h"
#include "engine/kernel/sign_for.h"
#include "workflows/dispute/alert.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using engine::model::GradeLevel;
using std::chrono::hours;
using std::chrono::minutes;
using workflows::dispute::Data;

// What the fact sheet of the grade still lacks, found out by whoever went there.
boost::json::object findings(const Look& look) {
    boost::json::object payload;
    const auto sheet = look.params.fact_sheet.find(std::string(name(look.kase.grade.effective)));
    std::vector<std::string> paths = look.params.starred;
    if (sheet != look.params.fact_sheet.end())
        paths.insert(paths.end(), sheet->second.begin(), sheet->second.end());
    paths.insert(paths.end(), look.params.starred_reporter.begin(),
                 look.params.starred_reporter.end());
    for (const std::string& path : workflows::dispute::unknown_of(look.data, paths))
        find_out(payload, path, look.intent.seed, look.stamp(look.kase.noticed_at),
                 workflows::dispute::read_alert(look.data).workers());
    return payload;
}

void plan_site(Look& look) {
    const auto& site = look.data.site;
    if (!site.dispatched_at) {
        const std::string person = look.holder("liaison");
        if (!person.empty())
            look.want("dispatch",
                      {{"person", person}, {"eta", look.stamp(look.now + minutes{30})}});
    } else if (!site.arrived_at) {
        const auto workers = workflows::dispute::read_alert(look.data).workers();
        look.want("arrive", {{"heads_now", std::max<std::int64_t>(workers, 1)}},
                  Wish::Who::commissioner);
    }
}

void plan_facts(Look& look) {
    if (auto found = findings(look); !found.empty()) {
        found["certainty"] = "confirmed";
        look.want("update_facts", std::move(found));
    }
    const auto alert = workflows::dispute::read_alert(look.data);
    const bool arrears = alert.event.cause == "wage_arrears";
    look.want("confirm_facts",
              {{"types", {alert.event.cause.empty() ? "other" : alert.event.cause}},
               {"collective", alert.workers() >= look.params.collective_threshold},
               {"common_claim", alert.event.cause},
               {"in_scope", true},
               {"rights_claim", arrears}});
}

std::string plan_for(const Look& look) {
    const std::string grade(name(look.kase.grade.effective));
    for (const auto& plan : look.params.plans)
        if (std::find(plan.grades.begin(), plan.grades.end(), grade) != plan.grades.end())
            return plan.id;
    return "zone-plan";
}

void plan_opening(Look& look) {
    if (look.data.plans.empty() || look.data.plans.back() != plan_for(look))
        look.want("attach_plan", {{"plan", plan_for(look)}});
    auto tiers = look.params.tiers_of(look.kase.grade.effective);
    if (look.kase.state_of("containment") == "spread") tiers = {"joint"};
    for (const std::string& tier : tiers) {
        boost::json::object payload{{"tier", tier}};
        if (const std::string lead = look.holder("lead_mediator"); !lead.empty())
            payload["lead"] = lead;
        look.want("open_coordination", std::move(payload));
    }
}

}  // namespace

void plan_exit(Look& look) {
    using Way = Intent::Way;
    if (look.data.exit_pending) return;
    switch (look.intent.way) {
        case Way::arbitration:
            look.want("party_went_to_arbitration",
                      {{"by", "workers"}, {"scope", "whole"}, {"filed_at", look.stamp()}});
            break;
        case Way::withdrawal:
            look.want("withdraw", {{"by", "workers"},
                                   {"scope", "whole"},
                                   {"mandate", "doc-mandate"},
                                   {"waiver", "doc-waiver"}});
            break;
        case Way::police:
            look.want("refer", {{"to", "police"},
                                {"purpose", "crime"},
                                {"scope", "whole"},
                                {"doc", "doc-referral"}});
            break;
        case Way::no_dispute:
            with_approval(look, "close_no_dispute", {{"reason", "复核后不构成劳动争议"}});
            break;
        case Way::unresolved: {
            boost::json::array remaining;
            for (const auto& demand : look.data.demands)
                if (demand.answer.empty()) remaining.emplace_back(demand.id);
            if (remaining.empty()) {  // what remains open has to be named
                look.want("add_demand", {{"code", "other"}});
                break;
            }
            with_approval(look, "close_unresolved",
                          {{"reason", "双方差距过大"}, {"remaining", std::move(remaining)}});
            break;
        }
        case Way::settlement:
        case Way::mediation:
            break;
    }
}

void with_approval(Look& look, const std::string& action, const boost::json::object& payload) {
    look.want(action, payload);
    if (look.may_ask("approval"))
        look.want("request_approval",
                  {{"for", action}, {"payload", payload}, {"reason", "请予批准"}});
}

void plan_warning(Look& look) {
    if (look.kase.state_of("pipeline") == "reported") {
        look.want("acknowledge", {});
        return;
    }
    plan_site(look);
    if (!look.data.facts.at) return plan_facts(look);
    if (look.intent.way == Intent::Way::no_dispute || look.intent.way == Intent::Way::police)
        plan_exit(look);
    // A restless crowd is watched first if nobody has come to talk yet; most cases go on at once.
    plan_opening(look);
}

void plan_watching(Look& look) {
    if (!look.data.facts.at) {
        plan_site(look);
        plan_facts(look);
        return;
    }
    if (look.tell("st.watch")) look.want("review_watch", {{"finding", "情况平稳"}});
    if (look.data.exit_pending) {  // the engine applies it once the scene is calm
        look.wait_until(look.now + hours{12});
        return;
    }
    plan_exit(look);
    plan_opening(look);
}

namespace {

// What came back goes to the next department down the list; who said no may have been right.
void give_on_what_came_back(Look& look) {
    const auto& departments = look.directory.departments;
    for (const auto& each : look.kase.assignments) {
        if (!engine::kernel::waits_for_decision(look.kase, each)) continue;
        auto next = departments.upper_bound(engine::model::DepartmentId{each.addressee.id});
        if (next == departments.end()) next = departments.begin();
        look.want_routine("reassign_task",
                          {{"assignment", each.id.value}, {"to", next->first.value}});
        return;
    }
}

}  // namespace

void plan_reports(Look& look) {
    const auto has = [&](std::string_view kind) {
        return std::any_of(look.data.reports.begin(), look.data.reports.end(),
                           [&](const auto& report) { return report.kind == kind; });
    };
    if (look.kase.open && look.kase.state_of("pipeline") != "reported") {
        if (!has("first"))
            look.want_routine("report_up", {{"kind", "first"}, {"text", "首报：已到场核实"}});
        else if (look.tell("rep.follow"))
            look.want_routine("report_up", {{"kind", "follow"}, {"text", "续报：正在协调"}});
    }
    give_on_what_came_back(look);
    if (look.tell("st.review"))
        look.want_routine("review_task_force", {{"finding", "会商：继续督办"}});
    const auto* notice = look.kase.clock("st.end_notice");
    if (notice != nullptr && notice->open())
        look.want_routine("serve_end_notice", {{"served",
                                                {{{"side", "employer"}, {"at", look.stamp()}},
                                                 {{"side", "workers"}, {"at", look.stamp()}}}},
                                               {"doc", "doc-end-notice"}});
}

void plan_end(Look& look) {
    const auto* report = look.kase.clock("rep.final");
    if (report != nullptr && report->open())
        look.want("report_up", {{"kind", "final"}, {"text", "终报：已结案"}});
}

}  // namespace jinqiao::adapters::cli::replay
