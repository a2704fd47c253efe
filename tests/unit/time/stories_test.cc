#include <gtest/gtest.h>

#include "engine/time/due.h"
#include "tests/unit/time/calendar_fixture.h"

// Every due instant of the six stories of the reference that is time arithmetic alone.
namespace jinqiao::engine::time::testing {
namespace {

struct Step {
    const char* what;
    const char* from;
    Rule rule;
    Instant expected;
    std::optional<Instant> unrolled = std::nullopt;  // where it differs
    bool provisional = false;
};

Rule extended(const char* first, const char* more) {
    return Rule{.budget = budget(first), .extensions = {budget(more)}};
}

void check(const std::vector<Step>& story) {
    for (const Step& step : story) {
        const Due answer = due(calendar_2026(), step.rule, at(step.from));
        EXPECT_EQ(show(answer.at), show(step.expected)) << step.what << " from " << step.from;
        EXPECT_EQ(show(answer.unrolled), show(step.unrolled.value_or(step.expected))) << step.what;
        EXPECT_EQ(answer.provisional, step.provisional) << step.what;
    }
}

TEST(Stories, LayOffOf120BeforeNationalDayWithCongressElectionAndBargaining) {
    check({
        {"st.ack", "2026-09-30 16:20", rule("20 min"), at("2026-09-30 16:40")},
        {"st.dispatch", "2026-09-30 16:20", rule("30 min"), at("2026-09-30 16:50")},
        {"rep.first", "2026-09-30 16:20", rule("1 h"), at("2026-09-30 17:20")},
        {"st.on_site", "2026-09-30 16:20", rule("2 h"), at("2026-09-30 18:20")},
        {"st.verify", "2026-09-30 16:20", rule("4 h"), at("2026-09-30 20:20")},
        {"rep.follow", "2026-09-30 17:10", rule("4 h"), at("2026-09-30 21:10")},
        {"st.coordinate", "2026-09-30 19:40", rule("8 h"), at("2026-10-01 03:40")},
        {"st.meeting", "2026-09-30 20:30", rule("24 h"), at("2026-10-01 20:30")},
        {"rep.follow", "2026-09-30 21:05", rule("4 h"), at("2026-10-01 01:05")},
        {"lay.explain", "2026-10-31 00:00", backward("30 N"), at("2026-10-01 00:00"),
         end_of("2026-10-01")},
        {"lay.explain, held Oct 9", "2026-11-08 00:00", backward("30 N"), end_of("2026-10-09")},
        {"st.progress", "2026-10-01 10:00", rule("2 W"), end_of("2026-10-09")},
        {"cb.reply, Shanghai", "2026-10-09 10:00", rule("15 N"), end_of("2026-10-26"),
         end_of("2026-10-24")},
        {"cb.reply, national", "2026-10-09 10:00", rule("20 N"), end_of("2026-10-29")},
        {"cb.reps", "2026-10-10 10:00", rule("15 N"), end_of("2026-10-26"), end_of("2026-10-25")},
        {"cg.papers", "2026-10-16 09:00", backward("7 N"), end_of("2026-10-09")},
        {"cg.papers, for Oct 12", "2026-10-12 09:00", backward("7 N"), end_of("2026-09-30"),
         end_of("2026-10-05")},
        {"cg.report", "2026-10-16 16:00", rule("7 W"), end_of("2026-10-27")},
        {"cc.file", "2026-10-30 10:00", rule("10 N"), end_of("2026-11-09")},
        {"cc.effect", "2026-11-02 10:00", rule("15 N"), at("2026-11-18 00:00")},
    });
}

TEST(Stories, ThreeWorkersWagesAcrossLabourDay) {
    check({
        {"st.ack", "2026-04-24 09:30", rule("4 h"), at("2026-04-24 13:30")},
        {"rep.first", "2026-04-24 09:30", rule("24 h"), at("2026-04-25 09:30")},
        {"st.verify", "2026-04-24 09:30", rule("3 W"), end_of("2026-04-29")},
        {"med.accept", "2026-04-24 14:00", rule("3 W"), end_of("2026-04-29")},
        {"med.arb_right", "2026-04-24 14:00", rule("15 N"), end_of("2026-05-09")},
        {"st.meeting", "2026-04-28 10:00", rule("3 W"), end_of("2026-05-06")},
        {"med.end", "2026-04-29 10:00", rule("15 N"), end_of("2026-05-14")},
        {"agr.arb_review", "2026-05-08 10:00", rule("15 N"), end_of("2026-05-25"),
         end_of("2026-05-23")},
        {"agr.judicial_confirm", "2026-05-08 10:00", rule("30 N"), end_of("2026-06-08"),
         end_of("2026-06-07")},
        {"st.route", "2026-05-08 10:00", rule("3 W"), end_of("2026-05-12")},
        {"agr.arb_review_decide", "2026-05-13 10:00", rule("5 W"), end_of("2026-05-20")},
        {"the same, extended", "2026-05-13 10:00", extended("5 W", "5 W"), end_of("2026-05-27")},
        {"st.visit", "2026-05-28 10:00", rule("30 N"), end_of("2026-06-29"), end_of("2026-06-27")},
        {"rep.final", "2026-06-24 10:00", rule("5 W"), end_of("2026-07-01")},
    });
}

TEST(Stories, GateBlockedAtThreeInTheSpringFestival) {
    check({
        {"st.ack", "2026-02-18 03:00", rule("10 min"), at("2026-02-18 03:10")},
        {"st.dispatch", "2026-02-18 03:00", rule("15 min"), at("2026-02-18 03:15")},
        {"rep.first", "2026-02-18 03:00", rule("30 min"), at("2026-02-18 03:30")},
        {"st.on_site", "2026-02-18 03:00", rule("1 h"), at("2026-02-18 04:00")},
        {"st.verify", "2026-02-18 03:00", rule("2 h"), at("2026-02-18 05:00")},
        {"rep.follow", "2026-02-18 03:28", rule("2 h"), at("2026-02-18 05:28")},
        {"st.coordinate", "2026-02-18 04:50", rule("2 h"), at("2026-02-18 06:50")},
        {"rep.follow", "2026-02-18 13:20", rule("2 h"), at("2026-02-18 15:20")},
        {"st.answer", "2026-02-18 14:00", rule("1 h"), at("2026-02-18 15:00")},
        {"rep.follow, orange", "2026-02-18 13:20", rule("4 h"), at("2026-02-18 17:20")},
        {"med.accept", "2026-02-18 16:00", rule("3 W"), end_of("2026-02-26")},
        {"med.arb_right", "2026-02-18 16:00", rule("15 N"), end_of("2026-03-05")},
        {"med.end", "2026-02-26 10:00", rule("15 N"), end_of("2026-03-13")},
    });
}

TEST(Stories, HandOverToADeputyOverAWorkedSunday) {
    check({
        {"st.progress", "2026-09-17 10:00", rule("3 W"), end_of("2026-09-21")},
        {"st.handover", "2026-09-18 16:30", rule("4 wh"), at("2026-09-20 14:00")},
        {"st.handover, second", "2026-09-18 17:10", rule("4 wh"), at("2026-09-20 14:40")},
    });
}

TEST(Stories, MediationExtendedWhileTheRightToArbitrateOpens) {
    check({
        {"med.accept", "2026-09-10 10:00", rule("3 W"), end_of("2026-09-15")},
        {"med.arb_right", "2026-09-10 10:00", rule("15 N"), at("2026-09-29 00:00"),
         at("2026-09-26 00:00")},
        {"med.end", "2026-09-15 10:00", rule("15 N"), end_of("2026-09-30")},
        {"med.end, extended", "2026-09-15 10:00", extended("15 N", "15 N"), end_of("2026-10-15")},
        {"st.end_notice", "2026-10-12 11:00", rule("2 W"), end_of("2026-10-14")},
        {"rep.final", "2026-10-12 11:00", rule("5 W"), end_of("2026-10-19")},
        {"arb.accept", "2026-10-12 11:00", rule("5 W"), end_of("2026-10-19")},
        {"arb.limit", "2026-10-12 11:00", rule("1 y"), end_of("2027-10-12"), std::nullopt, true},
    });
}

TEST(Stories, BreachAfterConfirmation) {
    check({
        {"agr.arb_review", "2026-06-05 16:00", rule("15 N"), end_of("2026-06-22"),
         end_of("2026-06-20")},
        {"agr.judicial_confirm", "2026-06-05 16:00", rule("30 N"), end_of("2026-07-06"),
         end_of("2026-07-05")},
        {"st.route", "2026-06-05 16:00", rule("3 W"), end_of("2026-06-10")},
        {"agr.court_decide, to accept", "2026-06-29 10:00", rule("3 N"), end_of("2026-07-02")},
        {"agr.court_decide", "2026-07-01 10:00", rule("15 N"), end_of("2026-07-16")},
        {"the same, extended", "2026-07-01 10:00", extended("15 N", "10 N"), end_of("2026-07-27"),
         end_of("2026-07-26")},
        {"CPL 187", "2026-07-01 10:00", rule("30 N"), end_of("2026-07-31")},
        {"st.next, August", "2026-09-01 00:00", rule("2 W"), end_of("2026-09-03")},
        {"st.next, September", "2026-10-01 00:00", rule("2 W"), end_of("2026-10-09")},
        {"rep.final", "2026-10-09 10:00", rule("5 W"), end_of("2026-10-15")},
        {"enforce", "2026-09-30 10:00", rule("2 y"), end_of("2028-09-30"), std::nullopt, true},
    });
}

// The invariant the machine relies on: a stage clock warns before the legal one it guards is over.
TEST(Stories, OnEveryDayOf2026ThreeWorkingDaysEndBeforeFifteenNaturalOnes) {
    for (Date date = day("2026-01-01"); date <= day("2026-12-31"); date += std::chrono::days{1}) {
        const Instant from = calendar_2026().start_of(date);
        EXPECT_LT(due(calendar_2026(), rule("3 W"), from).at,
                  due(calendar_2026(), rule("15 N"), from).at)
            << to_string(date);
    }
}

}  // namespace
}  // namespace jinqiao::engine::time::testing
