// What is counted by the month it was filed or ended in.
#include <algorithm>
#include <map>

#include "engine/reports/reports.h"

namespace jinqiao::engine::reports {

using model::Figures;

namespace {

// A part that was split off is no dispute of its own; its workers are nobody else's.
struct Sum {
    std::int64_t cases = 0, workers = 0;
    void add(const Figures& figures) {
        if (!figures.part) ++cases;
        workers += figures.workers;
    }
};

struct Ends {
    std::int64_t closed = 0, outside = 0;
    void add(const Figures& figures) {
        ++closed;
        if (figures.spread) ++outside;
    }
    Row row(Cell first) const {
        return {std::move(first), closed, closed - outside, outside,
                share_of(closed - outside, closed)};
    }
};

bool ended_in(const Cohort& cohort, const Figures& figures) {
    return !figures.part && figures.ended_at && cohort.holds(*figures.ended_at);
}

}  // namespace

Table headline(const Cohort& cohort, const Targets&) {
    Sum sum;
    Ends ends;
    std::int64_t fortune500 = 0, outside = 0;
    const auto take = [&](const Figures& figures) {
        if (cohort.holds(figures.filed_at)) {
            sum.add(figures);
            if (!figures.part && figures.fortune500) ++fortune500;
            if (!figures.part && figures.spread) ++outside;
        }
        if (ended_in(cohort, figures)) ends.add(figures);
    };
    for (const auto& figures : cohort.cases()) take(figures);
    for (const auto& figures : cohort.grouped()) take(figures);
    for (const auto& figures : cohort.grouped())
        if (!figures.part) --sum.cases;  // among the hidden ones
    sum.cases += cohort.hidden();
    return {"headline",
            {{"disputes"},
             {"fortune500"},
             {"workers"},
             {"outside"},
             {"closed"},
             {"contained_percent", Kind::percent}},
            {{sum.cases, fortune500, sum.workers, outside, ends.closed,
              share_of(ends.closed - ends.outside, ends.closed)}},
            {}};
}

Table open(const Cohort& cohort, const Targets&) {
    struct Count {
        Sum sum;
        std::int64_t older = 0;  // filed before the period
    };
    std::map<std::string, Count> by_grade;
    Count all;
    for (const auto& figures : cohort.cases()) {
        if (figures.ended_at && *figures.ended_at < cohort.end()) continue;
        for (Count* count : {&by_grade[figures.grade], &all}) {
            count->sum.add(figures);
            if (!figures.part && figures.filed_at < cohort.begin()) ++count->older;
        }
    }
    Table table{"open", {{"grade", Kind::grade}, {"cases"}, {"workers"}, {"older"}}, {}, {}};
    for (const auto grade : grades) {
        const auto& count = by_grade[std::string(grade)];
        table.rows.push_back({std::string(grade), count.sum.cases, count.sum.workers, count.older});
    }
    table.total = {std::string("all"), all.sum.cases, all.sum.workers, all.older};
    return table;
}

Table containment(const Cohort& cohort, const Targets&) {
    std::map<std::string, Ends> by_month;
    Ends all;
    for (const auto& figures : cohort.cases())
        if (ended_in(cohort, figures)) {
            by_month[cohort.month(*figures.ended_at)].add(figures);
            all.add(figures);
        }
    Table table{"containment",
                {{"month", Kind::month},
                 {"closed"},
                 {"contained"},
                 {"outside"},
                 {"contained_percent", Kind::percent}},
                {},
                {}};
    for (const auto& month : cohort.months()) table.rows.push_back(by_month[month].row(month));
    table.total = all.row(std::string());
    return table;
}

Table causes(const Cohort& cohort, const Targets&) {
    const auto months = cohort.months();
    struct Line {
        std::map<std::string, std::int64_t> by_month;
        Sum sum;
    };
    std::map<std::string, Line> by_cause;
    Line all;
    for (const auto& figures : cohort.cases()) {
        if (!cohort.holds(figures.filed_at)) continue;
        for (Line* line : {&by_cause[figures.cause], &all}) {
            line->sum.add(figures);
            if (!figures.part) ++line->by_month[cohort.month(figures.filed_at)];
        }
    }
    Table table{"causes", {{"cause", Kind::cause}}, {}, {}};
    for (const auto& month : months) table.columns.push_back({month, Kind::count});
    table.columns.push_back({"cases"});
    table.columns.push_back({"workers"});
    const auto row = [&](std::string cause, Line& line) {
        Row out{std::move(cause)};
        for (const auto& month : months) out.emplace_back(line.by_month[month]);
        out.emplace_back(line.sum.cases);
        out.emplace_back(line.sum.workers);
        return out;
    };
    for (auto& [cause, line] : by_cause) table.rows.push_back(row(cause, line));
    const auto cases = months.size() + 1;
    std::stable_sort(table.rows.begin(), table.rows.end(), [&](const Row& a, const Row& b) {
        return std::get<std::int64_t>(a[cases]) > std::get<std::int64_t>(b[cases]);
    });
    table.total = row("all", all);
    return table;
}

Table workers(const Cohort& cohort, const Targets&) {
    struct Line {
        Sum sum;
        std::map<std::string, std::int64_t> by_grade;
    };
    std::map<std::string, Line> by_month;
    Line all;
    for (const auto& figures : cohort.cases()) {
        if (!cohort.holds(figures.filed_at)) continue;
        for (Line* line : {&by_month[cohort.month(figures.filed_at)], &all}) {
            line->sum.add(figures);
            line->by_grade[figures.grade] += figures.workers;
        }
    }
    Table table{"workers", {{"month", Kind::month}, {"cases"}, {"workers"}}, {}, {}};
    for (const auto grade : grades) table.columns.push_back({std::string(grade)});
    const auto row = [&](std::string month, Line& line) {
        Row out{std::move(month), line.sum.cases, line.sum.workers};
        for (const auto grade : grades) out.emplace_back(line.by_grade[std::string(grade)]);
        return out;
    };
    for (const auto& month : cohort.months()) table.rows.push_back(row(month, by_month[month]));
    table.total = row({}, all);
    return table;
}

}  // namespace jinqiao::engine::reports
