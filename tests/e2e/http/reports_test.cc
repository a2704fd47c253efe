// Figures of the zone, through the API, on the configuration as shipped.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/e2e/http/park.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

constexpr auto september = "from=2026-09-01&to=2026-10-01";

class HttpReports : public testing::Test {
  protected:
    Daemon daemon{park()};

    std::string file(json::object more = {}, json::object event = {}, bool fortune500 = false) {
        auto alert = park_alert();
        for (auto& [key, value] : more) alert[key] = value;
        for (auto& [key, value] : event) alert["event"].as_object()[key] = value;
        alert["enterprise"].as_object()["fortune500"] = fortune500;
        const auto reply =
            daemon.as("enterprise_union").post("/api/v1/alerts", json::serialize(alert));
        EXPECT_EQ(reply.status, 201) << reply.body;
        return reply.status == 201 ? text(reply.json(), "id") : "none";
    }
    json::object read(const std::string& name, const std::string& query = september,
                      const std::string& who = "supervisor") {
        const auto reply = daemon.as(who, "en").get("/api/v1/reports/" + name + "?" + query);
        EXPECT_EQ(reply.status, 200) << reply.body;
        return reply.json().as_object();
    }
    std::int64_t disputes(const std::string& query) {
        return read("headline", query).at("rows").at(0).at("disputes").as_int64();
    }
};

TEST_F(HttpReports, TheHeadlineIsWhatWasFiled) {
    file({}, {{"workers_involved", 120}}, true);
    file({}, {{"workers_involved", 33}, {"cause", "wage_arrears"}});
    file({{"exercise", true}}, {{"workers_involved", 999}});
    const auto report = read("headline");
    const auto& row = report.at("rows").at(0);
    EXPECT_EQ(row.at("disputes"), 2);
    EXPECT_EQ(row.at("fortune500"), 1);
    EXPECT_EQ(row.at("workers"), 153);
    EXPECT_EQ(row.at("outside"), 0);
    EXPECT_TRUE(row.at("contained_percent").is_null()) << "nothing has ended";
    EXPECT_EQ(report.at("exercises"), 1);
    EXPECT_EQ(report.at("from"), "2026-09-01");
    EXPECT_EQ(report.at("to"), "2026-10-01");
    EXPECT_EQ(report.at("title"), "Headline");
}

TEST_F(HttpReports, APeriodIsDaysOfTheZoneAndItsEndIsNotInIt) {
    file();  // on 2026-09-30 at 16:20
    EXPECT_EQ(disputes("from=2026-09-30&to=2026-10-01"), 1);
    EXPECT_EQ(disputes("from=2026-09-29&to=2026-09-30"), 0);
    EXPECT_EQ(disputes("from=2026-10-01&to=2026-10-02"), 0);
    EXPECT_EQ(disputes(""), 1) << "this month, where nobody says which";
    daemon.clock.turn(std::chrono::hours{8});
    file();  // 2026-10-01 00:20 there, still September in Greenwich
    EXPECT_EQ(disputes(september), 1);
    EXPECT_EQ(disputes("from=2026-10-01&to=2026-10-02"), 1);
    EXPECT_EQ(disputes(""), 1) << "October by now";
}

TEST_F(HttpReports, WhoTookACaseHowFastIsSaidBesideTheLimit) {
    const auto id = file();
    daemon.clock.turn(std::chrono::minutes{12});
    ASSERT_EQ(
        daemon.as("duty_officer").post("/api/v1/cases/" + id + "/actions/acknowledge", "{}").status,
        200);
    bool found = false;
    const auto report = read("reaction");
    for (const auto& row : report.at("rows").as_array()) {
        if (row.at("measure") != "acknowledged" || row.at("grade") != "orange") continue;
        found = true;
        EXPECT_EQ(row.at("cases"), 1);
        EXPECT_EQ(row.at("p50"), 12.0);
        EXPECT_EQ(row.at("target"), "20 min");
        EXPECT_EQ(row.at("in_time_percent"), 100.0);
        EXPECT_EQ(row.at("measure_label"), "taken");
        EXPECT_EQ(row.at("grade_label"), "orange (II)");
    }
    EXPECT_TRUE(found);
}

TEST_F(HttpReports, CausesAreWordedForTheReader) {
    file({}, {{"cause", "layoff"}});
    const auto english = read("causes").at("rows").at(0);
    EXPECT_EQ(english.at("cause"), "layoff");
    EXPECT_EQ(english.at("cause_label"), "Lay-off");
    EXPECT_EQ(english.at("2026-09"), 1);
    const auto csv = daemon.as("supervisor", "zh")
                         .get(std::string("/api/v1/reports/causes?format=csv&") + september);
    ASSERT_EQ(csv.status, 200);
    EXPECT_EQ(csv.field("content-type"), "text/csv; charset=utf-8; header=present");
    EXPECT_EQ(csv.field("content-disposition"),
              "attachment; filename=\"causes-2026-09-01-2026-09-30.csv\"");
    EXPECT_EQ(csv.body,
              "\xEF\xBB\xBF\"原因\",\"2026-09\",\"案件（起）\",\"涉及职工（人）\"\r\n"
              "\"裁员\",\"1\",\"1\",\"120\"\r\n\"合计\",\"1\",\"1\",\"120\"\r\n");
}

TEST_F(HttpReports, ThePackHoldsEveryReport) {
    file();
    const auto pack = read("pack");
    std::vector<std::string> names;
    for (const auto& table : pack.at("tables").as_array()) names.push_back(text(table, "name"));
    const auto listed = daemon.as("supervisor").get("/api/v1/reports").json();
    ASSERT_EQ(listed.at("items").as_array().size(), names.size() + 1);
    for (std::size_t i = 0; i < names.size(); ++i)
        EXPECT_EQ(text(listed.at("items").at(i), "name"), names[i]);
    const auto csv = daemon.as("supervisor", "en")
                         .get(std::string("/api/v1/reports/pack?format=csv&") + september)
                         .body;
    for (const auto& table : pack.at("tables").as_array())
        EXPECT_NE(csv.find("\"" + text(table, "title") + "\"\r\n"), std::string::npos);
}

TEST_F(HttpReports, WhatIsNoPeriodIsRefused) {
    auto supervisor = daemon.as("supervisor");
    for (const auto* query :
         {"from=2026-02-30", "from=today", "from=2026-09-02&to=2026-09-02",
          "from=2026-09-02&to=2026-09-01", "from=1990-01-01&to=2026-01-01", "format=pdf", "q=x"})
        EXPECT_EQ(supervisor.get(std::string("/api/v1/reports/headline?") + query).status, 400)
            << query;
    EXPECT_EQ(supervisor.get("/api/v1/reports/nothing").status, 404);
    EXPECT_EQ(daemon.anybody().get("/api/v1/reports/headline").status, 401);
}

TEST_F(HttpReports, OthersDoNotSeeTheZone) {
    for (const auto* who : {"enterprise_union", "duty_officer", "mediator"}) {
        EXPECT_EQ(daemon.as(who).get("/api/v1/reports").status, 403) << who;
        EXPECT_EQ(daemon.as(who).get("/api/v1/reports/headline").status, 403) << who;
        EXPECT_EQ(daemon.as(who).get("/api/v1/reports/nothing").status, 403) << who;
    }
    for (const auto* who : {"supervisor", "administrator", "auditor"})
        EXPECT_EQ(daemon.as(who).get("/api/v1/reports/headline").status, 200) << who;
}

TEST_F(HttpReports, ADepartmentSeesItsOwnSigningOnly) {
    file();
    const auto all = read("sign_for");
    EXPECT_GT(all.at("rows").as_array().size(), 1U);
    const auto own = read("sign_for", september, "department:hrss");
    ASSERT_EQ(own.at("rows").as_array().size(), 1U);
    EXPECT_EQ(text(own.at("rows").at(0), "department"), "hrss");
    EXPECT_FALSE(own.contains("total")) << "it would tell of the others";
    auto hrss = daemon.as("department:hrss");
    EXPECT_EQ(hrss.get("/api/v1/reports/headline").status, 403);
    EXPECT_EQ(hrss.get("/api/v1/reports/pack").status, 403);
    EXPECT_EQ(hrss.get("/api/v1/reports").json().at("items").as_array().size(), 1U);
    const auto csv = hrss.get(std::string("/api/v1/reports/sign_for?format=csv&") + september).body;
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 2) << csv;
}

TEST_F(HttpReports, AConfidentialFilingIsOneMoreDisputeAndNothingElse) {
    file({}, {{"workers_involved", 20}});
    file({{"filing", "confidential"}}, {{"workers_involved", 77}, {"cause", "relocation"}});
    const auto pack =
        daemon.as("supervisor", "en").get(std::string("/api/v1/reports/pack?") + september).body;
    EXPECT_EQ(disputes(september), 2);
    EXPECT_EQ(read("headline").at("rows").at(0).at("workers"), 20);
    EXPECT_EQ(pack.find("77"), std::string::npos);
    EXPECT_EQ(pack.find("relocation"), std::string::npos);
    EXPECT_EQ(disputes("from=2026-09-30&to=2026-10-01"), 1) << "no day is told";
}

}  // namespace
}  // namespace jinqiao::tests
