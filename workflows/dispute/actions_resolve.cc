// 处置: text, signatures, confirmation, performance, visit, demands.
#include "workflows/dispute/action_groups.h"
#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::schema {

namespace {

Codes breach_kinds() {
    return {{"late", {"逾期", "Late"}},
            {"part", {"部分履行", "In part"}},
            {"refused", {"拒绝履行", "Refused"}},
            {"announced", {"表示将不履行", "Announced"}}};
}

Field item_number() { return integer("no", {"期次", "Item"}, 1); }
Field proof() { return document("proof", {"履行凭证", "Proof"}); }

}  // namespace

// clang-format off
Actions resolve_actions() {
    return {
        {"propose_agreement",    {"形成协议文本", "Draft agreement"}, {mediator, own},
         {need(code("kind", {"协议种类", "Kind"}, codes::agreement_kinds())),
          need(document("text", {"协议文本", "Text"})),
          need(object("outcomes", {"双方所得", "Outcomes"},
                      {need(text("enterprise", {"企业所得", "For the enterprise"})),
                       need(text("workers", {"职工所得", "For the workers"}))})),
          need(object("balance", {"合法合情合理", "Balance"},
                      {need(text("lawful", {"合法", "Lawful"})),
                       need(text("humane", {"合情", "Humane"})),
                       need(text("fair", {"合理", "Fair"}))}))}},

        // Who of those represented did not agree is split off first (G.mandate).
        {"sign_agreement",       {"签署",         "Signed"}, {mediator, own},
         {need(instant("signed_at", {"签署时间", "Signed at"})),
          instant("effective_at", {"生效时间", "Effective at"}),
          need(object("signatures", {"签章", "Signatures"},
                      {flag("employer", {"用人单位", "Employer"}), flag("workers", {"劳动者", "Workers"}),
                       flag("mediator", {"调解员", "Mediator"}), flag("seal", {"调解组织印章", "Seal of the body"})})),
          need(list(object("instalments", {"履行安排", "Instalments"},
                           {need(item_number()), need(date("due", {"到期日", "Due"})),
                            need(money("amount", {"金额（分）", "Amount (fen)"}))}))),
          document("mandate", {"被代表人书面同意", "Consent of those represented"})}},

        {"apply_confirmation",   {"申请审查确认", "Apply for confirmation"}, {mediator, enterprise_union, own},
         {need(code("route", {"途径", "Route"}, codes::confirmation_routes())),
          need(instant("applied_at", {"申请时间", "Applied at"})),
          need(flag("joint", {"双方共同申请", "Joint application"})), need(doc())}},

        {"record_confirmation",  {"确认结果",     "Confirmation result"}, {mediator, own},
         {need(code("result", {"结果", "Result"}, codes::confirmation_results())), need(at()),
          integer("add_days", {"延长天数", "Days added"}, 1), need(doc())}},

        {"start_performance",    {"不经确认履行", "Perform unconfirmed"}, {mediator, own}, {need(reason())}},

        {"renegotiate",          {"重订",         "New terms"}, {mediator, own},
         {need(reason()),
          need(list(object("consents", {"双方同意", "Consents"}, {need(side()), need(at()), doc()})))}},

        {"record_performance",   {"记录履行",     "Performance"}, any(),
         {need(item_number()), need(money("amount", {"金额（分）", "Amount (fen)"})), need(at()), need(proof())}},

        {"complete_performance", {"履行完毕",     "Performed"}, {mediator, own}, {need(at())}},

        {"report_breach",        {"违约",         "Breach"}, any(),
         {need(item_number()), need(code("kind", {"违约情形", "Kind"}, breach_kinds())), need(at())}},

        {"cure_breach",          {"补正",         "Cured"}, {own}, {need(proof()), item_number()}},

        {"record_visit",         {"回访",         "Visit"}, {mediator, enterprise_union, own},
         {need(at()),
          object("scores", {"满意度", "Satisfaction"},
                 {integer("enterprise", {"企业", "Enterprise"}), integer("workers", {"职工", "Workers"})}),
          text("risk", {"新的风险", "New risk"})}},

        {"add_demand",           {"登记诉求",     "Demand"}, any(),
         {need(code("code", {"诉求", "Demand"}, codes::demands())), integer("n", {"涉及人数", "Number"})}},

        {"answer_demand",        {"答复诉求",     "Answer a demand"}, {own},
         {need(reference("demand", {"诉求", "Demand"})),
          need(code("answer", {"答复", "Answer"}, codes::answers())), need(text("text", {"答复内容", "Text"}))}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::schema
