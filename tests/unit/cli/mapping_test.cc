#include "adapters/cli/replay/mapping.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <sstream>

#include "adapters/cli/json_view.h"
#include "adapters/cli/replay/intent.h"
#include "adapters/cli/replay/words.h"

namespace jinqiao::adapters::cli::replay {
namespace {

constexpr const char* header =
    "source_id,date_start,date_end,employer,employer_type,industry,city,region,workers_involved,"
    "workers_min,workers_max,action_type,demands,outcome,text,source\n";

using Mapped = std::variant<MappedRow, UnmappedRow>;

Mapped map_line(const std::string& line, std::uint64_t seed = 1) {
    std::istringstream in(header + line + "\n");
    const auto table = CsvTable::read(in);
    if (!table) {
        ADD_FAILURE() << table.error().what;
        return UnmappedRow{"broken"};
    }
    return map_row(*table, 0, seed, engine::time::Calendar());
}

MappedRow row(const std::string& line, std::uint64_t seed = 1) {
    auto mapped = map_line(line, seed);
    if (const auto* not_mapped = std::get_if<UnmappedRow>(&mapped)) {
        ADD_FAILURE() << not_mapped->reason;
        return {};
    }
    return std::get<MappedRow>(mapped);
}

std::string text(const MappedRow& mapped, std::string_view path) {
    return text_at(boost::json::value(mapped.alert), path);
}

std::string words(const MappedRow& mapped, std::string_view path) {
    std::string result;
    const boost::json::value alert(mapped.alert);
    for (const auto& item : list_at(alert, path))
        result += (result.empty() ? "" : " ") + std::string(item.as_string());
    return result;
}

const std::string clb =
    "CLB-1,2015-06-01,,永诚铸业,Foreign-Owned Enterprise,Manufacturing,,Hebei,,100,1000,"
    "Strike; Block road,Wage Arrears; Social Security,Police; Beaten,boss flees,CLB";

TEST(Mapping, ReadsARowOfTheChineseMap) {
    const MappedRow mapped = row(clb);
    EXPECT_EQ(text(mapped, "enterprise.name"), "永诚铸业");
    EXPECT_EQ(text(mapped, "enterprise.ownership"), "foreign");
    EXPECT_EQ(text(mapped, "event.place"), "Hebei");
    EXPECT_EQ(text(mapped, "event.cause"), "wage_arrears");
    EXPECT_EQ(words(mapped, "event.demands"), "pay_arrears insurance_backpay");
    EXPECT_EQ(words(mapped, "event.behaviours"), "stoppage road_block violence");
    EXPECT_EQ(text(mapped, "event.owner_unreachable"), "true");
    EXPECT_EQ(text(mapped, "event.injured"), "1");
    EXPECT_TRUE(mapped.course.police);
    const auto workers = std::stoll(text(mapped, "event.workers_involved"));
    EXPECT_GE(workers, 100);
    EXPECT_LT(workers, 1000);
}

TEST(Mapping, ReadsAStoppageOfTheMediationService) {
    const MappedRow mapped =
        row("FMCS-1,2005-06-18,2005-06-23,Mammoth Inc,,Manufacturing,Chaska,MN,170,,,work "
            "stoppage,,,,FMCS");
    EXPECT_EQ(text(mapped, "event.cause"), "contract_change");
    EXPECT_EQ(words(mapped, "event.behaviours"), "stoppage");
    EXPECT_EQ(text(mapped, "event.workers_involved"), "170");
    EXPECT_EQ(text(mapped, "event.place"), "Chaska, MN");
    ASSERT_TRUE(mapped.course.calm_at.has_value());
    EXPECT_EQ(engine::time::to_rfc3339(*mapped.course.calm_at, std::chrono::minutes{480}),
              "2005-06-23T18:00:00+08:00");
}

TEST(Mapping, KeepsUnknownSizesUnknown) {
    const MappedRow mapped =
        row("LAT-1,2023-04-27,,Shop,,,Pittsburgh,PA,,,,strike,First contract,,,LAT");
    EXPECT_FALSE(at(boost::json::value(mapped.alert), "event.workers_involved"));
    EXPECT_EQ(text(mapped, "event.cause"), "contract_change");
}

TEST(Mapping, SaysWhyARowMakesNoAlert) {
    const auto reason = [](const std::string& line) {
        const auto mapped = map_line(line);
        const auto* not_mapped = std::get_if<UnmappedRow>(&mapped);
        return not_mapped != nullptr ? not_mapped->reason : std::string("mapped");
    };
    EXPECT_EQ(reason("X,2015-01-01,,A,,,,,5,,,strike,,,,WHO"), "unknown_source");
    EXPECT_EQ(reason("X,,,A,,,,,5,,,strike,,,,LAT"), "no_date");
    EXPECT_EQ(reason("X,1975-01-01,,A,,,,,5,,,strike,,,,LAT"), "date_out_of_range");
    EXPECT_EQ(reason("X,2015-01-01,,,,,,,5,,,strike,,,,LAT"), "no_place");
}

TEST(Mapping, AnEndBeforeTheStartSaysNothing) {
    EXPECT_FALSE(row("F,2005-06-18,2004-01-01,A,,,B,MN,5,,,work stoppage,,,,FMCS").course.calm_at);
}

TEST(Mapping, TheSameSeedDrawsTheSameAndAnotherDoesNot) {
    EXPECT_EQ(row(clb, 1).alert, row(clb, 1).alert);
    EXPECT_NE(row(clb, 1).alert, row(clb, 2).alert);
}

TEST(Mapping, DrawsWorkersWithinTheirBracket) {
    for (const double share : {0.0, 0.3, 0.5, 0.9, 0.999999}) {
        EXPECT_GE(draw_workers(1, 100, share), 1);
        EXPECT_LT(draw_workers(1, 100, share), 100);
        EXPECT_GE(draw_workers(10'000, std::nullopt, share), 10'000);
        EXPECT_LT(draw_workers(10'000, std::nullopt, share), 20'000);
    }
    EXPECT_EQ(draw_workers(1, 100, 0.5), 10);  // logarithmically even
}

TEST(Words, SplitsJoinedValues) {
    EXPECT_EQ(parts("Strike; Sit-in,; ;  Block road "),
              (std::vector<std::string>{"Strike", "Sit-in", "Block road"}));
    EXPECT_TRUE(parts("").empty());
}

TEST(Words, KnowsTheSourcesSpellings) {
    EXPECT_EQ(behaviour("threaten to jump from crane"), "self_harm_threat");
    EXPECT_EQ(behaviour("surround ride app driver"), "detention_of_person");
    EXPECT_EQ(behaviour("Transport Strike"), "stoppage");
    EXPECT_EQ(behaviour("集体爬上30多米高的塔吊讨说法"), "self_harm_threat");
    EXPECT_EQ(behaviour("found a lawyer"), "talk");
    EXPECT_EQ(clb_matter("OT").cause, "overtime_leave");
    EXPECT_EQ(lat_matter("Reinstate fired union activist").cause, "management_conduct");
    EXPECT_EQ(ownership("Unknown"), "");
}

TEST(Intent, FollowsTheSourceWhereItSpeaks) {
    MappedRow mapped = row(clb);
    mapped.course.arbitration = true;
    EXPECT_EQ(draw_intent(mapped, 1).way, Intent::Way::arbitration);
    EXPECT_GE(draw_intent(mapped, 1).calm_at, mapped.filed_at);
}

TEST(Intent, TheFallbackDeskIsAlwaysThere) {
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        Intent intent;
        intent.seed = seed;
        EXPECT_EQ(mood_of(intent, "fallback_desk", true, engine::time::from_ms(0)), Mood::early);
    }
}

TEST(Intent, NobodyStaysAwayForGood) {
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        Intent intent;
        intent.seed = seed;
        bool came = false;
        for (int week = 0; week < 10; ++week)
            came =
                came || mood_of(intent, "supervisor", false,
                                engine::time::from_ms(0) + std::chrono::weeks{week}) != Mood::never;
        EXPECT_TRUE(came) << seed;
    }
}

}  // namespace
}  // namespace jinqiao::adapters::cli::replay
