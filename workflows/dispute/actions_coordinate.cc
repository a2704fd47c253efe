// 协调: tiers and talks.
#include "workflows/dispute/action_groups.h"
#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::schema {

// clang-format off
Actions coordinate_actions() {
    return {
        {"open_coordination", {"启动协调", "Open coordination"}, {own, supervisor},
         {need(code("tier", {"层级", "Tier"}, codes::tiers())),
          person("lead", {"牵头调解员", "Lead mediator"}),
          list(person("team", {"小组成员", "Team"}))}},

        {"change_tier",       {"变更层级", "Change tier"}, {own, supervisor},
         {need(code("to", {"变更为", "To"}, codes::tiers())), need(reason())}},

        {"record_session",    {"会谈笔录", "Record talks"}, {mediator, own, commissioner},
         {need(code("kind", {"会谈种类", "Kind"}, codes::session_kinds())),
          need(list(object("present", {"到场", "Present"},
                           {need(side()), integer("n", {"人数", "Number"})}))),
          need(list(code("heard", {"已听取意见", "Heard"}, codes::sides()))),
          need(text("result", {"结果", "Result"})),
          instant("next_at", {"下次会谈", "Next session"})}},

        {"ask_negotiation",   {"提出协商", "Ask to negotiate"}, any(),
         {need(by_side()), need(at()), date("until", {"答复期限", "Answer by"})}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::schema
