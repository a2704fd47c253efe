// Requests that need a second person, hand-over, tasks that came back, the task force, and what is
// said with whoever filed without a name.
#include "workflows/dispute/action_groups.h"

namespace jinqiao::workflows::dispute::schema {

namespace {

Codes suspension_kinds() {
    return {{"suspend", {"中止", "Suspend"}}, {"shelve", {"搁置", "Shelve"}}};
}

Codes skip_causes() {
    return {{"rights_claim", {"权利争议", "Claim of a right"}},
            {"danger", {"情况危险", "Danger"}},
            {"insolvent", {"资不抵债", "Insolvent"}},
            {"employer_gone", {"用人单位失联", "Employer gone"}}};
}

Codes approvable() {
    return {{"close_unresolved", {"未化解结案", "Close unresolved"}},
            {"close_no_dispute", {"未构成争议", "No dispute"}},
            {"change_tier", {"变更层级", "Change tier"}},
            {"report_contained", {"回到可控", "Contained"}},
            {"reassign", {"指定承办", "Reassign"}},
            {"unseal", {"查看报告人身份", "See who reported"}},
            {"dissolve_task_force", {"解散专班", "Dissolve the task force"}}};
}

Field evidence() { return document("evidence", {"依据材料", "Evidence"}); }
Field request() { return reference("request", {"申请", "Request"}); }
// Of a length that a telephone's screen still shows. Erasable, and sealed by its name
// (fields.yaml).
Field message() {
    auto field = need(personal(text("message", {"留言", "Message"})));
    field.max_length = 2000;
    return field;
}
Field task() { return reference("assignment", {"被退回的任务", "Returned task"}); }
Field to_whom() { return name_of("to", {"交由（部门或岗位）", "To (department or post)"}); }
Field to_post() { return post("to", {"移交给", "To post"}); }

}  // namespace

// clang-format off
Actions request_actions() {
    return {
        {"request_lower_grade",     {"申请降级", "Ask to lower"}, {own},
         {need(reason()), evidence(), need(grade_to())}},

        {"request_suspension",      {"申请中止", "Ask to suspend"}, {own},
         {need(reason()), evidence(), need(date("until", {"中止至", "Until"})),
          need(code("kind", {"种类", "Kind"}, suspension_kinds()))}},

        {"request_skip_step",       {"申请跳步", "Ask to skip"}, {own},
         {need(reason()), evidence(), need(code("cause", {"跳步理由", "Cause"}, skip_causes()))}},

        {"request_stage_extension", {"申请延时", "Ask for time"}, {own, supervisor},
         {need(reason()), evidence(), need(reference("clock", {"时限", "Clock"})),
          need(budget("budget", {"延长", "By"}))}},

        {"request_approval",        {"提请批准", "Ask for approval"}, {own, supervisor},
         {need(reason()), evidence(), need(code("for", {"批准事项", "For"}, approvable())),
          need(any_object("payload", {"拟办内容", "What is asked for"}))}},

        {"request_unseal",          {"申请查看报告人身份", "Ask to see who reported"}, {own, supervisor},
         {need(reason()), evidence()}},

        {"approve_request",         {"批准",     "Approve"}, {approver}, {need(request()), need(reason())}},
        {"reject_request",          {"驳回",     "Reject"},  {approver}, {need(request()), need(reason())}},
    };
}

Actions custody_actions() {
    return {
        {"offer_handover",   {"提请移交", "Offer"}, {own, supervisor},
         {need(to_post()), need(text("note", {"移交说明", "Note"}))}},
        {"recall_handover",  {"撤回移交", "Recall"},  {own, supervisor}, {}},
        {"accept_handover",  {"接收",     "Accept"},  {addressee}, {}},
        {"decline_handover", {"不接收",   "Decline"}, {addressee}, {need(reason())}},
        {"reassign",         {"指定承办", "Reassign"}, {supervisor}, {need(to_post()), need(reason())}},
    };
}

Actions filer_actions() {
    return {
        {"filer_message", {"匿名报告人来信",   "Message of whoever reported without a name"}, {anonymous},
         {message()}},
        {"answer_filer",  {"回复匿名报告人",   "Answer whoever reported without a name"}, {own},
         {message()}},
    };
}

Actions task_actions() {
    return {
        {"reassign_task",       {"改派任务", "Give a task to another"}, {own},
         {need(task()), need(to_whom())}},
        {"rule_competence",     {"裁定主管部门", "Rule who is competent"}, {department, mediator},
         {need(task()), need(to_whom()), need(reason())}},
        {"order_task_force",    {"成立专班", "Order a task force"}, {supervisor},
         {need(reason())}},
        {"review_task_force",   {"专班会商", "Task force review"}, {own, supervisor},
         {need(text("finding", {"会商意见", "Finding"}))}},
        {"dissolve_task_force", {"解散专班", "Dissolve the task force"}, {supervisor},
         {need(reason())}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::schema
