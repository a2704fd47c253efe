#include "config/codes.h"

namespace jinqiao::config {

namespace {

void append(std::vector<std::string>& codes, const std::string& prefix,
            std::initializer_list<const char*> names) {
    for (const char* name : names) codes.push_back(prefix + name);
}

std::vector<std::string> all_codes() {
    std::vector<std::string> codes{"budget", "no_transition", "unknown_action", "forbidden",
                                   "stale",  "exists",        "exercise.mark"};
    append(codes, "payload.",
           {"unknown", "required", "blank", "type", "code", "length", "least", "future", "control",
            "document"});
    append(codes, "case.", {"unknown"});
    append(codes, "policy.", {"known"});
    append(codes, "assignment.",
           {"unknown", "closed", "by_action", "known", "ruled", "given_on", "given_by_ruling"});
    append(codes, "request.", {"most", "total", "evidence"});
    append(codes, "grade.", {"blue", "yellow", "orange", "red"});
    append(codes, "stage.", {"warn", "coordinate", "resolve", "ended"});
    append(codes, "unit.", {"min", "h", "wh", "N", "W", "months", "y"});
    append(codes, "explain.", {"start",
                               "start_clock",
                               "event",
                               "event_clock",
                               "budget",
                               "extension",
                               "total",
                               "month_end",
                               "suspended",
                               "suspended_clock",
                               "suspended_open",
                               "counted",
                               "counted_hours",
                               "worked",
                               "skipped",
                               "skipped_weekend",
                               "end",
                               "end_clock",
                               "act_by",
                               "act_by_clock",
                               "worked_end",
                               "rolled",
                               "rolled_weekend",
                               "backward_rolled",
                               "backward_rolled_weekend",
                               "provisional",
                               "safe_until",
                               "agreed"});
    append(codes, "step.", {"remind", "inform", "hand_over", "raise"});
    append(codes, "kind.",
           {"lower_grade", "suspension", "skip_step", "stage_extension", "approval", "unseal"});
    append(codes, "answer.", {"approved", "rejected", "lapsed", "void"});
    append(codes, "addressee.", {"department", "post", "person"});
    append(codes, "reach.",
           {"person_unknown", "person_disabled", "person_absent", "person_has_no_channel",
            "post_unknown", "nobody_holds_the_post", "no_working_channel", "department_unknown",
            "department_has_no_working_channel", "deputy_post", "fallback"});
    return codes;
}

}  // namespace

const std::vector<std::string>& engine_codes() {
    static const std::vector<std::string> codes = all_codes();
    return codes;
}

}  // namespace jinqiao::config
