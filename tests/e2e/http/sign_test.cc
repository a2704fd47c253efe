// Signing for what one was told: with an account and by link.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "engine/runtime/sign_link.h"
#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

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

bool has(const Reply& reply, const std::string& text) {
    return reply.body.find(text) != std::string::npos;
}

// The form of the page, sent.
Reply sent(Filed& filed, const std::string& body) {
    return filed.daemon.anybody().post(filed.link, body,
                                       {{"Content-Type", "application/x-www-form-urlencoded"}});
}

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
    const auto again = sent(filed, "answer=sign");
    EXPECT_EQ(again.status, 200);
    EXPECT_NE(again.body.find("page.signed.at"), std::string::npos);
    EXPECT_NE(anybody.get(filed.link).body.find("page.signed.at"), std::string::npos);
}

// The page offers what is left to answer and nothing else.
TEST(HttpSign, TheLinkSignsThenAcceptsThenReturns) {
    Filed filed;
    auto anybody = filed.daemon.anybody();
    const auto offers = [&](const Reply& page) {
        std::string out;
        for (const auto* name : {"sign", "accept", "return"})
            if (has(page, "name=\"answer\" value=\"" + std::string(name) + "\"")) out += name[0];
        return out;
    };
    EXPECT_EQ(offers(anybody.get(filed.link)), "s");
    EXPECT_EQ(offers(sent(filed, "answer=sign")), "ar");
    EXPECT_EQ(offers(anybody.get(filed.link)), "ar");
    const auto accepted = sent(filed, "answer=accept");
    EXPECT_EQ(accepted.status, 200);
    EXPECT_TRUE(has(accepted, "page.accepted.now"));
    EXPECT_EQ(offers(accepted), "r");
    EXPECT_EQ(filed.state(), "accepted");
    const auto again = sent(filed, "answer=accept");
    EXPECT_EQ(again.status, 200);
    EXPECT_TRUE(has(again, "page.accepted.at"));
    const auto returned = sent(filed, "answer=return&reason=not+ours");
    EXPECT_EQ(returned.status, 200);
    EXPECT_TRUE(has(returned, "page.returned.now"));
    EXPECT_EQ(offers(returned), "");
    EXPECT_EQ(filed.state(), "returned");
    EXPECT_TRUE(has(sent(filed, "answer=return&reason=again"), "page.returned.at"));
    EXPECT_EQ(sent(filed, "answer=sign").status, 200);
    const auto late = sent(filed, "answer=accept");
    EXPECT_EQ(late.status, 409);
    EXPECT_TRUE(has(late, "page.fault.late"));
    EXPECT_EQ(filed.state(), "returned");
}

TEST(HttpSign, AReturnByLinkTakesAReasonAndKeepsWhatWasTyped) {
    Filed filed;
    sent(filed, "answer=sign");
    const auto empty = sent(filed, "answer=return&reason=+");
    EXPECT_EQ(empty.status, 422);
    EXPECT_TRUE(has(empty, "page.fault.reason"));
    EXPECT_TRUE(has(empty, "<details open>"));
    const auto typed = "<b>" + std::string(1000, 'y');
    const auto long_one = sent(filed, "answer=return&reason=" + typed);
    EXPECT_EQ(long_one.status, 422);
    EXPECT_TRUE(has(long_one, "page.fault.length{most=1000}"));
    EXPECT_TRUE(has(long_one, "&lt;b&gt;" + std::string(1000, 'y')));
    EXPECT_EQ(filed.state(), "signed");
}

TEST(HttpSign, TheLinkTakesOnlyItsOwnForm) {
    Filed filed;
    auto anybody = filed.daemon.anybody();
    EXPECT_EQ(anybody.post(filed.link, "{}", {{"Content-Type", "application/json"}}).status, 415);
    const auto strange = sent(filed, "answer=sign&case=other");
    EXPECT_EQ(strange.status, 422);
    EXPECT_EQ(strange.field("content-type"), "text/html; charset=utf-8");
    EXPECT_TRUE(has(strange, "page.fault.form"));
    EXPECT_EQ(sent(filed, std::string(100'000, 'x')).status, 413);
    EXPECT_EQ(filed.state(), "told");
}

// Mail scanners, chat previews and browsers look at links before anybody taps them.
TEST(HttpSign, AMachineThatLooksAheadSignsNothing) {
    Filed filed;
    auto anybody = filed.daemon.anybody();
    auto robot = filed.daemon.anybody();
    robot.connect();
    robot.send(robot.message("HEAD", filed.link, ""));
    EXPECT_EQ(robot.receive(true).status, 200);
    for (const auto* name : {"Sec-Purpose", "Purpose", "X-Moz"}) {
        const auto reply = anybody.post(filed.link, "", {{name, "prefetch;prerender"}});
        EXPECT_EQ(reply.status, 200) << name;
        EXPECT_TRUE(has(reply, "page.sign.button")) << name;
    }
    EXPECT_EQ(filed.state(), "told");
}

TEST(HttpSign, ThePageSaysWhoAnsweredByPostAndNeverByName) {
    Filed filed;
    const auto name =
        filed.daemon.world->get()->directory->people.at(engine::model::PersonId{"tao"}).name;
    ASSERT_EQ(
        filed.daemon.as("tao").post("/api/v1/assignments/" + filed.assignment + "/sign", "").status,
        200);
    const auto page = filed.daemon.anybody().get(filed.link);
    EXPECT_TRUE(has(page, "page.signed.at{at="));
    EXPECT_TRUE(has(page, "{who="));
    EXPECT_FALSE(has(page, "{who=" + name + "}"));
    EXPECT_FALSE(has(page, "page.how"));
}

TEST(HttpSign, HistoryKnowsThatALinkAnswered) {
    Filed filed;
    sent(filed, "answer=sign");
    EXPECT_TRUE(has(filed.daemon.anybody().get(filed.link), "page.how.link"));
    const auto rows =
        filed.daemon.as("auditor").get("/api/v1/cases/" + filed.kase + "/history").json();
    bool noted = false;
    for (const auto& row : rows.at("items").as_array())
        for (const auto& event : row.at("events").as_array())
            noted = noted || (text(event, "name") == "assignment_signed" &&
                              event.at("data").as_object().contains("how") &&
                              text(event.at("data"), "how") == "link");
    EXPECT_TRUE(noted);
}

// The address of a reply signs, and is no link.
TEST(HttpSign, AMailSignsByItsAddressAndOpensNothing) {
    Filed filed;
    const auto path = "/s/" + engine::runtime::mail_token(filed.link.substr(3));
    auto anybody = filed.daemon.anybody();
    const auto form = [&](const std::string& body) {
        return anybody.post(path, body, {{"Content-Type", "application/x-www-form-urlencoded"}});
    };
    EXPECT_EQ(anybody.get(path).status, 404);
    EXPECT_EQ(form("answer=accept").status, 422);
    EXPECT_EQ(form("answer=return&reason=x").status, 422);
    EXPECT_EQ(form("answer=note&text=").status, 422);
    EXPECT_EQ(form("answer=note&text=x").status, 200);
    EXPECT_EQ(sent(filed, "answer=note&text=x").status, 422) << "a link leaves none";
    EXPECT_EQ(filed.state(), "told");
    const auto answered = form("answer=sign");
    EXPECT_EQ(answered.status, 200);
    EXPECT_FALSE(has(answered, "JQ-2026-000001"));
    EXPECT_EQ(form("answer=sign").status, 200);
    EXPECT_EQ(filed.state(), "signed");
    EXPECT_TRUE(has(anybody.get(filed.link), "page.how.mail"));
    filed.daemon.clock.turn(std::chrono::hours(25));
    EXPECT_EQ(form("answer=sign").status, 404);
}

TEST(HttpSign, TheLinkSpeaksTheLanguageAskedFor) {
    Filed filed;
    const auto switched = filed.daemon.anybody().get(filed.link + "?lang=en");
    EXPECT_TRUE(has(switched, "<html lang=\"en\">"));
    EXPECT_EQ(switched.field("content-language"), "en");
    EXPECT_TRUE(has(Client(filed.daemon.server->port(), {}, "en").get(filed.link + "?lang=zh-CN"),
                    "<html lang=\"zh-CN\">"));
    EXPECT_TRUE(
        has(filed.daemon.anybody().get(filed.link + "?lang=xx&utm=1"), "<html lang=\"zh-CN\">"));
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
