#include "adapters/cli/replay/report.h"

#include <boost/json/array.hpp>
#include <cmath>

#include "adapters/cli/replay/breaks_view.h"
#include "adapters/cli/replay/figures.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli::replay {
namespace {

double per_case(const Report& report) {
    return report.cases == 0
               ? 0
               : static_cast<double>(report.core.commands) / static_cast<double>(report.cases);
}

std::string in_minutes(const std::vector<std::int64_t>& seconds, double share) {
    return seconds.empty() ? "-" : std::to_string(quantile(seconds, share) / 60);
}

void counts(const Context& context, const char* code, const Counts& of) {
    if (of.empty()) return;
    context.out << '\n' << context.speech(code) << '\n';
    Table table({context.speech("cli.replay.what"), context.speech("cli.replay.count")});
    for (const auto& [key, count] : of) table.add({key, std::to_string(count)});
    table.print(context.out);
}

}  // namespace

std::int64_t quantile(const std::vector<std::int64_t>& sorted, double share) {
    if (sorted.empty()) return 0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    return sorted[index];
}

boost::json::object as_json(const Report& report) {
    boost::json::array forgotten;
    for (const auto& each : report.forgotten) {
        forgotten.push_back(
            {{"number", each.number},
             {"state", each.state},
             {"lacking", boost::json::array(each.lacking.begin(), each.lacking.end())},
             {"at", engine::time::to_rfc3339(each.at, std::chrono::minutes{480})}});
        if (forgotten.size() == 100) break;
    }
    return {{"seed", report.seed},
            {"rows", report.rows},
            {"cases", report.cases},
            {"unmapped", sum(report.unmapped)},
            {"unmapped_by_reason", object_of(report.unmapped)},
            {"open", report.open},
            {"cases_by_grade", object_of(report.by_grade)},
            {"cases_by_cause", object_of(report.by_cause)},
            {"cases_by_end", object_of(report.by_end)},
            {"forgotten", report.forgotten.size()},
            {"forgotten_cases", std::move(forgotten)},
            {"looks", report.looks},
            {"notices", report.notices},
            {"notices_by_department", object_of(report.notices_by_department)},
            {"deadlines", {{"met", report.deadlines_met}, {"missed", report.deadlines_missed}}},
            {"missed_by_clock", object_of(report.missed_by_clock)},
            {"escalations", report.escalations},
            {"escalations_by_level", object_of(report.escalations_by_level)},
            {"first_acknowledgement_s",
             {{"median", quantile(report.first_ack_s, 0.5)},
              {"p90", quantile(report.first_ack_s, 0.9)},
              {"longest", quantile(report.first_ack_s, 1.0)}}},
            {"commands", report.core.commands},
            {"commands_per_case", per_case(report)},
            {"transitions", report.core.transitions},
            {"commits", report.core.commits},
            {"refusals", report.core.refusals},
            {"timers_fired", report.core.timers_fired},
            {"people", name(report.conduct.kind)},
            {"policy", as_json(report.findings)},
            {"wall_seconds", report.wall_seconds},
            {"digest", report.digest}};
}

void show(const Context& context, const Report& report) {
    const auto& say = context.speech;
    context.out << say("cli.replay.summary", {{"rows", std::to_string(report.rows)},
                                              {"cases", std::to_string(report.cases)},
                                              {"unmapped", std::to_string(sum(report.unmapped))},
                                              {"open", std::to_string(report.open)}})
                << '\n'
                << say("cli.replay.work", {{"commands", std::to_string(report.core.commands)},
                                           {"per_case", fixed(per_case(report))},
                                           {"transitions", std::to_string(report.core.transitions)},
                                           {"seconds", fixed(report.wall_seconds)}})
                << '\n'
                << say("cli.replay.deadlines",
                       {{"met", std::to_string(report.deadlines_met)},
                        {"missed", std::to_string(report.deadlines_missed)}})
                << '\n'
                << say("cli.replay.ack", {{"median", in_minutes(report.first_ack_s, 0.5)},
                                          {"p90", in_minutes(report.first_ack_s, 0.9)}})
                << '\n'
                << say("cli.replay.forgotten", {{"count", std::to_string(report.forgotten.size())},
                                                {"looks", std::to_string(report.looks)}})
                << '\n';
    counts(context, "cli.replay.unmapped", report.unmapped);
    counts(context, "cli.replay.by_grade", report.by_grade);
    counts(context, "cli.replay.by_cause", report.by_cause);
    counts(context, "cli.replay.by_end", report.by_end);
    counts(context, "cli.replay.notices", report.notices_by_department);
    counts(context, "cli.replay.escalations", report.escalations_by_level);
    counts(context, "cli.replay.missed", report.missed_by_clock);
    context.out << '\n' << say("cli.replay.digest", {{"digest", report.digest}}) << '\n';
}

}  // namespace jinqiao::adapters::cli::replay
