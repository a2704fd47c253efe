// 三步走: staff congress, representatives, collective bargaining.
#include "workflows/dispute/action_groups.h"
#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::schema {

namespace {

Codes meeting_forms() {
    return {{"congress", {"职工代表大会", "Staff congress"}},
            {"general_meeting", {"职工大会", "General meeting"}}};
}

Codes representative_kinds() {
    return {{"bargaining", {"协商代表", "Bargaining representatives"}},
            {"dispute", {"争议代表人", "Representatives in the dispute"}}};
}

Codes reopen_reasons() {
    return {{"voted_down", {"表决未通过", "Voted down"}},
            {"hr_objection", {"人社部门提出异议", "HR objects"}},
            {"facts", {"情况变化", "New facts"}},
            {"other", {"其他", "Other"}}};
}

Fields representative() {
    return {need(personal(name_of("name", {"姓名", "Name"}))),
            flag("outside", {"外聘", "From outside"})};
}

}  // namespace

// clang-format off
Actions process_actions() {
    return {
        {"request_bargaining",    {"发出要约",   "Ask to bargain"}, {enterprise_union, own},
         {need(by_side()), need(instant("delivered_at", {"送达时间", "Delivered at"}))}},

        {"answer_bargaining",     {"答复",       "Answer"}, {enterprise_union, own},
         {need(flag("accepts", {"同意协商", "Accepts"})), need(at())}},

        {"call_congress",         {"召集职代会", "Call congress"}, {enterprise_union, own},
         {need(on()), need(text("topic", {"议题", "Topic"})),
          instant("papers_at", {"材料送达时间", "Papers delivered at"})}},

        {"hold_congress",         {"召开职代会", "Congress held"}, {enterprise_union, own},
         {need(on()), need(code("form", {"形式", "Form"}, meeting_forms())),
          need(integer("delegates", {"应到人数", "Delegates"}, 1)),
          need(integer("present", {"实到人数", "Present"})),
          need(text("topic", {"议题", "Topic"})),
          need(document("minutes", {"会议纪要", "Minutes"}))}},

        // Dispute representatives have no other side; numbers and chiefs are the business of G.reps.
        {"elect_representatives", {"推选代表",   "Representatives"}, {enterprise_union, own},
         {need(on()), need(code("kind", {"代表种类", "Kind"}, representative_kinds())),
          need(list(object("workers", {"职工方代表", "Workers' side"}, representative()))),
          list(object("employer", {"企业方代表", "Employer's side"}, representative())),
          object("chiefs", {"首席代表", "Chiefs"},
                 {personal(name_of("workers", {"职工方首席", "Workers' chief"})),
                  personal(name_of("employer", {"企业方首席", "Employer's chief"}))}),
          need(text("method", {"产生方式", "How chosen"})),
          document("represented", {"被代表人名单", "List of those represented"})}},

        {"record_bargaining",     {"协商记录",   "Bargaining minutes"}, {enterprise_union, mediator, own},
         {need(on()), need(document("minutes", {"协商记录", "Minutes"})),
          list(text("agreed_points", {"达成一致的事项", "Agreed points"})),
          list(text("open_points", {"未达成一致的事项", "Open points"}))}},

        {"reach_agreement",       {"表决通过",   "Approved"}, {enterprise_union, own},
         {need(document("text", {"草案文本", "Text"})),
          need(code("form", {"表决形式", "Form"}, meeting_forms())),
          need(integer("members", {"应到人数", "Members"}, 1)),
          need(integer("present", {"实到人数", "Present"})),
          need(integer("for", {"赞成人数", "For"})), need(on()),
          document("consents", {"被代表人书面同意", "Consents of those represented"})}},

        {"reopen_bargaining",     {"重新协商",   "Bargain again"}, {enterprise_union, mediator, own},
         {need(code("reason", {"原因", "Reason"}, reopen_reasons()))}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::schema
