#include "workflows/dispute/codes.h"

namespace jinqiao::workflows::dispute::codes {

// clang-format off
Codes causes() {
    return {
        {"hq_decision",        {"总部决策",       "Head-office decision"}},
        {"market_shift",       {"市场变化",       "Market shift"}},
        {"restructuring",      {"改制重组",       "Restructuring"}},
        {"relocation",         {"搬迁",           "Relocation"}},
        {"closure",            {"关闭停产",       "Closure"}},
        {"merger_sale",        {"并购转让",       "Merger or sale"}},
        {"layoff",             {"裁员",           "Lay-off"}},
        {"insolvency",         {"资不抵债",       "Insolvency"}},
        {"wage_arrears",       {"欠薪",           "Wage arrears"}},
        {"pay_cut",            {"降薪",           "Pay cut"}},
        {"social_insurance",   {"社会保险",       "Social insurance"}},
        {"overtime_leave",     {"加班休假",       "Overtime and leave"}},
        {"contract_change",    {"合同变更",       "Change of contract"}},
        {"agency_work",        {"劳务派遣",       "Agency work"}},
        {"injury_safety",      {"工伤安全",       "Injury and safety"}},
        {"welfare",            {"福利待遇",       "Welfare"}},
        {"management_conduct", {"管理行为",       "Management conduct"}},
        {"election_union",     {"选举与工会",     "Election and union"}},
        {"other",              {"其他",           "Other"}},
    };
}

Codes behaviours() {
    return {
        {"talk",                {"言语反映",     "Talk"}},
        {"collective_letter",   {"联名信",       "Collective letter"}},
        {"slow_down",           {"怠工",         "Slow-down"}},
        {"stoppage",            {"停工",         "Stoppage"}},
        {"gathering_inside",    {"厂内聚集",     "Gathering inside"}},
        {"gathering_public",    {"公共场所聚集", "Gathering in public"}},
        {"gate_block",          {"堵门",         "Gate blocked"}},
        {"road_block",          {"堵路",         "Road blocked"}},
        {"petition",            {"集体上访",     "Petition"}},
        {"detention_of_person", {"扣留人员",     "Person detained"}},
        {"damage",              {"损毁财物",     "Damage"}},
        {"violence",            {"暴力",         "Violence"}},
        {"self_harm_threat",    {"扬言自伤",     "Threat of self-harm"}},
        {"online_posts",        {"网络发帖",     "Online posts"}},
    };
}

Codes demands() {
    return {
        {"pay_arrears",         {"补发工资",     "Arrears of pay"}},
        {"compensation",        {"经济补偿",     "Compensation"}},
        {"higher_compensation", {"提高补偿",     "Higher compensation"}},
        {"keep_job",            {"保留岗位",     "Keep the job"}},
        {"insurance_backpay",   {"补缴社保",     "Insurance back payment"}},
        {"overtime_pay",        {"加班费",       "Overtime pay"}},
        {"year_end_bonus",      {"年终奖",       "Year-end bonus"}},
        {"transfer_terms",      {"转岗条件",     "Terms of transfer"}},
        {"injury_payment",      {"工伤待遇",     "Injury payment"}},
        {"apology",             {"道歉",         "Apology"}},
        {"management_change",   {"更换管理人员", "Change of management"}},
        {"information",         {"信息公开",     "Information"}},
        {"other",               {"其他",         "Other"}},
    };
}

Codes ownerships() {
    return {
        {"state",      {"国有",       "State-owned"}},
        {"collective", {"集体",       "Collectively owned"}},
        {"private",    {"民营",       "Private"}},
        {"foreign",    {"外商独资",   "Foreign-owned"}},
        {"joint",      {"中外合资",   "Joint venture"}},
        {"hmt",        {"港澳台投资", "Hong Kong, Macao or Taiwan invested"}},
        {"other",      {"其他",       "Other"}},
    };
}

Codes filings() {
    return {
        {"identified",   {"实名",       "Identified"}},
        {"confidential", {"实名并保密", "Identified, kept confidential"}},
        {"anonymous",    {"匿名",       "Anonymous"}},
    };
}

Codes moods() {
    return {
        {"calm",     {"平静", "Calm"}},
        {"tense",    {"紧张", "Tense"}},
        {"agitated", {"激动", "Agitated"}},
        {"violent",  {"失控", "Out of control"}},
    };
}

Codes trends() {
    return {
        {"rising",  {"上升", "Rising"}},
        {"stable",  {"平稳", "Stable"}},
        {"falling", {"缓和", "Falling"}},
    };
}

Codes certainties() {
    return {
        {"rumour",    {"传闻",   "Rumour"}},
        {"seen",      {"目击",   "Seen"}},
        {"confirmed", {"已核实", "Confirmed"}},
    };
}

Codes worker_groups() {
    return {
        {"pregnant",        {"孕产哺乳期",       "Pregnant or nursing"}},
        {"injured",         {"工伤或职业病",     "Injured or occupationally ill"}},
        {"ill",             {"医疗期内",         "Ill, within the medical period"}},
        {"near_retirement", {"临近退休",         "Near retirement"}},
        {"sole_earner",     {"家庭唯一就业者",   "Sole earner"}},
        {"long_service",    {"长期或无固定期限", "Long service or open-ended contract"}},
        {"agency",          {"劳务派遣",         "Agency workers"}},
        {"other",           {"其他",             "Other"}},
    };
}

Codes sides() {
    return {
        {"employer", {"用人单位", "Employer"}},
        {"workers",  {"劳动者",   "Workers"}},
    };
}

Codes sides_or_both() {
    auto all = sides();
    all.push_back({"both", {"双方", "Both"}});
    return all;
}

Codes scopes() {
    return {
        {"whole", {"全案", "The whole case"}},
        {"part",  {"部分", "A part"}},
    };
}

Codes tiers() {
    return {
        {"committee", {"企业调委会",   "Enterprise committee"}},
        {"team",      {"调解工作小组", "Mediation work team"}},
        {"joint",     {"联合调处",     "Joint handling"}},
    };
}

Codes grades() {
    return {
        {"blue",   {"蓝色", "Blue"}},
        {"yellow", {"黄色", "Yellow"}},
        {"orange", {"橙色", "Orange"}},
        {"red",    {"红色", "Red"}},
    };
}

Codes mediator_kinds() {
    return {
        {"enterprise_committee",       {"企业劳动争议调解委员会", "Enterprise mediation committee"}},
        {"people_mediation_committee", {"人民调解委员会",         "People's mediation committee"}},
        {"union_body",                 {"工会调解组织",           "Union mediation body"}},
        {"township_body",              {"乡镇街道调解组织",       "Township or sub-district body"}},
        {"trade_body",                 {"行业区域调解组织",       "Trade or regional body"}},
        {"court_invited",              {"法院特邀调解",           "Invited by the court"}},
    };
}

Codes session_kinds() {
    return {
        {"talk",          {"谈话",     "Talk"}},
        {"negotiation",   {"协商",     "Negotiation"}},
        {"mediation",     {"调解",     "Mediation"}},
        {"bargaining",    {"集体协商", "Bargaining"}},
        {"group_meeting", {"联席会议", "Group meeting"}},
    };
}

Codes agreement_kinds() {
    return {
        {"settlement",          {"和解协议",     "Settlement by the parties"}},
        {"mediation",           {"调解协议",     "Mediated agreement"}},
        {"collective_contract", {"集体合同",     "Collective contract"}},
        {"coordination",        {"协调处理协议", "Coordination agreement"}},
    };
}

Codes confirmation_routes() {
    return {
        {"arb_review", {"仲裁审查",   "Arbitral review"}},
        {"judicial",   {"司法确认",   "Judicial confirmation"}},
        {"hr_filing",  {"报人社审查", "Filing with HR"}},
    };
}

Codes confirmation_results() {
    return {
        {"accepted",     {"受理",       "Accepted"}},
        {"extended",     {"延长审查",   "Extended"}},
        {"confirmed",    {"确认",       "Confirmed"}},
        {"not_accepted", {"不予受理",   "Not accepted"}},
        {"withdrawn",    {"撤回申请",   "Application withdrawn"}},
        {"void",         {"无效",       "Void"}},
        {"hr_objection", {"人社部门提出异议", "HR objects"}},
    };
}

Codes answers() {
    return {
        {"met",       {"满足",     "Met"}},
        {"partly",    {"部分满足", "Partly met"}},
        {"not_met",   {"未满足",   "Not met"}},
        {"withdrawn", {"撤回",     "Withdrawn"}},
        {"moved",     {"转入他案", "Moved elsewhere"}},
    };
}
// clang-format on

}  // namespace jinqiao::workflows::dispute::codes
