// A reload of the configuration as the interface has it: who may ask, and what each outcome is
// told.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <future>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using adapters::http::Reloaded;
using adapters::http::ReloadOrder;
using Kind = Reloaded::Kind;

const std::string path = "/api/v1/config/reload";

// Answers every order with this outcome, from a thread of its own, and keeps the orders.
struct Answering {
    Answering(Daemon& daemon, Kind kind, json::object body = {}) {
        daemon.reload = [this, kind, body](ReloadOrder order,
                                           const std::function<void(Reloaded)>& done) {
            orders.push_back(order);
            Reloaded outcome;
            outcome.kind = kind;
            outcome.body = body;
            thread = std::async(std::launch::async, [done, outcome] { done(outcome); });
        };
    }
    std::vector<ReloadOrder> orders;
    std::future<void> thread;
};

TEST(HttpReload, OnlyAnAdministratorMay) {
    Daemon daemon;
    Answering answering(daemon, Kind::taken);
    for (const auto* who : {"chen", "wang", "qian", "he", "auditor"})
        EXPECT_EQ(daemon.as(who).post(path, "{}").status, 403) << who;
    EXPECT_EQ(daemon.anybody().post(path, "{}").status, 401);
    EXPECT_TRUE(answering.orders.empty());
    EXPECT_EQ(daemon.as("admin").post(path, "{}").status, 200);
}

TEST(HttpConfiguration, InForceIsForAdministratorsAndAuditors) {
    Daemon daemon;
    EXPECT_EQ(daemon.as("admin").get("/api/v1/config").status, 503);  // nobody knows yet
    daemon.configuration.running = "abc";
    daemon.configuration.since = daemon.clock.now();
    daemon.configuration.values = std::make_shared<const json::array>(json::array{
        json::object{{"key", "service.zone_name"}, {"value", "z"}, {"origin", "file"}},
        json::object{{"key", "channels.c.secret"}, {"secret", "env X"}, {"origin", "file"}}});
    for (const auto* who : {"admin", "auditor"}) {
        const auto reply = daemon.as(who).get("/api/v1/config");
        ASSERT_EQ(reply.status, 200) << reply.body;
        EXPECT_EQ(reply.json().at("configuration"), json::value("abc"));
        EXPECT_EQ(reply.json().at("since"), json::value("2026-03-03T10:00:00+08:00"));
        EXPECT_EQ(reply.json().at("values").as_array().size(), 2U);
    }
    for (const auto* who : {"chen", "wang", "qian", "he"})
        EXPECT_EQ(daemon.as(who).get("/api/v1/config").status, 403) << who;
    EXPECT_EQ(daemon.anybody().get("/api/v1/config").status, 401);
}

TEST(HttpReload, CarriesWhatWasAskedAndWhoAsked) {
    Daemon daemon;
    Answering answering(daemon, Kind::taken, {{"done", "taken"}});
    const auto reply =
        daemon.as("admin", "en")
            .post(path, R"({"confirm": true, "dry_run": false, "configuration": "abc"})");
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.json().at("done"), json::value("taken"));
    ASSERT_EQ(answering.orders.size(), 1U);
    const auto& order = answering.orders.front();
    EXPECT_TRUE(order.confirm);
    EXPECT_FALSE(order.dry_run);
    EXPECT_EQ(order.configuration, "abc");
    EXPECT_EQ(order.actor.account.value, "acc-admin");
    EXPECT_EQ(order.language, engine::model::Language::en);
}

TEST(HttpReload, WithoutABodyNothingIsConfirmed) {
    Daemon daemon;
    Answering answering(daemon, Kind::tried);
    EXPECT_EQ(daemon.as("admin").post(path, "").status, 200);
    ASSERT_EQ(answering.orders.size(), 1U);
    EXPECT_FALSE(answering.orders.front().confirm);
}

TEST(HttpReload, WhatItDoesNotKnowIsRefusedBeforeAnythingIsRead) {
    Daemon daemon;
    Answering answering(daemon, Kind::taken);
    for (const auto* body : {R"({"confrim": true})", R"({"confirm": "yes"})"})
        EXPECT_EQ(daemon.as("admin").post(path, body).status, 422) << body;
    EXPECT_TRUE(answering.orders.empty());
}

TEST(HttpReload, EveryOutcomeHasItsStatusAndItsDetails) {
    struct Told {
        Kind kind;
        json::object body;
        int status;
        std::string code, key;
    };
    const std::vector<Told> all{
        {Kind::faulty, {{"faults", json::array{1}}}, 422, "configuration_faulty", "faults"},
        {Kind::differs, {{"takeover", json::object{}}}, 409, "configuration_differs", "takeover"},
        {Kind::under_way, {}, 409, "reload_under_way", "title"},
        {Kind::failed, {}, 500, "internal", "title"}};
    for (const auto& told : all) {
        Daemon daemon;
        Answering answering(daemon, told.kind, told.body);
        const auto reply = daemon.as("admin").post(path, "{}");
        EXPECT_EQ(reply.status, told.status) << told.code;
        EXPECT_EQ(reply.code(), told.code);
        EXPECT_TRUE(reply.json().as_object().contains(told.key)) << reply.body;
        EXPECT_EQ(reply.field("content-type").rfind("application/problem+json", 0), 0U);
        EXPECT_EQ(reply.field("retry-after").empty(), told.kind != Kind::under_way);
    }
}

TEST(HttpReload, OthersAreServedWhileItIsUnderWay) {
    Daemon daemon;
    std::promise<std::function<void(Reloaded)>> begun;
    daemon.reload = [&](const ReloadOrder&, std::function<void(Reloaded)> done) {
        begun.set_value(std::move(done));
    };
    auto waiting =
        std::async(std::launch::async, [&] { return daemon.as("admin").post(path, "{}"); });
    auto done = begun.get_future().get();
    EXPECT_FALSE(daemon.file().empty());
    Reloaded outcome;
    outcome.kind = Kind::taken;
    done(outcome);
    EXPECT_EQ(waiting.get().status, 200);
}

TEST(HttpReload, AnAnswerKeptForAKeyIsGivenAgainWithoutAnotherReload) {
    Daemon daemon;
    int times = 0;
    daemon.reload = [&](const ReloadOrder& order, const std::function<void(Reloaded)>& done) {
        ++times;
        engine::runtime::Submission submission;
        submission.work = engine::runtime::DirectoryChange{"confirm_clock", {}, order.actor};
        Reloaded outcome;
        outcome.kind = Kind::taken;
        outcome.body = {{"done", "taken"}, {"after", "abc"}};
        order.keep(submission, outcome.body);
        submission.done = [done, outcome](const engine::runtime::Answer&) { done(outcome); };
        ASSERT_TRUE(daemon.committer->submit(std::move(submission)));
    };
    const Client::Fields key{{"Idempotency-Key", "k-1"}};
    EXPECT_EQ(daemon.as("admin").post(path, "{}", key).status, 200);
    const auto again = daemon.as("admin").post(path, "{}", key);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.field("idempotency-replayed"), "true");
    EXPECT_EQ(again.json().at("after"), json::value("abc"));
    EXPECT_EQ(times, 1);
}

TEST(HttpReload, ReadinessAndFiguresNameTheConfiguration) {
    Daemon daemon;
    daemon.configuration.running = "abc123";
    daemon.configuration.since = daemon.clock.now();
    EXPECT_NE(daemon.anybody().get("/readyz").body.find(R"("running":"abc123")"),
              std::string::npos);
    auto figures = daemon.anybody().get("/metrics").body;
    EXPECT_NE(figures.find("jinqiao_config_info{sha256=\"abc123\"} 1"), std::string::npos);
    EXPECT_NE(figures.find("jinqiao_config_last_reload_successful 1"), std::string::npos);
    daemon.configuration.failed_at = daemon.clock.now();
    daemon.configuration.refused = 2;
    figures = daemon.anybody().get("/metrics").body;
    EXPECT_NE(figures.find("jinqiao_config_last_reload_successful 0"), std::string::npos);
    EXPECT_NE(figures.find("jinqiao_config_refusals_total 2"), std::string::npos);
    EXPECT_NE(daemon.anybody().get("/readyz").body.find("refused_at"), std::string::npos);
}

// Words of the zone as a reload brings them, while requests are under way.
TEST(HttpReload, TheInterfaceGoesByTheNewAddressFromTheNextRequestOn) {
    Daemon daemon;
    adapters::http::HttpSettings settings;
    settings.public_url = "https://elsewhere.example";
    daemon.server->use(settings);
    EXPECT_NE(daemon.anybody().get("/api/v1/openapi.json").body.find("https://elsewhere.example"),
              std::string::npos);
}

}  // namespace
}  // namespace jinqiao::tests
