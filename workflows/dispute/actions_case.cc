// What may happen to a case at any stage: notes, ways back, other cases, containment, grade.
#include "workflows/dispute/action_groups.h"
#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::schema {

namespace {

Codes ways_back() {
    Codes all{{"verifying", {"核实中", "Verifying"}}, {"watching", {"关注中", "Watching"}}};
    for (auto& tier : codes::tiers()) all.push_back(std::move(tier));
    return all;
}

Codes reopening_causes() {
    return {{"breach", {"违约", "Breach"}},
            {"new_facts", {"新情况", "New facts"}},
            {"sent_back", {"被退回", "Sent back"}},
            {"error", {"结案有误", "Closed in error"}}};
}

Codes spread_kinds() {
    return {{"place", {"走出园区", "Left the park"}},
            {"enterprise", {"波及其他企业", "Other enterprises"}},
            {"petition_up", {"越级上访", "Petition to a higher level"}},
            {"media", {"媒体传播", "Media"}}};
}

}  // namespace

// clang-format off
Actions case_actions() {
    return {
        {"add_note",         {"记事",     "Note"}, any(),
         {need(text("text", {"内容", "Text"})), flag("private", {"仅承办人可见", "Private"})}, true},

        {"go_back",          {"退回",     "Go back"}, {own, supervisor},
         {need(code("to", {"退回到", "To"}, ways_back())), need(reason())}},

        {"split_individual", {"拆出个案", "Split"}, {own},
         {need(workers()), need(list(reference("demands", {"诉求", "Demands"}))),
          code("at_tier", {"从哪一层级开始", "At tier"}, codes::tiers())}},

        {"merge_into",       {"并案",     "Merge"}, {own, supervisor},
         {need(case_ref("target", {"并入的案件", "Into case"})),
          need(integer("overlap", {"重复人数", "Overlap"})), need(reason())}},

        {"unmerge",          {"撤销并案", "Unmerge"}, {supervisor}, {need(reason())}},

        {"reopen",           {"重新开启", "Reopen"}, {own, supervisor},
         {need(code("cause", {"原因", "Cause"}, reopening_causes())), need(reason())}},

        {"report_spread",    {"外溢",     "Spread"}, any(),
         {need(code("kind", {"外溢情形", "Kind"}, spread_kinds())),
          need(text("where", {"何处", "Where"})), need(instant("seen_at", {"发现时间", "Seen at"}))}},

        {"report_contained", {"回到可控", "Contained"}, {own}, {need(text("evidence", {"依据", "Evidence"}))}},

        {"raise_grade",      {"提级",     "Raise grade"}, any(), {need(grade_to()), need(reason())}},

        {"resume",           {"恢复",     "Resume"}, {own, supervisor}, {}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::schema
