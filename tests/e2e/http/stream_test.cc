#include <gtest/gtest.h>

#include "tests/e2e/http/daemon.h"

namespace jinqiao::tests {
namespace {

using adapters::http::HttpSettings;

// Watches as this account, up to the first word. `last` as a client that lost the connection.
struct Watching {
    Client client;
    std::string id;  // to go on from

    Watching(Daemon& daemon, const std::string& account, const std::string& last = {})
        : client(daemon.as(account)) {
        client.connect();
        Client::Fields more;
        if (!last.empty()) more.emplace_back("Last-Event-ID", last);
        client.send(client.message("GET", "/api/v1/stream", {}, more));
        EXPECT_TRUE(client.hears("200 OK"));
        EXPECT_TRUE(client.hears("text/event-stream"));
        EXPECT_TRUE(client.hears("event: hello\nid: "));
        id = client.next_line();
    }
};

TEST(HttpStream, TellsOfCasesThatTheAccountMaySee) {
    Daemon daemon;
    Watching duty(daemon, "wang"), filer(daemon, "chen"), stranger(daemon, "other");
    const auto mine = daemon.file();
    EXPECT_TRUE(duty.client.hears("event: case\nid: "));
    EXPECT_TRUE(duty.client.hears("data: {\"id\":\"" + mine + "\""));
    EXPECT_TRUE(filer.client.hears(mine));
    // What the stranger hears first is its own case, although the other one came before.
    auto other = daemon.as("other");
    const auto filed =
        other.post("/api/v1/alerts", R"({"days": 2, "enterprise": {"name": "Other Works"}})");
    ASSERT_EQ(filed.status, 201) << filed.body;
    EXPECT_TRUE(stranger.client.hears("data: {\"id\":\""));
    EXPECT_EQ(stranger.client.next_line().find(mine), std::string::npos);
}

TEST(HttpStream, GoesOnWhereAClientLeftOff) {
    Daemon daemon;
    std::string id;
    {
        Watching before(daemon, "wang");
        id = before.id;
    }
    const auto missed = daemon.file();
    Watching again(daemon, "wang", id);
    EXPECT_EQ(again.id, id);
    EXPECT_TRUE(again.client.hears(missed));
}

TEST(HttpStream, SaysThatListsHaveToBeReadAnewWhereTooMuchWasMissed) {
    Daemon daemon;  // keeps eight changes
    std::string id;
    {
        Watching before(daemon, "wang");
        id = before.id;
    }
    for (int i = 0; i < 10; ++i) daemon.file();
    for (const auto& last : {id, std::string("another-life-7"), std::string("nonsense")}) {
        Watching again(daemon, "wang", last);
        EXPECT_NE(again.id, last);
        EXPECT_TRUE(again.client.hears("event: reset\n")) << last;
        const auto fresh = daemon.file();
        EXPECT_TRUE(again.client.hears(fresh)) << last;
    }
}

TEST(HttpStream, EndsWithTheAccount) {
    HttpSettings settings;
    settings.stream_heartbeat = std::chrono::milliseconds(20);
    Daemon daemon(settings);
    Watching one(daemon, "wang");
    EXPECT_TRUE(one.client.hears(":\n\n"));
    auto row = account_row("wang", {{"roles", {"duty_officer"}}, {"enabled", false}});
    engine::runtime::Submission submission;
    submission.work = engine::runtime::Registration{{row}, {}};
    ASSERT_TRUE(daemon.committer->submit(std::move(submission)));
    EXPECT_TRUE(one.client.gone());
}

TEST(HttpStream, IsBoundedByAccountAndInAll) {
    HttpSettings settings;
    settings.streams = 3;
    settings.streams_each = 2;
    Daemon daemon(settings);
    Watching one(daemon, "wang"), two(daemon, "wang");
    const auto third = daemon.as("wang").get("/api/v1/stream");
    EXPECT_EQ(third.status, 503);
    EXPECT_EQ(third.code(), "too_many_streams");
    EXPECT_NE(third.field("retry-after"), "");
    Watching three(daemon, "qian");
    EXPECT_EQ(daemon.as("chen").get("/api/v1/stream").status, 503);
}

// A page that was closed used to keep its place until the next comment could not be written.
TEST(HttpStream, GivesTheirPlaceBackToThoseWhoLeave) {
    HttpSettings settings;
    settings.streams_each = 1;
    settings.stream_heartbeat = std::chrono::hours(1);
    Daemon daemon(settings);
    for (int i = 0; i < 3; ++i) {
        Watching one(daemon, "wang");
        one.client.connect();  // another connection; this one is closed
        int status = 503;
        for (int tries = 0; status == 503 && tries < 5000; ++tries)
            status = daemon.as("wang").call("HEAD", "/api/v1/stream", {}).status;
        EXPECT_EQ(status, 200);
    }
}

TEST(HttpStream, IsForAccountsThatReadCases) {
    Daemon daemon;
    EXPECT_EQ(daemon.anybody().get("/api/v1/stream").status, 401);
    EXPECT_EQ(daemon.as("admin").get("/api/v1/stream").status, 403);
}

TEST(HttpStream, DoesNotHoldUpTheStop) {
    HttpSettings settings;
    settings.stop_timeout = std::chrono::hours(1);
    Daemon daemon(settings);
    Watching one(daemon, "wang");
    daemon.server->stop();
    EXPECT_TRUE(one.client.gone());
}

}  // namespace
}  // namespace jinqiao::tests
