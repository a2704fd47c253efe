#include "workflows/dispute/machine.h"

namespace jinqiao::workflows::dispute {

// Labels as the console shows them; stages are those of the pipeline alone.
std::span<const kernel::StateInfo> states() {
    // clang-format off
    static const std::vector<kernel::StateInfo> table{
        {"reported",     "pipeline",    "warn",       {"已报告",     "Reported"},              true},
        {"verifying",    "pipeline",    "warn",       {"核实中",     "Verifying"},             false},
        {"watching",     "pipeline",    "warn",       {"关注中",     "Watching"},              false},
        {"committee",    "pipeline",    "coordinate", {"企业调委会", "Enterprise committee"},  false},
        {"team",         "pipeline",    "coordinate", {"调解工作小组", "Mediation work team"}, false},
        {"joint",        "pipeline",    "coordinate", {"联合调处",   "Joint handling"},        false},
        {"agreement",    "pipeline",    "resolve",    {"协议",       "Agreement"},             false},
        {"confirming",   "pipeline",    "resolve",    {"审查确认",   "Confirmation"},          false},
        {"performing",   "pipeline",    "resolve",    {"履行中",     "Performing"},            false},
        {"follow_up",    "pipeline",    "resolve",    {"回访",       "Follow-up"},             false},
        {"settled",      "pipeline",    "ended",      {"就地化解",   "Settled"},               false},
        {"withdrawn",    "pipeline",    "ended",      {"撤回",       "Withdrawn"},             false},
        {"no_dispute",   "pipeline",    "ended",      {"未构成争议", "No dispute"},            false},
        {"merged",       "pipeline",    "ended",      {"并案",       "Merged"},                false},
        {"referred",     "pipeline",    "ended",      {"转出",       "Referred"},              false},
        {"unresolved",   "pipeline",    "ended",      {"未化解",     "Unresolved"},            false},
        {"not_required", "process",     "",           {"无需三步走", "Three steps not required"}, true},
        {"congress",     "process",     "",           {"待开职代会", "Staff congress"},        false},
        {"elect",        "process",     "",           {"待推选代表", "Elect representatives"}, false},
        {"bargain",      "process",     "",           {"集体协商",   "Collective bargaining"}, false},
        {"agreed",       "process",     "",           {"协商一致",   "Agreed"},                false},
        {"none",         "mediation",   "",           {"未申请调解", "No mediation"},          true},
        {"applied",      "mediation",   "",           {"已申请调解", "Mediation applied for"}, false},
        {"open",         "mediation",   "",           {"调解中",     "Mediation open"},        false},
        {"ended",        "mediation",   "",           {"调解已终止", "Mediation ended"},       false},
        {"inside",       "containment", "",           {"园区内",     "Contained"},             true},
        {"spread",       "containment", "",           {"外溢",       "Spread"},                false},
        {"running",      "clock",       "",           {"计时中",     "Running"},               true},
        {"suspended",    "clock",       "",           {"中止",       "Suspended"},             false},
        {"held",         "custody",     "",           {"承办中",     "Held"},                  true},
        {"offered",      "custody",     "",           {"待接收",     "Offered"},               false},
    };
    // clang-format on
    return table;
}

}  // namespace jinqiao::workflows::dispute
