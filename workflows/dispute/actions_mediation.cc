// Mediation proper: from application to end notice.
#include "workflows/dispute/action_groups.h"
#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::schema {

namespace {

Codes application_forms() {
    return {{"written", {"书面", "Written"}},
            {"oral", {"口头", "Oral"}},
            {"offered", {"主动调解", "Offered by the body"}}};
}

Codes refusals() {
    return {{"out_of_scope", {"不属受理范围", "Out of scope"}},
            {"one_side_refuses", {"一方不同意", "One side refuses"}},
            {"other_body", {"其他机构已受理", "Another body has it"}}};
}

}  // namespace

// clang-format off
Actions mediation_actions() {
    return {
        {"apply_mediation",  {"申请调解",       "Apply for mediation"}, any(),
         {need(code("mediator_kind", {"调解组织类型", "Kind of body"}, codes::mediator_kinds())),
          need(name_of("body", {"调解组织", "Mediation body"})),
          need(instant("received_at", {"收到申请时间", "Received at"})),
          need(code("by", {"申请人", "Applicant"}, codes::sides_or_both())),
          need(code("form", {"申请方式", "Form"}, application_forms())),
          need(list(text("requests", {"请求事项", "Requests"})))}},

        {"record_consent",   {"征询意愿",       "Consent"}, {mediator, own},
         {need(side()), need(flag("consents", {"同意调解", "Consents"})), need(at())}},

        {"refuse_mediation", {"不予受理",       "Not accepted"}, {mediator, own},
         {need(code("reason", {"不予受理的原因", "Reason"}, refusals())),
          need(text("text", {"说明", "Explanation"}))}},

        // Recusal: the mediator declares no tie, or these sides accept the mediator all the same.
        {"accept_mediation", {"受理",           "Accept"}, {mediator, own},
         {need(person("mediator", {"调解员", "Mediator"})),
          need(instant("accepted_at", {"受理时间", "Accepted at"})),
          flag("no_tie", {"调解员声明无利害关系", "Mediator declares no tie"}),
          list(code("accepted_by", {"知情并接受的一方", "Accepted all the same by"}, codes::sides()))}},

        {"extend_mediation", {"同意延期",       "Extend by consent"}, {mediator, own},
         {need(list(object("consents", {"双方同意", "Consents"}, {need(side()), need(at()), doc()}))),
          integer("add_days", {"延长天数", "Days added"}, 1),
          date("until", {"延长至", "Until"})}},

        {"end_mediation",    {"调解不成",       "End without deal"}, {mediator, own}, {need(reason())}},

        {"serve_end_notice", {"送达终止告知书", "Serve end notice"}, {mediator, own},
         {need(list(object("served", {"送达", "Served"}, {need(side()), need(at())}))), need(doc())}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::schema
