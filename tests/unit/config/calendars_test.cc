// Compares the shipped calendars with two independent lists, day by day.

#include <cstdlib>

#include "config/files.h"
#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

using engine::time::Date;

namespace {

fs::path shared_data() {
    if (const char* shared = std::getenv("JINQIAO_SHARED")) return fs::path(shared) / "data";
    return source_dir / "../shared/data";
}

std::shared_ptr<const engine::time::Calendar> shipped() {
    config::Faults faults;
    auto calendar = config::load_calendars(source_dir / "config/calendars", {}, some_day, faults);
    for (const auto& fault : faults)
        ADD_FAILURE() << fault.file << ":" << fault.line << " " << fault.path;
    return calendar;
}

// date,name,kind with kind off or work.
std::map<Date, bool> read_csv(const fs::path& file) {
    std::map<Date, bool> worked;
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    while (std::getline(stream, line)) {
        const auto date = engine::time::parse_date(line.substr(0, 10));
        EXPECT_TRUE(date) << line;
        if (date) worked[*date] = line.ends_with(",work");
    }
    return worked;
}

class AgainstList : public testing::TestWithParam<const char*> {};

TEST_P(AgainstList, EveryDayFrom2007To2026Agrees) {
    const fs::path file = shared_data() / GetParam();
    if (!fs::exists(file))
        GTEST_SKIP() << "NOT COMPARED: " << file << " is not there. Set JINQIAO_SHARED.";
    const auto listed = read_csv(file);
    ASSERT_GT(listed.size(), 600u);
    const auto calendar = shipped();
    int days = 0;
    for (Date day = *engine::time::parse_date("2007-01-01");
         day <= *engine::time::parse_date("2026-12-31"); day += std::chrono::days{1}, ++days) {
        const auto found = listed.find(day);
        const bool worked = found == listed.end() ? !engine::time::is_weekend(day) : found->second;
        EXPECT_EQ(calendar->is_working(day), worked) << engine::time::to_string(day);
        EXPECT_TRUE(calendar->covers(day));
    }
    EXPECT_EQ(days, 7305);
}

INSTANTIATE_TEST_SUITE_P(Calendars, AgainstList,
                         testing::Values("holidays-cn.csv", "holidays-cn-second.csv"),
                         [](const auto& list) {
                             return std::string(list.index == 0 ? "First" : "Second");
                         });

}  // namespace

TEST(Calendars, DecemberOfTheYearBeforeBelongsToTheNotice) {
    const auto calendar = shipped();
    // Worked for New Year 2008, listed in the file of 2008.
    EXPECT_TRUE(calendar->is_working(*engine::time::parse_date("2007-12-29")));
}

TEST(Calendars, VersionFollowsTheDaysAndTheHoursOnly) {
    config::Faults faults;
    config::Service service;
    const fs::path folder = source_dir / "config/calendars";
    const auto one = config::load_calendars(folder, service, some_day, faults);
    const auto again = config::load_calendars(folder, service, some_day, faults);
    EXPECT_EQ(one->version(), again->version());
    service.working_hours.pop_back();
    EXPECT_NE(config::load_calendars(folder, service, some_day, faults)->version(), one->version());
}

}  // namespace jinqiao::tests
