// 预警: filing, taking, verifying, watching.
#include "workflows/dispute/action_groups.h"
#include "workflows/dispute/actions.h"
#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::schema {

namespace {

// At filing behaviours are plain codes; from then on each has a start and an end.
Fields updated_facts() {
    auto fields = alert_fields(false);
    fields.push_back(list(
        object("behaviours", {"行为起止", "Behaviours with start and end"},
               {need(code("code", {"行为", "Behaviour"}, codes::behaviours())),
                instant("started", {"开始", "Started"}), instant("ended", {"结束", "Ended"})})));
    fields.push_back(code("certainty", {"可信程度", "Certainty"}, codes::certainties()));
    return fields;
}

Codes report_kinds() {
    return {{"first", {"初报", "First report"}},
            {"follow", {"续报", "Follow-up report"}},
            {"final", {"终报", "Final report"}}};
}

Codes check_kinds() {
    return {{"facts", {"充分掌握情况", "Facts"}},
            {"law", {"充分研究法律政策", "Law"}},
            {"individual", {"充分考虑个体情况", "Individuals"}}};
}

}  // namespace

// clang-format off
Actions warn_actions() {
    return {
        {"file",           {"提交预警",   "File alert"},
         {enterprise_union, duty_officer, supervisor, department, anonymous}, alert_fields(true)},

        {"acknowledge",    {"首问接报",   "Take the case"}, {duty_officer, mediator, supervisor, own}, {}},

        {"dispatch",       {"派专员",     "Send commissioner"}, {own, duty_officer},
         {need(person("person", {"专员", "Commissioner"})), instant("eta", {"预计到达", "Expected at"})}},

        {"arrive",         {"到场",       "Arrive"}, {commissioner},
         {integer("heads_now", {"现场人数", "Heads now"}), code("mood", {"现场情绪", "Mood"}, codes::moods())}},

        {"update_facts",   {"续报",       "Update facts"}, any(), updated_facts()},

        {"report_up",      {"报送",       "Send report"}, {own, duty_officer},
         {need(code("kind", {"报告种类", "Kind"}, report_kinds())), need(text("text", {"报告内容", "Report"}))}},

        {"confirm_facts",  {"核实完毕",   "Confirm facts"}, {own, commissioner},
         {need(list(code("types", {"争议类型", "Types of dispute"}, codes::causes()))),
          need(flag("collective", {"是否群体争议", "Collective"})),
          text("common_claim", {"共同诉求", "Common claim"}),
          need(flag("in_scope", {"是否属劳动争议受理范围", "In scope"})),
          need(flag("rights_claim", {"是否权利争议", "Claim of a right"}))}},

        {"complete_check", {"三充分检查", "Sufficiency check"}, {own, lead},
         {need(code("which", {"检查项目", "Which"}, check_kinds())),
          need(person("by", {"检查人", "Checked by"})),
          need(text("findings", {"检查结论", "Findings"})),
          list(object("groups", {"人员分类", "Groups"},
                      {code("kind", {"类别", "Kind"}, codes::worker_groups()),
                       integer("n", {"人数", "Number"}), text("plan", {"安置方案", "Plan"})}))}},

        {"attach_plan",    {"附预案",     "Attach plan"}, {own, supervisor},
         {need(reference("plan", {"预案", "Plan"}))}},

        {"watch",          {"转入关注",   "Watch"}, {own, supervisor},
         {need(date("review_on", {"复核日期", "Review on"})), need(reason())}},

        {"review_watch",   {"关注复核",   "Review"}, {own}, {text("finding", {"复核结论", "Finding"})}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::schema
