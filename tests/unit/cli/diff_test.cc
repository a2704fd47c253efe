// What another configuration would change about open cases, from copies of the shipped one.
#include "adapters/cli/diff/takeover.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "adapters/cli/diff/diff_view.h"
#include "adapters/cli/preview_people.h"
#include "adapters/cli/replay/csv.h"
#include "adapters/cli/replay/simulation.h"
#include "adapters/store/memory/memory_store.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::adapters::cli::diff {
namespace {

using std::chrono::days;
using Configured = cli::Setup;  // a fixture has a member of that name

constexpr const char* rows =
    "source_id,date_start,date_end,employer,employer_type,industry,city,region,workers_involved,"
    "workers_min,workers_max,action_type,demands,outcome,text,source\n"
    "CLB-1,2015-03-02,2015-03-03,一厂,Private,Manufacturing,Tianjin,Tianjin,,101,1000,Sit-in,"
    "Wage Arrears,,,CLB\n"
    "CLB-2,2015-03-02,2015-03-04,二厂,Private,Construction,Tianjin,Tianjin,,1,100,Protest,"
    "Wage Arrears;Social Security,,,CLB\n";

class Takeovers : public ::testing::Test {
  protected:
    Takeovers() : shipped_(std::filesystem::path(JINQIAO_SOURCE_DIR) / "config") {
        before_ = load(shipped_);
    }

    Configured load(const std::filesystem::path& folder) {
        std::ostringstream faults;
        auto setup = load_setup({speech_, faults, faults}, folder, SystemClock().now());
        if (!setup) throw std::runtime_error(faults.str());
        return std::move(*setup);
    }

    // A copy of the shipped configuration in which one text stands for another, once.
    Configured changed(const char* file, const std::string& from, const std::string& to) {
        const auto folder = scratch_.path() / "new";
        std::filesystem::remove_all(folder);
        std::filesystem::copy(shipped_, folder, std::filesystem::copy_options::recursive);
        std::ifstream in(folder / file);
        std::stringstream text;
        text << in.rdbuf();
        std::string all = text.str();
        const auto place = all.find(from);
        EXPECT_NE(place, std::string::npos) << from;
        all.replace(place, from.size(), to);
        std::ofstream(folder / file) << all;
        return load(folder);
    }

    // Two cases that nobody has touched since they were filed.
    void fill(days ago = days{2}) {
        std::istringstream in(rows);
        const auto table = replay::CsvTable::read(in);
        std::vector<replay::MappedRow> mapped;
        for (std::size_t i = 0; i < table->size(); ++i)
            mapped.push_back(std::get<replay::MappedRow>(
                replay::map_row(*table, i, 1, *before_.configuration.calendar)));
        const auto report =
            replay::Simulation(before_, store_, 1, {replay::Conduct::Kind::idle, {}, ago})
                .run(std::move(mapped), [](std::uint64_t, std::uint64_t) {});
        ASSERT_TRUE(report.ok());
        ASSERT_EQ(report->open, 2U);
    }

    engine::time::Instant last_filed() {
        engine::time::Instant last;
        EXPECT_TRUE((*store_.reader())
                        ->each_case(true,
                                    [&](const engine::ports::CaseRow& row) {
                                        last = std::max(last, row.filed_at);
                                        return true;
                                    })
                        .ok());
        return last;
    }

    Takeover compare(const Configured& after, std::optional<engine::time::Instant> at = {}) {
        const Staffed people{replay::staff(before_.configuration.organisation),
                             replay::staff(after.configuration.organisation)};
        auto reader = store_.reader();
        Takeover out;
        const auto from = at.value_or(*engine::time::parse_rfc3339("2015-03-05T12:00:00+08:00"));
        EXPECT_TRUE(compare_cases(
                        before_, after, people, **reader, {from, from + days{20}},
                        [](std::uint64_t) { return true; }, out)
                        .ok());
        return out;
    }

    static bool has(const std::vector<Change>& changes, const std::string& clock,
                    const std::string& rung, Change::Time time) {
        return std::any_of(changes.begin(), changes.end(), [&](const Change& change) {
            return change.clock == clock && change.rung == rung && change.time == time;
        });
    }

    const Speech speech_{engine::model::Language::en};
    std::filesystem::path shipped_;
    tests::support::ScratchDir scratch_;
    Configured before_;
    store::memory::MemoryStore store_;
};

TEST_F(Takeovers, TheSameConfigurationChangesNothing) {
    fill();
    const auto takeover = compare(load(shipped_));
    EXPECT_EQ(takeover.cases, 2U);
    EXPECT_TRUE(takeover.same());
}

TEST_F(Takeovers, ACalendarDayChangesAtOnceAndAllCasesTogether) {
    fill();
    const auto takeover = compare(changed(
        "calendars/2015.yaml", "off:", "off:\n  - {from: 2015-03-10, to: 2015-03-10, name: x}"));
    EXPECT_TRUE(has(takeover.at_once, "st.close", "", Change::Time::later));
    EXPECT_EQ(takeover.changed_at_once, 2U);
    EXPECT_EQ(takeover.changed_on_migration, 0U);
}

TEST_F(Takeovers, AStretchedRungChangesOnlyWhatIsMigrated) {
    fill();
    const auto takeover = compare(changed("ladders.yaml", "every: 24 h", "every: 36 h"));
    EXPECT_TRUE(takeover.at_once.empty());
    EXPECT_GT(takeover.changed_on_migration, 0U);
    EXPECT_TRUE(
        std::all_of(takeover.on_migration.begin(), takeover.on_migration.end(),
                    [](const Change& change) { return change.kind == Difference::Kind::told; }));
}

TEST_F(Takeovers, AnotherDeputyIsOfferedTheCaseAtOnce) {
    fill(days{0});
    const auto takeover =
        compare(changed("organisation.yaml", "deputies: [liaison]\n    roles: [duty_officer]",
                        "deputies: [lead_mediator]\n    roles: [duty_officer]"),
                last_filed());
    EXPECT_TRUE(takeover.on_migration.empty());
    EXPECT_TRUE(
        std::any_of(takeover.at_once.begin(), takeover.at_once.end(), [](const Change& change) {
            return change.event == "handover_offered" && change.before == "post:liaison replay" &&
                   change.after == "post:lead_mediator replay";
        }));
}

TEST_F(Takeovers, WordsNameTheCasesAndTheMoments) {
    fill();
    const auto after = changed("calendars/2015.yaml",
                               "off:", "off:\n  - {from: 2015-03-10, to: 2015-03-10, name: x}");
    const auto takeover = compare(after);
    std::ostringstream out;
    show({speech_, out, out}, after, takeover, {});
    EXPECT_NE(out.str().find("JQ-2015-000001"), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("2: "), std::string::npos) << "equal changes are told once";
    EXPECT_EQ(out.str().find("cli."), std::string::npos) << "a text is missing";
    const auto json = as_json(takeover, {});
    EXPECT_EQ(json.at("changed_at_once"), 2);
    EXPECT_EQ(json.at("same"), false);
}

TEST_F(Takeovers, SituationsShowWhatNewCasesWouldSee) {
    const auto after =
        changed("routing.yaml", "{department: park, from: yellow", "{department: park, from: red");
    engine::kernel::Situation situation;
    situation.alert = {{"enterprise", {{"name", "x"}, {"staff", 320}}},
                       {"event",
                        {{"cause", "wage_arrears"},
                         {"workers_involved", 20},
                         {"noticed_at", "2026-04-24T09:30:00+08:00"}}}};
    situation.at = *engine::time::parse_rfc3339("2026-04-24T09:30:00+08:00");
    situation.horizon = days{1};
    const Staffed people{replay::staff(before_.configuration.organisation),
                         replay::staff(after.configuration.organisation)};
    situation.filer = replay::Actors(people.before).reporter();
    Takeover takeover;
    compare_situations(before_, after, people, {{"twenty", situation}}, takeover);
    EXPECT_EQ(takeover.changed_situations, 1U);
    EXPECT_TRUE(
        std::any_of(takeover.new_cases.begin(), takeover.new_cases.end(), [](const Change& change) {
            return change.event == "alert" && change.after.empty() &&
                   change.before.starts_with("department:park");
        }));
}

}  // namespace
}  // namespace jinqiao::adapters::cli::diff
