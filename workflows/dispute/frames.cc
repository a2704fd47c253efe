#include "workflows/dispute/frames.h"

#include <algorithm>

namespace jinqiao::workflows::dispute {

namespace {

Names join(std::initializer_list<Names> lists) {
    Names all;
    for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
    return all;
}

constexpr auto no_region = std::nullopt;

// clang-format off
std::vector<Frame> make() {
    const Names& open  = open_states();
    const Names& ends  = end_states();
    const Names& all   = all_states();
    const Names& v     = warn_states();
    const Names& c     = coordinate_states();
    const Names found  = {"verifying", "watching"};
    const Names taken  = join({found, c});                          // where people are on the way
    const Names unsaid = join({{"watching"}, c, {"agreement"}});    // where talks go on
    const Names talks  = {"congress", "elect", "bargain"};
    const Region process = Region::process, mediation = Region::mediation,
                 containment = Region::containment, clock = Region::clock, custody = Region::custody;

    return {
        // facts and reports
        {"dispatch",                 taken,           no_region, {}},
        {"arrive",                   taken,           no_region, {}},
        {"update_facts",             open,            no_region, {}},
        {"report_up",                open,            no_region, {}},
        {"report_up",                ends,            no_region, {}, {{}, {"R.final"}}},
        {"confirm_facts",            found,           no_region, {}, {{"G.facts"}, {}}},
        {"complete_check",           open,            no_region, {}},
        {"attach_plan",              open,            no_region, {}},
        {"review_watch",             {"watching"},    no_region, {}},
        {"add_demand",               open,            no_region, {}},
        {"answer_demand",            open,            no_region, {}},
        {"add_note",                 all,             no_region, {}},
        {"split_individual",         open,            no_region, {}, {{"G.split"}, {}}},

        // talks and mediation
        {"record_session",           unsaid,          no_region, {}, {{"G.medopen"}, {}}},
        {"ask_negotiation",          join({v, c}),    no_region, {}},
        {"apply_mediation",          join({v, c}),    mediation, {}},
        {"record_consent",           open,            mediation, {"applied"}},
        {"refuse_mediation",         open,            mediation, {}},
        {"accept_mediation",         taken,           mediation, {}},
        {"extend_mediation",         open,            mediation, {"open"}, {{"G.bothext"}, {}}},
        {"end_mediation",            open,            mediation, {}},
        {"serve_end_notice",         all,             no_region, {}},

        // process
        {"request_bargaining",       open,            process,   talks},
        {"answer_bargaining",        open,            process,   talks},
        {"call_congress",            open,            process,   {"congress"}, {{"G.papers"}, {}}},
        {"hold_congress",            open,            process,   {}},
        {"elect_representatives",    open,            process,   {}},
        {"record_bargaining",        open,            process,   {"bargain"}, {{"G.sufficient"}, {}}},
        {"reach_agreement",          open,            process,   {}},
        {"reopen_bargaining",        c,               process,   {}},

        // resolve. A settlement is signed without any mediation: that region is not asked for.
        {"sign_agreement",           {"agreement"},   no_region, {}, {{"G.signed", "G.mandate"}, {}}},
        {"record_performance",       {"confirming", "performing"}, no_region, {}},
        {"report_breach",            {"performing"},  no_region, {}},
        {"cure_breach",              {"performing"},  no_region, {}, {{"G.performed"}, {}}},
        {"record_visit",             {"follow_up"},   no_region, {}},

        // containment, grade, clock
        {"report_spread",            open,            containment, {}},
        {"report_contained",         open,            containment, {}},
        {"raise_grade",              open,            no_region, {}},
        {"resume",                   open,            clock,     {}},

        // requests
        {"request_lower_grade",      open,            no_region, {}, {{"G.floor", "G.limit"}, {}}},
        {"request_suspension",       unsaid,          clock,     {"running"}, {{"G.suspend", "G.limit"}, {}}},
        {"request_skip_step",        open,            process,   {"congress", "bargain"}, {{"G.skip", "G.limit"}, {}}},
        {"request_stage_extension",  open,            no_region, {}, {{"G.limit"}, {}}},
        {"request_approval",         open,            no_region, {}, {{"G.sealed", "G.limit"}, {}}},
        {"request_unseal",           open,            no_region, {}, {{"G.sealed", "G.limit"}, {}}},
        {"approve_request",          open,            no_region, {}, {{"G.two"}, {}}},
        {"reject_request",           open,            no_region, {}, {{"G.two"}, {}}},

        // custody
        {"offer_handover",           open,            custody,   {}},
        {"recall_handover",          open,            custody,   {}},
        {"accept_handover",          open,            custody,   {}},
        {"decline_handover",         open,            custody,   {}},
        {"reassign",                 open,            no_region, {}, {{"G.addressee", "G.two"}, {}}},

        // tasks that came back, and the task force
        {"reassign_task",            open,            no_region, {}, {{"G.returned"}, {}}},
        {"rule_competence",          open,            no_region, {}, {{"G.returned", "G.lead"}, {}}},
        {"order_task_force",         open,            no_region, {}, {{"G.unforced"}, {}}},
        {"review_task_force",        open,            no_region, {}, {{"G.force"}, {}}},
        {"dissolve_task_force",      open,            no_region, {}, {{"G.force", "G.two"}, {}}},

        // whoever filed without a name
        {"filer_message",            all,             no_region, {}, {{"G.filer"}, {}}},
        {"answer_filer",             all,             no_region, {}, {{"G.filer"}, {}}},

        // engine events
        {"skip_approved",            open,            process,   {}},
        {"timer_fired(med.end)",     open,            mediation, {}},
        {"absorbed",                 open,            no_region, {}},
        {"released",                 open,            no_region, {}},
        {"spread_reported",          open,            containment, {}},
        {"suspension_approved",      unsaid,          clock,     {}},
        {"timer_fired(sus.until)",   open,            clock,     {}},
        {"facts_regraded",           open,            no_region, {}},
        {"offer_forced",             open,            custody,   {}},
        {"handover_lapsed",          open,            custody,   {}},
        {"person_disabled",          open,            no_region, {}},
        {"fallback_owns",            open,            no_region, {}},
    };
}
// clang-format on

}  // namespace

std::span<const Frame> frames() {
    static const auto made = make();
    return made;
}

const Names& warn_states() {
    static const Names names{"reported", "verifying", "watching"};
    return names;
}

const Names& coordinate_states() {
    static const Names names{"committee", "team", "joint"};
    return names;
}

const Names& resolve_states() {
    static const Names names{"agreement", "confirming", "performing", "follow_up"};
    return names;
}

const Names& open_states() {
    static const auto names = join({warn_states(), coordinate_states(), resolve_states()});
    return names;
}

const Names& end_states() {
    static const Names names{"settled", "withdrawn", "no_dispute",
                             "merged",  "referred",  "unresolved"};
    return names;
}

const Names& all_states() {
    static const auto names = join({open_states(), end_states()});
    return names;
}

bool contains(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace jinqiao::workflows::dispute
