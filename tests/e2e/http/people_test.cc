// Posts, people, duty and coverage over a socket: who may see and change what.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "tests/e2e/http/daemon.h"
#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

const std::string kLeave =
    R"({"from": "2026-03-04T00:00:00+08:00", "until": "2026-03-06T00:00:00+08:00"})";

// The office with 24-hour shifts of the desk from 08:00, wang and li in turn: wang is on today.
Office office_with_duty() {
    auto office = leave_office();
    auto directory = leave_directory();
    const engine::model::PostId desk{"desk"};
    const auto today = engine::time::testing::at("2026-03-03 08:00");
    directory.posts.at(desk).rota = engine::policy::Rota{today, std::chrono::hours{24}, "test"};
    directory.rotations.push_back(
        {desk, today, {engine::model::PersonId{"wang"}, engine::model::PersonId{"li"}}});
    office.world.directory =
        std::make_shared<const engine::policy::Directory>(std::move(directory));
    return office;
}

const json::object* find(const json::value& list, const std::string& key,
                         const std::string& value) {
    for (const auto& item : list.as_array())
        if (item.at(key) == json::value(value)) return &item.as_object();
    return nullptr;
}

TEST(HttpPeople, EverybodySeesThemselvesAndASupervisorEverybody) {
    Daemon daemon(office_with_duty());
    const auto own = daemon.as("wang").get("/api/v1/people");
    ASSERT_EQ(own.status, 200);
    ASSERT_EQ(own.json().at("items").as_array().size(), 1U);
    EXPECT_EQ(own.json().at("items").at(0).at("id"), json::value("wang"));
    EXPECT_GT(daemon.as("qian").get("/api/v1/people").json().at("items").as_array().size(), 5U);
    EXPECT_GT(daemon.as("admin").get("/api/v1/people").json().at("items").as_array().size(), 5U);
    EXPECT_EQ(daemon.anybody().get("/api/v1/people").status, 401);
}

TEST(HttpPeople, NamesOfOthersAreNotShownBesideTheirIds) {
    Daemon daemon(office_with_duty());
    const auto seen = daemon.as("wang").get("/api/v1/duty?until=2026-03-05T10:00:00%2B08:00");
    ASSERT_EQ(seen.status, 200) << seen.body;
    const auto answer = seen.json();
    const auto* wang = find(answer.at("items"), "person", "wang");
    const auto* li = find(answer.at("items"), "person", "li");
    ASSERT_TRUE(wang != nullptr && li != nullptr);
    EXPECT_TRUE(wang->contains("person_name"));
    EXPECT_FALSE(li->contains("person_name"));
    const auto all = daemon.as("qian").get("/api/v1/duty").json();
    EXPECT_TRUE(find(all.at("items"), "person", "li")->contains("person_name"));
}

TEST(HttpPeople, OneMayEnterOnesOwnAbsenceAndNobodyElses) {
    Daemon daemon(office_with_duty());
    auto wang = daemon.as("wang");
    EXPECT_EQ(wang.post("/api/v1/people/wang/absences", kLeave).status, 200);
    EXPECT_EQ(wang.post("/api/v1/people/li/absences", kLeave).status, 403);
    EXPECT_EQ(daemon.as("qian").post("/api/v1/people/li/absences", kLeave).status, 200);
    EXPECT_EQ(daemon.as("qian").post("/api/v1/people/nobody/absences", kLeave).status, 404);
    EXPECT_EQ(daemon.as("auditor").post("/api/v1/people/li/absences", kLeave).status, 403);
    const auto shown = wang.get("/api/v1/people").json();
    EXPECT_EQ(shown.at("items").at(0).at("absences").as_array().size(), 1U);
}

TEST(HttpPeople, AbsencesAreListedForOneselfAndTermsForEverybody) {
    Daemon daemon(office_with_duty());
    ASSERT_EQ(daemon.as("qian").post("/api/v1/people/wang/absences", kLeave).status, 200);
    auto wang = daemon.as("wang");
    const auto own = wang.get("/api/v1/people/wang/absences");
    ASSERT_EQ(own.status, 200);
    EXPECT_EQ(own.json().at("items").at(0).at("until"), json::value("2026-03-06T00:00:00+08:00"));
    EXPECT_EQ(wang.get("/api/v1/people/li/absences").status, 403);
    EXPECT_EQ(daemon.as("qian").get("/api/v1/people/nobody/absences").status, 404);
    const auto terms = wang.get("/api/v1/posts/chief/terms");
    ASSERT_EQ(terms.status, 200);
    EXPECT_EQ(terms.json().at("items").as_array().size(), 2U);
    EXPECT_FALSE(terms.json().at("items").at(0).as_object().contains("person_name"));
    EXPECT_EQ(wang.get("/api/v1/posts/nowhere/terms").status, 404);
}

TEST(HttpPeople, AbsenceEndsEarlyByWhoeverEnteredIt) {
    Daemon daemon(office_with_duty());
    auto wang = daemon.as("wang");
    ASSERT_EQ(wang.post("/api/v1/people/wang/absences", kLeave).status, 200);
    daemon.clock.turn(std::chrono::hours(24));
    const auto now = "/api/v1/coverage";
    const auto first = [&] {
        const auto covered = wang.get(now).json();
        return find(covered.at("posts"), "post", "desk")->at("told").at(0).at("person");
    };
    EXPECT_EQ(first(), json::value("li"));
    ASSERT_EQ(wang.post("/api/v1/people/wang/absences/end", "{}").status, 200);
    const auto again = wang.post("/api/v1/people/wang/absences/end", "{}");
    EXPECT_EQ(again.status, 422);
    EXPECT_EQ(again.json().at("errors").at(0).at("code"), json::value("directory.absence_unknown"));
}

TEST(HttpPeople, WrongDatesAreToldByField) {
    Daemon daemon(office_with_duty());
    const auto reply = daemon.as("wang").post("/api/v1/people/wang/absences",
                                              R"({"from": "yesterday", "colour": "red"})");
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.code(), "invalid_payload");
    EXPECT_EQ(reply.json().at("errors").as_array().size(), 3U);
}

TEST(HttpPeople, RepeatUnderTheSameKeyChangesNothingTwice) {
    Daemon daemon(office_with_duty());
    auto wang = daemon.as("wang");
    const Client::Fields key{{"Idempotency-Key", "leave-1"}};
    const auto first = wang.post("/api/v1/people/wang/absences", kLeave, key);
    ASSERT_EQ(first.status, 200) << first.body;
    const auto again = wang.post("/api/v1/people/wang/absences", kLeave, key);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.field("idempotency-replayed"), "true");
}

TEST(HttpPeople, SwapIsAskedForByTheOneAndAgreedToByTheOther) {
    auto office = office_with_duty();
    office.rows.accounts.push_back(
        account_row("li", {{"roles", {"duty_officer"}}, {"person", "li"}}));
    Daemon daemon(std::move(office));
    auto wang = daemon.as("wang");
    auto li = daemon.as("li");
    const std::string wish = R"({"post": "desk", "at": "2026-03-05T09:00:00+08:00",
                                 "with_at": "2026-03-06T09:00:00+08:00", "reason": "x"})";
    EXPECT_EQ(li.post("/api/v1/duty/swaps", wish).status, 403) << "the shift is wang's";
    const auto asked = wang.post("/api/v1/duty/swaps", wish);
    ASSERT_EQ(asked.status, 200) << asked.body;
    const auto answer =
        "/api/v1/duty/swaps/" + std::string(asked.json().at("swap").as_string()) + "/answer";
    EXPECT_EQ(wang.post(answer, R"({"agreed": true})").status, 403);
    EXPECT_EQ(daemon.as("qian").post(answer, R"({"agreed": true})").status, 403)
        << "nobody agrees in another's name";
    EXPECT_EQ(li.post(answer, R"({"agreed": true})").status, 200);
    const auto duty = wang.get("/api/v1/duty?from=2026-03-05T08:00:00%2B08:00").json();
    EXPECT_EQ(duty.at("items").at(0).at("person"), json::value("li"));
    EXPECT_EQ(duty.at("items").at(0).at("why"), json::value("swap"));
    EXPECT_EQ(duty.at("swaps").at(0).at("state"), json::value("agreed"));
}

TEST(HttpPeople, RotaAndTermsAreForSupervisorsAndAdministrators) {
    Daemon daemon(office_with_duty());
    const std::string order = R"({"post": "desk", "order": ["li"]})";
    EXPECT_EQ(daemon.as("wang").post("/api/v1/duty/rotations", order).status, 403);
    EXPECT_EQ(daemon.as("admin").post("/api/v1/duty/rotations", order).status, 200);
    const std::string term = R"({"person": "zhao", "from": "2026-03-01T00:00:00+08:00"})";
    EXPECT_EQ(daemon.as("wang").post("/api/v1/posts/chief/terms", term).status, 403);
    EXPECT_EQ(daemon.as("qian").post("/api/v1/posts/nowhere/terms", term).status, 404);
    EXPECT_EQ(daemon.as("qian").post("/api/v1/posts/chief/terms", term).status, 200);
    const auto posts = daemon.as("wang").get("/api/v1/posts").json();
    EXPECT_EQ(find(posts.at("items"), "id", "chief")->at("terms").as_array().size(), 3U);
    EXPECT_EQ(daemon.as("qian").post("/api/v1/people/li/disable", "{}").status, 200);
}

TEST(HttpPeople, CoverageAnswersForAnyInstantAndIsNotForEverybody) {
    Daemon daemon(office_with_duty());
    ASSERT_EQ(daemon.as("qian").post("/api/v1/people/zhou/absences", kLeave).status, 200);
    const auto reply = daemon.as("qian").get("/api/v1/coverage?at=2026-03-05T03:00:00%2B08:00");
    ASSERT_EQ(reply.status, 200);
    const auto covered = reply.json();
    EXPECT_EQ(covered.at("at"), json::value("2026-03-05T03:00:00+08:00"));
    const auto* leader = find(covered.at("posts"), "post", "leader");
    EXPECT_EQ(leader->at("gap"), json::value("nobody"));
    EXPECT_TRUE(leader->at("told").as_array().empty());
    const auto* gap = find(covered.at("gaps"), "post", "leader");
    ASSERT_NE(gap, nullptr);
    EXPECT_EQ(gap->at("until"), json::value("2026-03-06T00:00:00+08:00"));
    const auto* hr = find(covered.at("departments"), "department", "hr");
    ASSERT_NE(hr, nullptr);
    EXPECT_EQ(hr->at("told").at(0).at("person"), json::value("he"));
    EXPECT_EQ(hr->at("told").at(0).at("channels"), json::value({"file"}));
    const auto* desk = find(covered.at("posts"), "post", "desk");
    EXPECT_EQ(desk->at("told").at(0).at("why"), json::value("duty"));
    EXPECT_EQ(daemon.as("qian").get("/api/v1/coverage?at=today").status, 400);
    EXPECT_EQ(daemon.as("chen").get("/api/v1/coverage").status, 403);
}

TEST(HttpPeople, TokenOfADisabledPersonOpensNothingFromThatMomentOn) {
    Daemon daemon(office_with_duty());
    auto wang = daemon.as("wang");
    EXPECT_EQ(wang.get("/api/v1/me").status, 200);
    ASSERT_EQ(daemon.as("qian").post("/api/v1/people/wang/disable", "{}").status, 200);
    EXPECT_EQ(wang.get("/api/v1/me").status, 401);
    const std::string back = R"({"id": "wang", "name": "wang", "enabled": true})";
    ASSERT_EQ(daemon.as("qian").post("/api/v1/people", back).status, 200);
    EXPECT_EQ(wang.get("/api/v1/me").status, 200);
}

TEST(HttpPeople, EveryCallIsInTheDocument) {
    Daemon daemon(office_with_duty());
    const auto paths = daemon.anybody().get("/api/v1/openapi.json").json().at("paths");
    for (const auto* path :
         {"/api/v1/people", "/api/v1/people/{id}/absences", "/api/v1/posts",
          "/api/v1/posts/{id}/terms", "/api/v1/duty", "/api/v1/duty/swaps", "/api/v1/coverage"})
        EXPECT_TRUE(paths.as_object().contains(path)) << path;
    const auto& body = paths.at("/api/v1/people/{id}/absences").at("post").at("requestBody");
    EXPECT_TRUE(body.at("content")
                    .at("application/json")
                    .at("schema")
                    .at("properties")
                    .as_object()
                    .contains("until"));
}

TEST(HttpClock, AHeldClockIsConfirmedByThoseInChargeAndStandsOnRecord) {
    Daemon daemon;
    const std::string path = "/api/v1/clock/confirm";
    const std::string reason = R"({"reason": "compared with the telephone"})";
    // Nothing to confirm: the deadlines ring.
    EXPECT_EQ(daemon.as("qian").post(path, reason).status, 409);
    EXPECT_EQ(daemon.as("qian").post(path, reason).json().at("code"),
              json::value("clock_not_held"));
    daemon.clock_held = true;
    EXPECT_EQ(daemon.anybody().post(path, reason).status, 401);
    for (const auto* other : {"wang", "chen", "he", "auditor"})
        EXPECT_EQ(daemon.as(other).post(path, reason).status, 403) << other;
    EXPECT_EQ(daemon.as("qian").post(path, R"({"reasn": "x"})").status, 422);
    EXPECT_EQ(daemon.clock_confirmed, 0);
    EXPECT_EQ(daemon.as("qian").post(path, reason).status, 200);
    EXPECT_EQ(daemon.clock_confirmed, 1);
    daemon.clock_held = true;
    EXPECT_EQ(daemon.as("admin").post(path, "").status, 200);
    EXPECT_EQ(daemon.clock_confirmed, 2);
    const auto reader = daemon.store.reader();
    const auto rows = *(*reader)->history("directory", 0, 10);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_NE(rows[0].body.find("confirm_clock"), std::string::npos);
    EXPECT_NE(rows[0].body.find("qian"), std::string::npos);
    EXPECT_EQ(rows[0].body.find("telephone"), std::string::npos);  // kept apart, erasable
}

}  // namespace
}  // namespace jinqiao::tests
