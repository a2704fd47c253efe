// Deadlines of ours end before those of the law that they serve, whatever day they begin on (I30).
#include "engine/kernel/proof/parts.h"

namespace jinqiao::engine::kernel::proof {

using model::GradeLevel;
using policy::ClockRule;
using time::Instant;

namespace {

struct Pair {
    const ClockRule& ours;
    const ClockRule& law;
};

struct Late {
    time::Date day;
    GradeLevel grade = GradeLevel::blue;
};

// Budgets in hours end latest where they begin last, and the law counts days.
constexpr std::chrono::minutes last_minute{24 * 60 - 1};

std::optional<Instant> due_of(const ClockRule& rule, GradeLevel grade, Instant from,
                              const time::Calendar& calendar) {
    const auto& budget = rule.budget[static_cast<std::size_t>(grade)];
    if (!budget) return {};
    return time::due(calendar, {*budget, {}, rule.backward, rule.roll}, from).at;
}

std::optional<Late> first_late(const Question& question, const Pair& pair) {
    const auto& calendar = *question.world.calendar;
    const auto end = calendar.local_date(question.until);
    for (auto day = calendar.local_date(question.from); day < end; day += std::chrono::days{1})
        for (const auto grade :
             {GradeLevel::blue, GradeLevel::yellow, GradeLevel::orange, GradeLevel::red}) {
            const auto from = calendar.at(day, last_minute);
            const auto ours = due_of(pair.ours, grade, from, calendar);
            if (!ours) continue;
            const auto law = due_of(pair.law, grade, from, calendar);
            if (law && *ours >= *law) return Late{day, grade};
        }
    return {};
}

}  // namespace

namespace {

// A case in which the law's clock runs, begun on that day.
std::optional<Shown> shown_on(const Explored& explored, const std::string& law, const Late& late,
                              Instant at) {
    for (const auto& [key, met] : explored.clocks) {
        if (std::get<0>(key) != law || met.shown.grade != late.grade) continue;
        auto shown = met.shown;
        shown.at = at;
        return shown;
    }
    return {};
}

}  // namespace

void prove_deadlines(const Question& question, const Explored& explored, Findings& out) {
    const auto& policy = *question.world.policy;
    const auto& calendar = *question.world.calendar;
    for (const auto& [ours, law] : question.world.workflow->serves()) {
        const auto* mine = policy.clock(ours);
        const auto* legal = policy.clock(law);
        if (mine == nullptr || legal == nullptr) continue;
        const auto late = first_late(question, {*mine, *legal});
        if (!late) continue;
        const auto day = [&](const ClockRule& rule) {
            const auto due =
                due_of(rule, late->grade, calendar.at(late->day, last_minute), calendar);
            return time::to_rfc3339(*due, calendar.utc_offset());
        };
        out.push_back({"deadline.late",
                       {Place::Kind::clock, ours, {}},
                       {"check.proof.serves", {{"clock", law}}},
                       {"check.proof.later",
                        {{"day", time::to_string(late->day)},
                         {"g", std::string(model::name(late->grade))},
                         {"ours", day(*mine)},
                         {"law", day(*legal)}}},
                       shown_on(explored, law, *late,
                                calendar.at(late->day, last_minute - std::chrono::hours{1})),
                       false});
    }
}

}  // namespace jinqiao::engine::kernel::proof
