// What supervisors look at: the board, what is late and who holds it, and the preview.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/e2e/http/park.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

adapters::http::HttpSettings two_areas() {
    adapters::http::HttpSettings settings;
    settings.areas = {{"north", {"北区", "North"}, {"North Road"}},
                      {"south", {"南区", "South"}, {}}};
    return settings;
}

void file(Daemon& daemon, const std::string& enterprise) {
    const auto reply =
        daemon.as("duty_officer")
            .post("/api/v1/alerts", R"({"enterprise": )" + enterprise +
                                        R"(, "event": {"cause": "pay_cut", "workers_involved": 3,
        "noticed_at": "2026-09-30T16:00:00+08:00"}})");
    ASSERT_EQ(reply.status, 201) << reply.body;
}

std::int64_t number(const json::value& object, const char* key) {
    return object.at(key).to_number<std::int64_t>();
}

TEST(HttpBoard, CasesAreCountedByStageAndGrade) {
    Daemon daemon;
    daemon.file();
    daemon.file();
    const auto reply = daemon.as("qian", "en").get("/api/v1/board");
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto board = reply.json();
    EXPECT_EQ(text(board.at("stages").at(0), "stage"), "warn");
    EXPECT_EQ(number(board.at("stages").at(0).at("grades").at("blue"), "cases"), 2);
    EXPECT_EQ(number(board.at("all"), "cases"), 2);
    EXPECT_EQ(number(board.at("all"), "overdue"), 0);
    daemon.clock.turn(std::chrono::hours{24 * 60});
    EXPECT_EQ(number(daemon.as("qian").get("/api/v1/board").json().at("all"), "overdue"), 2);
}

TEST(HttpBoard, OnlyWhatOneMaySeeIsCounted) {
    Daemon daemon;
    daemon.file();
    EXPECT_EQ(number(daemon.as("chen").get("/api/v1/board").json().at("all"), "cases"), 1);
    EXPECT_EQ(number(daemon.as("other").get("/api/v1/board").json().at("all"), "cases"), 0);
    EXPECT_EQ(number(daemon.as("auditor").get("/api/v1/board").json().at("all"), "cases"), 1);
    EXPECT_EQ(daemon.as("admin").get("/api/v1/board").status, 403);
    EXPECT_EQ(daemon.anybody().get("/api/v1/board").status, 401);
    EXPECT_EQ(daemon.as("qian").get("/api/v1/board?stage=warn").status, 400);
}

TEST(HttpBoard, WhatIsLateSaysWhyAndWhoHoldsIt) {
    Daemon daemon;
    const auto id = daemon.file();
    EXPECT_TRUE(daemon.as("qian").get("/api/v1/board/late").json().at("items").as_array().empty());
    daemon.clock.turn(std::chrono::hours{24 * 60});
    const auto reply = daemon.as("qian", "en").get("/api/v1/board/late");
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto body = reply.json();
    ASSERT_EQ(body.at("items").as_array().size(), 1U);
    const auto& item = body.at("items").at(0);
    EXPECT_EQ(text(item, "id"), id);
    const auto& late = item.at("late");
    EXPECT_FALSE(text(late.at("clock"), "label").empty());
    EXPECT_LT(text(late.at("clock"), "due_at"), text(body, "at"));
    EXPECT_EQ(text(late.at("holder"), "addressee"), "post:desk");
    EXPECT_EQ(text(late.at("holder"), "person"), "wang");
    EXPECT_EQ(text(late.at("holder"), "since"), "2026-03-03T10:00:00+08:00");
    EXPECT_EQ(daemon.as("qian").get("/api/v1/board/late?cursor=x").status, 400);
}

// A history of thousands of rows keeps nobody waiting: what lies before its last 500 is not read.
TEST(HttpBoard, OfALongHistoryTheEndIsRead) {
    Daemon daemon;
    const auto id = daemon.file();
    daemon.clock.turn(std::chrono::hours{1});
    for (int i = 0; i < 505; ++i) {
        const auto body = R"({"days": )" + std::to_string(3 + i % 2) + "}";
        const auto reply =
            daemon.as("chen").post("/api/v1/cases/" + id + "/actions/change_days", body);
        ASSERT_EQ(reply.status, 200) << reply.body;
    }
    daemon.clock.turn(std::chrono::hours{24 * 60});
    const auto body = daemon.as("qian").get("/api/v1/board/late").json();
    ASSERT_EQ(body.at("items").as_array().size(), 1U);
    const auto& holder = body.at("items").at(0).at("late").at("holder");
    EXPECT_EQ(text(holder, "since"), "2026-03-03T11:00:00+08:00") << "at least since then";
}

TEST(HttpBoard, EnterprisesAreRankedAndFoundByArea) {
    Daemon daemon(park(), two_areas());
    file(daemon, R"({"name": "A", "address": "1 North Road"})");
    file(daemon, R"({"name": "A", "address": "1 North Road"})");
    file(daemon, R"({"name": "B", "address": "elsewhere"})");
    const auto all = daemon.as("supervisor", "en").get("/api/v1/board/enterprises").json();
    ASSERT_EQ(all.at("items").as_array().size(), 2U) << json::serialize(all);
    EXPECT_EQ(text(all.at("items").at(0).at("enterprise"), "name"), "A");
    EXPECT_EQ(number(all.at("items").at(0), "cases"), 2);
    EXPECT_EQ(text(all.at("items").at(0).at("area"), "name"), "North");
    EXPECT_TRUE(all.at("items").at(1).at("area").is_null());
    const auto& areas = all.at("areas").as_array();
    ASSERT_EQ(areas.size(), 3U);  // both, and what lies in neither
    EXPECT_EQ(number(areas[0], "cases"), 2);
    EXPECT_EQ(number(areas[1], "cases"), 0);
    EXPECT_EQ(number(areas[2], "enterprises"), 1);
    const auto none = daemon.as("supervisor").get("/api/v1/board/enterprises?area=none").json();
    ASSERT_EQ(none.at("items").as_array().size(), 1U);
    EXPECT_EQ(text(none.at("items").at(0).at("enterprise"), "name"), "B");
}

TEST(HttpPreview, SaysWhoWouldBeToldWhenByWhatAndWhy) {
    Daemon daemon(park());
    const std::string what =
        "/api/v1/preview?cause=layoff&workers=120&staff=320&at=2026-10-01T03:00:00%2B08:00";
    const auto reply = daemon.as("supervisor", "en").get(what);
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto seen = reply.json();
    EXPECT_EQ(text(seen, "grade"), "orange");
    EXPECT_EQ(text(seen, "at"), "2026-10-01T03:00:00+08:00");
    EXPECT_EQ(text(seen, "until"), "2026-10-03T03:00:00+08:00");
    EXPECT_TRUE(seen.at("lacked").as_array().empty());
    bool hrss = false, higher = false;
    for (const auto& line : seen.at("lines").as_array()) {
        EXPECT_FALSE(text(line, "text").empty());
        EXPECT_EQ(text(line, "text").find("preview."), std::string::npos) << text(line, "text");
        if (text(line, "kind") != "told") continue;
        EXPECT_FALSE(text(line, "why_text").empty()) << json::serialize(line);
        if (text(line, "addressee") == "department:hrss" && number(line, "minutes") == 0) {
            hrss = true;
            EXPECT_FALSE(text(line, "channel").empty());
            EXPECT_TRUE(line.at("sign").as_bool());
            EXPECT_NE(text(line, "why_text").find("blue"), std::string::npos);
        }
        higher = higher || text(line, "event") == "rung.inform";
    }
    EXPECT_TRUE(hrss);
    EXPECT_TRUE(higher) << "nobody takes it, so somebody higher hears of it";
    EXPECT_TRUE(daemon.as("supervisor").get("/api/v1/cases").json().at("items").as_array().empty());
}

TEST(HttpPreview, IsForThoseWhoAnswerForTheRulesAndRefusesWhatIsNoAlert) {
    Daemon daemon(park());
    const std::string small = "/api/v1/preview?cause=layoff&days=1";
    EXPECT_EQ(daemon.as("administrator").get(small).status, 200);
    EXPECT_EQ(daemon.as("duty_officer").get(small).status, 200);
    EXPECT_EQ(daemon.as("mediator").get(small).status, 403);
    EXPECT_EQ(daemon.as("supervisor").get("/api/v1/preview?cause=nonsense").status, 422);
    EXPECT_EQ(daemon.as("supervisor").get(small + "&days=3").status, 400);
    EXPECT_EQ(daemon.as("supervisor").get("/api/v1/preview?workers=-1").status, 400);
}

}  // namespace
}  // namespace jinqiao::tests
