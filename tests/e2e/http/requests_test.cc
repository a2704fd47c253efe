#include <gtest/gtest.h>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

TEST(HttpRequests, AreShownToWhoAsksAndToWhoAnswers) {
    Daemon daemon;
    const auto id = daemon.file();
    const auto path = "/api/v1/cases/" + id + "/actions/";
    auto wang = daemon.as("wang");
    ASSERT_EQ(wang.post(path + "ask", "{}").status, 200);
    const auto asked = wang.post(path + "request_long_leave", R"({"reason": "building a house"})");
    ASSERT_EQ(asked.status, 200) << asked.body;
    const auto own = wang.get("/api/v1/requests?state=pending").json();
    ASSERT_EQ(own.at("items").as_array().size(), 1U) << asked.body;
    EXPECT_EQ(own.at("items").at(0).at("mine"), true);
    EXPECT_EQ(own.at("items").at(0).at("case"), boost::json::value(id));
    const auto to_answer = daemon.as("qian").get("/api/v1/requests").json();
    ASSERT_EQ(to_answer.at("items").as_array().size(), 1U);
    EXPECT_EQ(to_answer.at("items").at(0).at("mine"), false);
    EXPECT_EQ(to_answer.at("items").at(0).at("reason"), "building a house");
    EXPECT_TRUE(daemon.as("other").get("/api/v1/requests").json().at("items").as_array().empty());
    EXPECT_TRUE(wang.get("/api/v1/requests?state=rejected").json().at("items").as_array().empty());
    EXPECT_EQ(wang.get("/api/v1/requests?state=pink").status, 400);
}

}  // namespace
}  // namespace jinqiao::tests
