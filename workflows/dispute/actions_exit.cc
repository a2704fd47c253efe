// Ends and exits. The three exits ask for `by` alone: nobody can be trapped (I4).
#include "workflows/dispute/action_groups.h"
#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::schema {

namespace {

Codes authorities() {
    return {{"arbitration", {"仲裁", "Arbitration"}},
            {"court", {"法院", "Court"}},
            {"inspection", {"劳动监察", "Labour inspection"}},
            {"police", {"公安", "Police"}}};
}

Codes purposes() {
    return {{"decide", {"裁决", "Decide"}},
            {"payment_order", {"支付令", "Payment order"}},
            {"enforce", {"强制执行", "Enforce"}},
            {"crime", {"涉嫌犯罪", "Crime"}},
            {"order", {"维持秩序", "Public order"}}};
}

Codes refused_things() {
    return {{"mediation", {"调解", "Mediation"}},
            {"negotiation", {"协商", "Negotiation"}},
            {"confirmation", {"审查确认", "Confirmation"}},
            {"contact", {"接触", "Contact"}}};
}

}  // namespace

// clang-format off
Actions exit_actions() {
    return {
        {"close_settled",             {"结案化解",   "Settle"}, {own}, {text("lesson", {"经验教训", "Lesson"})}},

        {"close_no_dispute",          {"未构成争议", "No dispute"}, {own, supervisor}, {need(reason())}},

        {"close_unresolved",          {"未化解结案", "Close unresolved"}, {own},
         {need(reason()), need(list(reference("remaining", {"未解决的诉求", "Remaining demands"})))}},

        {"refer",                     {"转出",       "Refer"}, {own, supervisor},
         {need(code("to", {"转往", "To"}, authorities())),
          need(code("purpose", {"目的", "Purpose"}, purposes())), need(scope()), workers(), doc()}},

        {"party_refused",             {"一方拒绝",   "A side refuses"}, any(),
         {need(by_side()), code("of", {"拒绝的事项", "What is refused"}, refused_things()), scope(), workers()}},

        {"party_went_to_arbitration", {"已申请仲裁", "Went to arbitration"}, any(),
         {need(by_side()), scope(), workers(),
          instant("filed_at", {"申请仲裁时间", "Filed at"}), name_of("number", {"案号", "Case number"})}},

        {"withdraw",                  {"撤回",       "Withdraw"}, any(),
         {need(by_side()), scope(), workers(),
          document("mandate", {"被代表人书面同意", "Mandate of those represented"}),
          document("waiver", {"书面放弃", "Written waiver"})}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::schema
