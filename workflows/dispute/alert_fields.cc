// The alert form (design.md 7; the list of fields is domain.md 2.4). Half-known facts are normal:
// what is starred there comes back as `missing`, never as a refusal. There is no field for
// suspected organisers, on purpose.
#include "workflows/dispute/actions.h"
#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute {

namespace {

using namespace schema;

// clang-format off
Fields enterprise() {
    return {
        name_of ("id",                   {"企业编号",         "Enterprise id"}),
        name_of ("name",                 {"企业名称",         "Enterprise"}),
        name_of ("uscc",                 {"统一社会信用代码", "Unified social credit code"}),
        name_of ("address",              {"地址",             "Address"}),
        name_of ("industry",             {"所属行业",         "Industry"}),
        code    ("ownership",            {"企业性质",         "Ownership"}, codes::ownerships()),
        name_of ("home_country",         {"母国",             "Home country"}),
        integer ("staff",                {"职工人数",         "Staff"}),
        integer ("agency_workers",       {"派遣人数",         "Agency workers"}),
        flag    ("fortune500",           {"是否世界500强",    "Fortune 500"}),
        flag    ("union",                {"是否建立工会",     "Has a union"}),
        flag    ("party_organisation",   {"是否有党组织",     "Has a Party organisation"}),
        flag    ("mediation_committee",  {"是否有调解委员会", "Has a mediation committee"}),
        flag    ("staff_congress",       {"是否有职代会",     "Has a staff congress"}),
        personal(name_of("union_chair",          {"工会主席",       "Union chair"})),
        personal(name_of("legal_representative", {"法定代表人",     "Legal representative"})),
        personal(name_of("hr_contact",           {"人事联系人",     "HR contact"})),
    };
}

Fields layoff() {
    return {
        date("announced",    {"宣布日期",     "Announced on"}),
        date("planned_for",  {"拟实施日期",   "Planned for"}),
        date("explained_on", {"向职工说明日", "Explained to staff on"}),
    };
}

Fields event(bool filing) {
    Field noticed = instant("noticed_at", {"发现时间", "Noticed at"});
    noticed.required = filing;
    return {
        code    ("cause",             {"起因",         "Cause"}, codes::causes()),
        list(code("behaviours",       {"行为",         "Behaviours"}, codes::behaviours())),
        name_of ("place",             {"地点",         "Place"}),
        integer ("workers_involved",  {"涉及人数",     "Workers involved"}),
        integer ("workers_present",   {"现场人数",     "Workers present"}),
        list(code("demands",          {"诉求",         "Demands"}, codes::demands())),
        integer ("arrears_months",    {"欠薪月数",     "Months of arrears"}),
        money   ("amount",            {"涉及金额（分）", "Amount (fen)"}),
        instant ("started_at",        {"开始时间",     "Started at"}),
        noticed,
        integer ("injured",           {"受伤人数",     "Injured"}),
        flag    ("media",             {"媒体关注",     "Media attention"}),
        flag    ("cross_enterprise",  {"跨企业",       "Across enterprises"}),
        flag    ("owner_unreachable", {"老板失联",     "Owner unreachable"}),
        flag    ("outside_help",      {"有外部人员",   "People from outside"}),
        code    ("trend",             {"趋势",         "Trend"}, codes::trends()),
        text    ("measures",          {"已采取措施",   "Measures taken"}),
        text    ("needs",             {"需要的支持",   "What is needed"}),
        object  ("layoff",            {"裁员",         "Lay-off"}, layoff()),
    };
}

Fields reporter() {
    return {
        personal(name_of("name",         {"报告人姓名", "Reporter"})),
        name_of ("role",                 {"报告人身份", "Role"}),
        name_of ("organisation",         {"所在单位",   "Organisation"}),
        personal(name_of("phone",        {"联系电话",   "Phone"})),
        flag    ("on_site",              {"是否在现场", "On site"}),
    };
}
// clang-format on

}  // namespace

kernel::Fields alert_fields(bool filing) {
    Fields all{
        object("enterprise", {"企业", "Enterprise"}, enterprise()),
        object("event", {"事件", "Event"}, event(filing)),
        object("reporter", {"报告人", "Reporter"}, reporter()),
        list(document("documents", {"附件", "Documents"})),
        text("note", {"备注", "Note"}),
    };
    // Fixed at filing: whether it is an exercise (I28), and what whoever reports was promised.
    if (filing) {
        all.push_back(code("filing", {"报告方式", "Filing"}, codes::filings()));
        all.push_back(flag("exercise", {"演练", "Exercise"}));
    }
    return all;
}

}  // namespace jinqiao::workflows::dispute
