#include "engine/reports/reports.h"
#include "tests/contract/store_contract.h"
#include "tests/support/figures.h"

// What reports count of cases.
namespace jinqiao::tests::contract {

namespace reports = engine::reports;

using model::Figures;

namespace {

std::vector<std::string> names(const std::vector<ports::FiguresRow>& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.kase.value);
    return out;
}

ports::FiguresRow row(const std::string& id, std::int64_t filed, std::optional<std::int64_t> last,
                      const std::string& body = "{}") {
    ports::FiguresRow out{model::CaseId(id), at(filed), {}, false, body};
    if (last) out.last_at = at(*last);
    return out;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_P(StoreContract, FiguresAreThoseOfCasesWithAnythingToCountInThePeriod) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_figures(row("open", 0, {})));
        EXPECT_DONE(batch.put_figures(row("before", 0, 9)));
        EXPECT_DONE(batch.put_figures(row("at_its_beginning", 0, 10)));
        EXPECT_DONE(batch.put_figures(row("within", 12, 14)));
        EXPECT_DONE(batch.put_figures(row("at_its_end", 20, {})));
    });
    auto looking = reader();
    EXPECT_EQ(names(looking->figures(at(10), at(20)).value()),
              (Names{"at_its_beginning", "open", "within"}));
    EXPECT_TRUE(looking->figures(at(-9), at(0)).value().empty());
    EXPECT_EQ(names(looking->figures(at(20), at(21)).value()), (Names{"at_its_end", "open"}));
}

TEST_P(StoreContract, FiguresOfACaseAreReplacedWhateverChangedOfThem) {
    auto figures = row("a", 0, {}, R"({"grade":"blue"})");
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_figures(figures)); });
    figures.body = R"({"grade":"red"})";
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_figures(figures)); });
    EXPECT_EQ(reader()->figures(at(0), at(1)).value(), std::vector{figures});
    figures.last_at = at(5);
    figures.restricted = true;
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_figures(figures)); });
    EXPECT_EQ(reader()->figures(at(0), at(1)).value(), std::vector{figures});
    EXPECT_EQ(reader()->restricted_figures().value(), std::vector{figures});
    figures.last_at.reset();  // reopened, and open to all again
    figures.restricted = false;
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_figures(figures)); });
    EXPECT_EQ(reader()->figures(at(9), at(10)).value(), std::vector{figures});
    EXPECT_TRUE(reader()->restricted_figures().value().empty());
}

TEST_P(StoreContract, FiguresThatWereNotCommittedAreGone) {
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_figures(row("a", 0, {}, "1"))); });
    auto batch = begin();
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_figures(row("a", 0, {}, "2")));
    EXPECT_DONE(batch->put_figures(row("b", 0, {})));
    EXPECT_EQ(batch->figures(at(0), at(1)).value().size(), 2U);
    EXPECT_DONE(batch->rollback_to_savepoint());
    EXPECT_EQ(batch->figures(at(0), at(1)).value().size(), 1U);
    EXPECT_DONE(batch->put_figures(row("c", 0, {})));
    restart(std::move(batch));
    const auto left = reader()->figures(at(0), at(1)).value();
    ASSERT_EQ(names(left), Names{"a"});
    EXPECT_EQ(left.front().body, "1");
}

// Random cases, random periods: what the store hands out and what comes of it are what one counts
// by going through all of them one by one.
TEST_P(StoreContract, ReportsSayWhatCountingOneByOneSays) {
    FiguresMaker maker(20260101);
    const auto cases = maker.many(600);
    committed([&](ports::Batch& batch) {
        for (std::size_t i = 0; i < cases.size(); ++i)
            EXPECT_DONE(batch.put_figures(figures_row("c" + std::to_string(i), cases[i])));
    });
    const time::Calendar calendar;
    auto looking = reader();
    for (int round = 0; round < 20; ++round) {
        const auto from =
            calendar.local_date(morning(1, 1)) + std::chrono::days(maker.number(0, 300));
        const reports::Period period{from, from + std::chrono::days(maker.number(1, 120))};
        const auto begin = calendar.start_of(period.from), end = calendar.start_of(period.until);
        std::vector<Figures> all;
        const auto in_period = looking->figures(begin, end);
        for (const auto& each : in_period.value())
            all.push_back(model::decode_figures(each.body).value());
        // 1000: no sum takes in what restricted cases were, only how many in whole months.
        const reports::Cohort cohort(calendar, period, end, all, {}, 1000);
        std::int64_t disputes = 0, workers = 0, closed = 0, inside = 0, open = 0, layoffs = 0,
                     escalations = 0, told = 0;
        for (const auto& each : cases) {
            if (each.exercise || each.merged || each.restricted) continue;
            const bool filed = begin <= each.filed_at && each.filed_at < end;
            const bool ended = each.ended_at && begin <= *each.ended_at && *each.ended_at < end;
            disputes += filed && !each.part ? 1 : 0;
            workers += filed ? each.workers : 0;
            layoffs += filed && !each.part && each.cause == "layoff" ? 1 : 0;
            closed += ended && !each.part ? 1 : 0;
            inside += ended && !each.part && !each.spread ? 1 : 0;
            open += each.filed_at < end && !each.part && (!each.ended_at || *each.ended_at >= end);
            for (const auto& one : each.escalations)
                escalations += begin <= one.at && one.at < end ? 1 : 0;
            for (const auto& one : each.told) told += begin <= one.at && one.at < end ? 1 : 0;
        }
        using reports::Cell;
        const auto headline = reports::headline(cohort, {}).rows.front();
        EXPECT_EQ(headline[0], Cell(disputes));
        EXPECT_EQ(headline[2], Cell(workers));
        EXPECT_EQ(headline[4], Cell(closed));
        const auto contained = reports::containment(cohort, {}).total.value();
        EXPECT_EQ(contained[1], Cell(closed));
        EXPECT_EQ(contained[2], Cell(inside));
        EXPECT_EQ(reports::open(cohort, {}).total.value()[1], Cell(open));
        EXPECT_EQ(reports::escalations(cohort, {}).total.value()[2], Cell(escalations));
        EXPECT_EQ(reports::sign_for(cohort, {}).total.value()[1], Cell(told));
        EXPECT_EQ(reports::workers(cohort, {}).total.value()[2], Cell(workers));
        const auto causes = reports::causes(cohort, {});
        std::int64_t found = 0;
        for (const auto& line : causes.rows)
            if (line.front() == Cell(std::string("layoff")))
                found = std::get<std::int64_t>(line[line.size() - 2]);
        EXPECT_EQ(found, layoffs);
    }
}

}  // namespace jinqiao::tests::contract
