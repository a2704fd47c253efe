// A person's deadlines as a calendar to subscribe to.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <future>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

bool has(const Reply& reply, const std::string& part) {
    return reply.body.find(part) != std::string::npos;
}

// The path of a new address; whatever there was before is over.
std::string subscribe(Daemon& daemon, const std::string& account) {
    const auto made = daemon.as(account).post("/api/v1/me/calendar", "{}");
    EXPECT_EQ(made.status, 201) << made.body;
    const auto url = text(made.json(), "url");
    return url.substr(url.find("/api/"));
}

TEST(HttpCalendar, TheOwnerHasTheDeadlinesOfTheCase) {
    Daemon daemon;
    const auto id = daemon.file();
    const auto path = subscribe(daemon, "wang");
    const auto feed = daemon.anybody().get(path);
    ASSERT_EQ(feed.status, 200) << feed.body;
    EXPECT_EQ(feed.field("content-type"), "text/calendar; charset=utf-8");
    EXPECT_EQ(feed.field("cache-control"), "private, no-cache");
    EXPECT_TRUE(has(feed, "UID:" + id + "/"));
    EXPECT_TRUE(has(feed, "number=JQ-2026-000001"));
    EXPECT_TRUE(has(feed, "BEGIN:VALARM"));
    EXPECT_FALSE(has(feed, "an enterprise"));
    // Somebody whose case it is not has a calendar too, and nothing in it.
    const auto other = daemon.anybody().get(subscribe(daemon, "pan"));
    EXPECT_EQ(other.status, 200);
    EXPECT_FALSE(has(other, "VEVENT"));
}

TEST(HttpCalendar, SaysWhenNothingHasChanged) {
    Daemon daemon;
    daemon.file();
    const auto path = subscribe(daemon, "wang");
    auto anybody = daemon.anybody();
    const auto first = anybody.get(path);
    const auto tag = first.field("etag");
    ASSERT_FALSE(tag.empty());
    daemon.clock.turn(std::chrono::seconds(90));
    const auto second = anybody.get(path, {{"If-None-Match", "\"other\", W/" + tag}});
    EXPECT_EQ(second.status, 304);
    EXPECT_EQ(second.body, "");
    EXPECT_EQ(second.field("content-length"), "");
    EXPECT_EQ(second.field("etag"), tag);
    EXPECT_EQ(anybody.get(path, {{"If-None-Match", "\"other\""}}).status, 200);
    daemon.file();
    EXPECT_EQ(anybody.get(path, {{"If-None-Match", tag}}).status, 200);
}

TEST(HttpCalendar, TheAddressIsRevokedAndReplaced) {
    Daemon daemon;
    auto wang = daemon.as("wang");
    auto anybody = daemon.anybody();
    EXPECT_FALSE(wang.get("/api/v1/me/calendar").json().at("active").as_bool());
    EXPECT_EQ(wang.call("DELETE", "/api/v1/me/calendar", "").status, 404);
    const auto first = subscribe(daemon, "wang");
    EXPECT_EQ(anybody.get(first).status, 200);
    EXPECT_TRUE(wang.get("/api/v1/me/calendar").json().at("active").as_bool());
    const auto second = subscribe(daemon, "wang");
    EXPECT_NE(first, second);
    EXPECT_EQ(anybody.get(first).status, 404);
    EXPECT_EQ(anybody.get(second).status, 200);
    EXPECT_EQ(wang.call("DELETE", "/api/v1/me/calendar", "").status, 200);
    EXPECT_EQ(anybody.get(second).status, 404);
    EXPECT_FALSE(wang.get("/api/v1/me/calendar").json().at("active").as_bool());
}

// The secret reads the calendar and is no way in anywhere else, nor does a token read one.
TEST(HttpCalendar, TheSecretOpensNothingElse) {
    Daemon daemon;
    const auto path = subscribe(daemon, "wang");
    const auto file = path.substr(path.rfind('/') + 1);
    const auto secret = file.substr(0, file.size() - 4);
    EXPECT_GE(secret.size(), 30U);
    for (const auto& bearer : {secret, "calendar:" + secret, "calendar\n" + secret, file}) {
        if (bearer.find('\n') != std::string::npos) continue;
        EXPECT_EQ(Client(daemon.server->port(), bearer).get("/api/v1/me").status, 401) << bearer;
    }
    auto anybody = daemon.anybody();
    EXPECT_EQ(anybody.get("/api/v1/calendar/token-wang.ics").status, 404);
    EXPECT_EQ(anybody.get("/api/v1/calendar/" + secret).status, 404);
    EXPECT_EQ(anybody.get("/api/v1/calendar/" + secret + ".ics.ics").status, 404);
    EXPECT_EQ(anybody.get("/api/v1/me/calendar").status, 401);
    EXPECT_EQ(anybody.post(path, "").status, 405);
}

TEST(HttpCalendar, AnAdministratorSeesThatThereIsOneAndTakesItAway) {
    Daemon daemon;
    const auto path = subscribe(daemon, "wang");
    auto admin = daemon.as("admin");
    const auto tokens = admin.get("/api/v1/accounts/acc-wang/tokens");
    EXPECT_TRUE(has(tokens, "\".calendar\""));
    // Nobody gets a bearer token by that name.
    EXPECT_EQ(admin.post("/api/v1/accounts/acc-wang/tokens", R"({"token": ".calendar"})").status,
              422);
    EXPECT_EQ(
        admin.post("/api/v1/accounts/acc-wang/tokens/revoke", R"({"token": ".calendar"})").status,
        200);
    EXPECT_EQ(daemon.anybody().get(path).status, 404);
    const auto again = subscribe(daemon, "wang");
    EXPECT_EQ(admin.post("/api/v1/accounts/acc-wang/disable", "{}").status, 200);
    EXPECT_EQ(daemon.anybody().get(again).status, 404);
}

TEST(HttpCalendar, SpeaksTheLanguageOfTheAccountAndNotOfTheProgram) {
    Daemon daemon;
    daemon.file();
    const auto path = subscribe(daemon, "wang");
    const auto plain = daemon.anybody().get(path);
    Client program(daemon.server->port(), {}, "en");
    EXPECT_EQ(program.get(path).body, plain.body);
    EXPECT_TRUE(has(program.get(path + "?lang=en"), "en:calendar"));
}

// What was due and is not any more stays for a while, so that programs take it off.
TEST(HttpCalendar, ADeadlineThatIsOverIsCancelledForAWhile) {
    Daemon daemon;
    const auto id = daemon.file();
    const auto seen = daemon.as("auditor").get("/api/v1/cases/" + id).json();
    std::string assignment;
    for (const auto& one : seen.at("assignments").as_array())
        if (text(one, "addressee") == "department:union") assignment = text(one, "id");
    const auto path = subscribe(daemon, "tao");
    engine::runtime::Submission told;
    engine::model::Command delivered;
    delivered.target.value = id;
    delivered.name = "delivered";
    delivered.payload = {{"assignment", assignment}};
    told.work = delivered;
    std::promise<void> done;
    told.done = [&](const engine::runtime::Answer&) { done.set_value(); };
    ASSERT_TRUE(daemon.committer->submit(std::move(told)));
    done.get_future().wait();
    const auto uid = "UID:" + id + "/asg.sign#1@" + assignment;
    const auto open = daemon.anybody().get(path);
    const auto unfolded = [](std::string body) {
        for (auto at = body.find("\r\n "); at != std::string::npos; at = body.find("\r\n "))
            body.erase(at, 3);
        return body;
    };
    EXPECT_NE(unfolded(open.body).find(uid), std::string::npos) << open.body;
    EXPECT_FALSE(has(open, "CANCELLED"));
    ASSERT_EQ(daemon.as("tao").post("/api/v1/assignments/" + assignment + "/sign", "").status, 200);
    const auto over = daemon.anybody().get(path);
    EXPECT_NE(unfolded(over.body).find(uid), std::string::npos);
    EXPECT_TRUE(has(over, "STATUS:CANCELLED"));
    const auto sequence = [&](const std::string& body) {
        return std::stoi(body.substr(body.find("SEQUENCE:") + 9));
    };
    EXPECT_GT(sequence(over.body), sequence(open.body));
    daemon.clock.turn(std::chrono::hours(24 * 8));
    EXPECT_FALSE(has(daemon.anybody().get(path), "STATUS:CANCELLED"));
}

// A case that has ended for good has no deadline left that would bring it into the feed.
TEST(HttpCalendar, WhatEndsWithItsCaseIsCancelledToo) {
    Daemon daemon;
    const auto id = daemon.file();
    ASSERT_EQ(daemon.as("wang").post("/api/v1/cases/" + id + "/actions/ask", "{}").status, 200);
    const auto path = subscribe(daemon, "wang");
    const auto before = daemon.anybody().get(path);
    ASSERT_TRUE(has(before, "UID:" + id + "/"));
    const auto ended = daemon.as("wang").post("/api/v1/cases/" + id + "/actions/grant", "{}");
    ASSERT_EQ(ended.status, 200) << ended.body;
    ASSERT_FALSE(daemon.as("auditor").get("/api/v1/cases/" + id).json().at("open").as_bool());
    const auto after = daemon.anybody().get(path);
    EXPECT_TRUE(has(after, "UID:" + id + "/"));
    EXPECT_TRUE(has(after, "STATUS:CANCELLED"));
    EXPECT_FALSE(has(after, "STATUS:CONFIRMED")) << after.body;
    daemon.clock.turn(std::chrono::hours(24 * 8));
    EXPECT_FALSE(has(daemon.anybody().get(path), "VEVENT"));
}

}  // namespace
}  // namespace jinqiao::tests
