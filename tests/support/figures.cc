#include "tests/support/figures.h"

#include <algorithm>
#include <array>

namespace jinqiao::tests {

using engine::model::Figures;
using engine::time::Instant;
using std::chrono::minutes;

Instant morning(int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year{2026},
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    return Instant{std::chrono::sys_days{date}};
}

Figures::Step FiguresMaker::step(Instant from) {
    Figures::Step step;
    if (chance(85)) step.due = from + minutes(number(10, 600));
    if (chance(70))
        step.at = from + minutes(number(0, 900));
    else
        step.over = chance(50);
    return step;
}

Figures FiguresMaker::one() {
    static const std::array<std::string, 4> grades{"red", "orange", "yellow", "blue"};
    static const std::array<std::string, 4> causes{"layoff", "wage_arrears", "relocation", ""};
    static const std::array<std::string, 3> departments{"hrss", "justice", "police"};
    Figures figures;
    figures.workflow = "dispute";
    figures.grade = grades[static_cast<std::size_t>(number(0, 3))];
    figures.cause = causes[static_cast<std::size_t>(number(0, 3))];
    figures.exercise = chance(10);
    figures.restricted = chance(10);
    figures.part = chance(10);
    figures.fortune500 = chance(15);
    figures.spread = chance(8);
    figures.workers = number(0, 400);
    figures.filed_at = morning(1, 1) + minutes(number(0, 365 * 24 * 60));
    if (chance(70)) {
        figures.ended_at = figures.filed_at + minutes(number(1, 90 * 24 * 60));
        figures.merged = chance(10);
        figures.settled = !figures.merged && chance(70);
        figures.end = figures.merged ? "merged" : figures.settled ? "settled" : "referred";
    }
    figures.acknowledged = step(figures.filed_at);
    figures.on_site = step(figures.filed_at);
    figures.close = {figures.filed_at + minutes(number(60, 60 * 24 * 60)), figures.ended_at, false};
    for (int i = number(0, 2); i > 0; --i) {
        const auto at = figures.filed_at + minutes(number(0, 5000));
        figures.escalations.push_back({chance(60) ? "supervisor" : "supervisor2", at, {}});
        if (chance(60)) figures.escalations.back().signed_at = at + minutes(number(1, 90));
    }
    for (int i = number(0, 3); i > 0; --i) {
        const auto at = figures.filed_at + minutes(number(0, 60));
        Figures::Told told{departments[static_cast<std::size_t>(number(0, 2))], at, {}, {}};
        if (chance(90)) told.delivered_at = at + minutes(number(0, 5));
        told.sign = step(told.delivered_at.value_or(at));
        figures.told.push_back(told);
    }
    return figures;
}

std::vector<Figures> FiguresMaker::many(std::size_t n) {
    std::vector<Figures> all;
    for (std::size_t i = 0; i < n; ++i) all.push_back(one());
    return all;
}

engine::ports::FiguresRow figures_row(const std::string& id, const Figures& figures) {
    auto last = figures.ended_at;
    for (const auto& each : figures.escalations)
        if (last) last = std::max(*last, each.at);
    for (const auto& each : figures.told)
        if (last) last = std::max(*last, each.at);
    return {engine::model::CaseId(id), figures.filed_at, last, figures.restricted,
            engine::model::encode(figures)};
}

}  // namespace jinqiao::tests
