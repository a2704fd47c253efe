#include "adapters/cli/replay/year.h"

#include <algorithm>
#include <array>

#include "adapters/cli/replay/draw.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// Roughly as often as among the disputes that were handled in zones: pay first, then what comes of
// moving and closing.
struct Kind {
    const char* cause;
    const char* demand;
    int weight;
};
constexpr std::array<Kind, 6> kinds{{{"wage_arrears", "pay_arrears", 40},
                                     {"layoff", "compensation", 18},
                                     {"relocation", "transfer_terms", 14},
                                     {"closure", "compensation", 10},
                                     {"overtime_leave", "pay_arrears", 10},
                                     {"contract_change", "transfer_terms", 8}}};
constexpr std::array<const char*, 5> behaviours{"talk", "collective_letter", "gathering_inside",
                                                "stoppage", "gate_block"};
// Most disputes are of a few, the largest of some hundreds.
constexpr std::int64_t fewest = 2, most = 600;

const Kind& kind(Draw& draw) {
    auto at = draw.between(0, 99);
    for (const Kind& each : kinds)
        if ((at -= each.weight) < 0) return each;
    return kinds.front();
}

MappedRow made_up(int number, engine::time::Instant filed, std::uint64_t seed,
                  const engine::time::Calendar& calendar) {
    MappedRow row;
    row.source_id = "year-" + std::to_string(number);
    row.source = "made up";
    Draw draw(seed, row.source_id);
    const auto workers = draw_workers(fewest, most, draw.share());
    const Kind& of = kind(draw);
    row.filed_at = filed;
    row.course.started = filed - minutes{draw.between(10, 240)};
    row.course.calm_at = filed + minutes{draw.between(60, 3 * 24 * 60)};
    row.course.negotiated = draw.chance(0.3);
    row.course.mediated = draw.chance(0.6);
    row.course.arbitration = draw.chance(0.1);
    const auto offset = calendar.utc_offset();
    // What is bolder is rarer, and takes numbers.
    const auto boldest = workers < 10 ? 1 : static_cast<std::int64_t>(behaviours.size()) - 1;
    const auto bold = std::min(draw.between(0, boldest), draw.between(0, boldest));
    row.alert["event"] = {
        {"cause", of.cause},
        {"demands", boost::json::array{of.demand}},
        {"behaviours", boost::json::array{behaviours[static_cast<std::size_t>(bold)]}},
        {"place", "示例开发区"},
        {"workers_involved", workers},
        {"started_at", engine::time::to_rfc3339(row.course.started, offset)},
        {"noticed_at", engine::time::to_rfc3339(filed - minutes{5}, offset)}};
    row.alert["enterprise"] = {{"name", "示例企业" + std::to_string(number)},
                               {"address", "示例开发区"},
                               {"staff", workers * draw.between(1, 12)}};
    row.alert["filing"] = "identified";
    return row;
}

}  // namespace

std::vector<MappedRow> made_up_year(int year, int cases, std::uint64_t seed,
                                    const engine::time::Calendar& calendar) {
    using std::chrono::January;
    const auto date = [](int of) {
        return engine::time::Date{
            std::chrono::sys_days{std::chrono::year{of} / January / 1}.time_since_epoch()};
    };
    const auto first = calendar.start_of(date(year));
    const auto length =
        std::chrono::duration_cast<minutes>(calendar.start_of(date(year + 1)) - first);
    Draw draw(seed, "year");
    std::vector<engine::time::Instant> filed;
    for (int i = 0; i < cases; ++i)
        filed.push_back(first + minutes{draw.between(0, length.count() - 1)});
    std::sort(filed.begin(), filed.end());
    std::vector<MappedRow> out;
    for (int i = 0; i < cases; ++i)
        out.push_back(made_up(i + 1, filed[static_cast<std::size_t>(i)], seed, calendar));
    return out;
}

}  // namespace jinqiao::adapters::cli::replay
