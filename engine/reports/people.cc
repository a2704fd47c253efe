// How fast people were, and who had to be told higher up.
#include <map>
#include <set>
#include <tuple>

#include "engine/reports/reports.h"

namespace jinqiao::engine::reports {

using model::Figures;
using time::Instant;

namespace {

double minutes_between(Instant from, Instant until) {
    const auto minutes = static_cast<double>((until - from).count()) / 60'000.0;
    return static_cast<double>(static_cast<std::int64_t>(minutes * 10.0 + 0.5)) / 10.0;
}

// How long something took, of those that had a promise how many kept it, and what is still out.
struct Times {
    std::vector<double> took;
    std::int64_t waiting = 0, overdue = 0, promised = 0, kept = 0;

    void add(const Figures::Step& step, Instant from, Instant now) {
        if (step.at) {
            took.push_back(minutes_between(from, *step.at));
            if (!step.due) return;
            ++promised;
            if (!step.late()) ++kept;
        } else if (step.waiting() && step.due) {
            ++waiting;
            if (*step.due > now) return;
            ++overdue;
            ++promised;
        }
    }
    Cell at(double share) {
        if (took.empty()) return {};
        return percentile(took, share);
    }
};

constexpr std::string_view measures[] = {"acknowledged", "on_site", "settled"};

// Taken and reached are looked at from the filing, settled from the end: of what was filed
// lately, only what was quick has ended.
void take(const Cohort& cohort, std::string_view measure, const Figures& figures, Times& times) {
    if (figures.part) return;
    if (measure == "settled") {
        if (figures.settled && figures.ended_at && cohort.holds(*figures.ended_at))
            times.add(figures.close, figures.filed_at, cohort.now());
    } else if (cohort.holds(figures.filed_at)) {
        times.add(measure == "on_site" ? figures.on_site : figures.acknowledged, figures.filed_at,
                  cohort.now());
    }
}

Row row(std::string measure, std::string grade, Times& times, std::string target) {
    const auto done = static_cast<std::int64_t>(times.took.size());
    return {std::move(measure), std::move(grade), done,
            times.at(0.5),      times.at(0.9),    times.at(1.0),
            std::move(target),  times.kept,       share_of(times.kept, times.promised),
            times.waiting,      times.overdue};
}

}  // namespace

Table reaction(const Cohort& cohort, const Targets& targets) {
    Table table{"reaction",
                {{"measure", Kind::measure},
                 {"grade", Kind::grade},
                 {"cases"},
                 {"p50", Kind::minutes},
                 {"p90", Kind::minutes},
                 {"max", Kind::minutes},
                 {"target", Kind::text},
                 {"in_time"},
                 {"in_time_percent", Kind::percent},
                 {"waiting"},
                 {"overdue"}},
                {},
                {}};
    for (const auto name : measures) {
        std::map<std::string, Times> by_grade;
        Times all;
        for (const auto& figures : cohort.cases()) {
            take(cohort, name, figures, by_grade[figures.grade]);
            take(cohort, name, figures, all);
        }
        for (const auto grade : grades)
            table.rows.push_back(row(std::string(name), std::string(grade),
                                     by_grade[std::string(grade)], targets(name, grade)));
        table.rows.push_back(row(std::string(name), "all", all, {}));
    }
    return table;
}

Table escalations(const Cohort& cohort, const Targets&) {
    struct Line {
        std::int64_t count = 0, signed_for = 0, cases = 0;
    };
    std::map<std::pair<std::string, std::string>, Line> lines;
    Line all;
    for (const auto& figures : cohort.cases()) {
        std::set<std::pair<std::string, std::string>> seen;
        for (const auto& each : figures.escalations) {
            if (!cohort.holds(each.at)) continue;
            const auto key = std::pair(cohort.month(each.at), each.post);
            const bool first = seen.empty(), first_here = seen.insert(key).second;
            for (auto [line, counts] : {std::pair(&lines[key], first_here), {&all, first}}) {
                ++line->count;
                if (each.signed_at) ++line->signed_for;
                if (counts) ++line->cases;
            }
        }
    }
    Table table{"escalations",
                {{"month", Kind::month},
                 {"level", Kind::post},
                 {"escalations"},
                 {"signed"},
                 {"signed_percent", Kind::percent},
                 {"cases"}},
                {},
                {}};
    const auto row = [](std::string month, std::string level, const Line& line) {
        return Row{std::move(month),
                   std::move(level),
                   line.count,
                   line.signed_for,
                   share_of(line.signed_for, line.count),
                   line.cases};
    };
    for (const auto& [key, line] : lines) table.rows.push_back(row(key.first, key.second, line));
    table.total = row({}, {}, all);
    return table;
}

Table sign_for(const Cohort& cohort, const Targets& targets) {
    struct Line {
        std::int64_t told = 0, delivered = 0, never = 0;
        Times times;
    };
    std::map<std::string, Line> by_department;
    Line all;
    for (const auto& figures : cohort.cases())
        for (const auto& each : figures.told) {
            if (!cohort.holds(each.at)) continue;
            for (Line* line : {&by_department[each.department], &all}) {
                ++line->told;
                if (each.delivered_at || each.sign.at) ++line->delivered;
                if (each.sign.over) ++line->never;
                line->times.add(each.sign, each.delivered_at.value_or(each.at), cohort.now());
            }
        }
    Table table{"sign_for",
                {{"department", Kind::department},
                 {"told"},
                 {"delivered"},
                 {"signed"},
                 {"p50", Kind::minutes},
                 {"p90", Kind::minutes},
                 {"in_time_percent", Kind::percent},
                 {"waiting"},
                 {"overdue"},
                 {"never"}},
                {},
                {}};
    (void)targets;
    const auto row = [](std::string department, Line& line) {
        auto& times = line.times;
        const auto signed_for = static_cast<std::int64_t>(times.took.size());
        return Row{std::move(department),
                   line.told,
                   line.delivered,
                   signed_for,
                   times.at(0.5),
                   times.at(0.9),
                   share_of(times.kept, times.promised),
                   line.told - signed_for - line.never,
                   times.overdue,
                   line.never};
    };
    for (auto& [department, line] : by_department) table.rows.push_back(row(department, line));
    table.total = row("all", all);
    return table;
}

}  // namespace jinqiao::engine::reports
