// Signing for what one was told: with an account and by link.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "engine/runtime/sign_link.h"
#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

std::string text(const json::value& value, const char* key) {
    return std::string(value.at(key).as_string());
}

// The assignment of a department in a fresh case.
struct Filed {
    Daemon daemon;
    std::string kase = daemon.file();
    std::string assignment;
    std::string link;

    explicit Filed(const std::string& department = "department:union") {
        const auto seen = daemon.as("auditor").get("/api/v1/cases/" + kase).json();
        for (const auto& one : seen.at("assignments").as_array())
            if (text(one, "addressee") == department) assignment = text(one, "id");
        link = "/s/" +
               engine::runtime::make_sign_token(link_key, engine::model::AssignmentId{assignment},
                                                daemon.clock.now() + std::chrono::hours(24));
    }
    std::string state() {
        const auto seen = daemon.as("auditor").get("/api/v1/cases/" + kase).json();
        for (const auto& one : seen.at("assignments").as_array())
            if (text(one, "id") == assignment) return text(one, "state");
        return {};
    }
};

TEST(HttpSign, TheAddresseeSignsAndTheVersionStays) {
    Filed filed;
    const auto reply =
        filed.daemon.as("tao").post("/api/v1/assignments/" + filed.assignment + "/sign", "");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(text(reply.json(), "state"), "signed");
    EXPECT_EQ(text(reply.json(), "signed_by"), "tao");
    EXPECT_EQ(reply.field("etag"), "\"1\"");
    // Twice is once.
    const auto again =
        filed.daemon.as("tao").post("/api/v1/assignments/" + filed.assignment + "/sign", "");
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(text(again.json(), "signed_at"), text(reply.json(), "signed_at"));
}

TEST(HttpSign, NobodyElseSigns) {
    Filed filed;
    const auto path = "/api/v1/assignments/" + filed.assignment + "/sign";
    EXPECT_EQ(filed.daemon.as("he").post(path, "").status, 403);   // told, but not this one
    EXPECT_EQ(filed.daemon.as("pan").post(path, "").status, 404);  // not told at all
    EXPECT_EQ(filed.daemon.as("auditor").post(path, "").status, 403);
    EXPECT_EQ(filed.daemon.as("tao").post("/api/v1/assignments/nothing/sign", "").status, 404);
    EXPECT_EQ(
        filed.daemon.as("tao").post("/api/v1/assignments/" + filed.assignment + "/eat", "").status,
        404);
    EXPECT_EQ(filed.state(), "told");
}

TEST(HttpSign, ReturningTakesAReason) {
    Filed filed;
    const auto path = "/api/v1/assignments/" + filed.assignment + "/return";
    auto tao = filed.daemon.as("tao");
    const auto without = tao.post(path, "{}");
    EXPECT_EQ(without.status, 422);
    EXPECT_EQ(text(without.json().at("errors").at(0), "field"), "reason");
    EXPECT_EQ(tao.post(path, R"({"reason": 1})").status, 422);
    EXPECT_EQ(tao.post(path, R"({"why": "x"})").status, 422);
    const auto returned = tao.post(path, R"({"reason": "not ours"})");
    ASSERT_EQ(returned.status, 200) << returned.body;
    EXPECT_EQ(text(returned.json(), "state"), "returned");
    EXPECT_EQ(tao.post("/api/v1/assignments/" + filed.assignment + "/accept", "").status, 409);
}

// What came back is the owner's turn, and the case counts it.
TEST(HttpSign, AReturnedTaskIsTheOwnersTurn) {
    Filed filed;
    const auto read = [&] {
        return filed.daemon.as("auditor").get("/api/v1/cases/" + filed.kase).json();
    };
    const auto before = read().at("answers").at(0);
    EXPECT_EQ(before.at("returned").as_int64(), 0);
    EXPECT_EQ(before.at("enough"), before.at("told")) << "without a rule all must answer";
    ASSERT_EQ(filed.daemon.as("tao")
                  .post("/api/v1/assignments/" + filed.assignment + "/return",
                        R"({"reason": "not ours"})")
                  .status,
              200);
    const auto after = read().at("answers").at(0);
    EXPECT_EQ(after.at("returned").as_int64(), 1);
    EXPECT_EQ(after.at("told").as_int64(), before.at("told").as_int64() - 1);
    bool asked = false;
    const auto tasks = filed.daemon.as("wang").get("/api/v1/tasks").json();
    for (const auto& one : tasks.at("items").as_array())
        asked = asked || (one.as_object().contains("task") && text(one, "task") == "competence");
    EXPECT_TRUE(asked);
}

TEST(HttpSign, TheLinkShowsFirstAndSignsOnlyWhenPosted) {
    Filed filed;
    auto anybody = filed.daemon.anybody();
    for (int looks = 0; looks < 2; ++looks) {
        const auto shown = anybody.get(filed.link);
        ASSERT_EQ(shown.status, 200);
        EXPECT_EQ(shown.field("content-type"), "text/html; charset=utf-8");
        EXPECT_NE(shown.body.find("<form method=\"post\""), std::string::npos);
        EXPECT_NE(shown.body.find("JQ-2026-000001"), std::string::npos);
        EXPECT_EQ(shown.body.find("<script"), std::string::npos);
    }
    EXPECT_EQ(filed.state(), "told");
    const auto signed_now = anybody.post(filed.link, "", {{"Idempotency-Key", "of nobody"}});
    ASSERT_EQ(signed_now.status, 200) << signed_now.body;
    EXPECT_NE(signed_now.body.find("page.signed.now"), std::string::npos);
    EXPECT_EQ(filed.state(), "signed");
    const auto again =
        anybody.post(filed.link, "x=1", {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_EQ(again.status, 200);
    EXPECT_NE(again.body.find("page.signed.at"), std::string::npos);
    EXPECT_NE(anybody.get(filed.link).body.find("page.signed.at"), std::string::npos);
}

TEST(HttpSign, TheLinkSpeaksTheLanguageAskedFor) {
    Filed filed;
    Client english(filed.daemon.server->port(), {}, "en");
    EXPECT_NE(english.get(filed.link).body.find("<html lang=\"en\">"), std::string::npos);
    EXPECT_NE(filed.daemon.anybody().get(filed.link).body.find("<html lang=\"zh-CN\">"),
              std::string::npos);
}

TEST(HttpSign, AForgedOrExpiredLinkIsAPageThatSaysSo) {
    Filed filed;
    auto anybody = filed.daemon.anybody();
    auto forged = filed.link;
    forged.back() = forged.back() == 'A' ? 'B' : 'A';
    for (const auto& path : {forged, std::string("/s/x"), std::string("/s/%2e%2e")}) {
        const auto reply = anybody.get(path);
        EXPECT_EQ(reply.status, 404) << path;
        EXPECT_EQ(reply.field("content-type"), "text/html; charset=utf-8");
        EXPECT_EQ(anybody.post(path, "").status, 404);
    }
    filed.daemon.clock.turn(std::chrono::hours(25));
    EXPECT_EQ(anybody.get(filed.link).status, 404);
    EXPECT_EQ(anybody.post(filed.link, "").status, 404);
    EXPECT_EQ(filed.state(), "told");
}

TEST(HttpSign, NoticesShowWhoWasToldAndKeepTheLinkToThemselves) {
    Filed filed;
    const auto path = "/api/v1/cases/" + filed.kase + "/notices";
    const auto all = filed.daemon.as("wang").get(path);
    const auto notices = all.json();
    ASSERT_EQ(notices.at("items").as_array().size(), 2U);
    EXPECT_EQ(text(notices.at("items").at(0), "channel"), "file");
    EXPECT_EQ(text(notices.at("items").at(0), "state"), "pending");
    EXPECT_EQ(notices.at("assignments").as_array().size(), 2U);
    const auto token = filed.link.substr(3, 40);  // the id it begins with, in base64url
    EXPECT_EQ(all.body.find(token), std::string::npos);
    EXPECT_NE(all.body.find("http://test/s/…"), std::string::npos);
    const auto own = filed.daemon.as("tao").get(path).json();
    EXPECT_EQ(own.at("items").as_array().size(), 1U);
}

}  // namespace
}  // namespace jinqiao::tests
