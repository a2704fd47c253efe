// People who deal with one case: urging those who have not signed, and knowing who writes.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <future>
#include <thread>

#include "adapters/http/presence.h"
#include "tests/e2e/http/daemon.h"
#include "tests/support/leave_request.h"
#include "tests/support/leave_setting.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using adapters::http::Presence;
using std::chrono::minutes;

std::string assignment_of(Daemon& daemon, const std::string& kase, const std::string& addressee) {
    const auto seen = daemon.as("auditor").get("/api/v1/cases/" + kase).json();
    for (const auto& one : seen.at("assignments").as_array())
        if (text(one, "addressee") == addressee) return text(one, "id");
    return {};
}

std::size_t notices_of(Daemon& daemon, const std::string& kase) {
    const auto all = daemon.as("auditor").get("/api/v1/cases/" + kase + "/notices").json();
    return all.at("items").as_array().size();
}

std::string reason(const Reply& reply) { return text(reply.json().at("reasons").at(0), "code"); }

TEST(HttpUrge, WhoHasNotSignedIsToldAgainOnceThePauseIsOver) {
    Daemon daemon;
    const auto kase = daemon.file();
    const auto path =
        "/api/v1/assignments/" + assignment_of(daemon, kase, "department:union") + "/urge";
    const auto before = notices_of(daemon, kase);
    const auto early = daemon.as("wang").post(path, "");
    EXPECT_EQ(early.status, 409);
    EXPECT_EQ(reason(early), "assignment.urged_lately");
    EXPECT_EQ(notices_of(daemon, kase), before);

    daemon.clock.turn(minutes{11});
    const auto urged = daemon.as("wang").post(path, "");
    ASSERT_EQ(urged.status, 200) << urged.body;
    EXPECT_EQ(urged.field("etag"), "\"1\"") << "an editor's version stays good";
    EXPECT_EQ(notices_of(daemon, kase), before + 1);
    EXPECT_EQ(daemon.as("wang").post(path, "").status, 409) << "the pause begins anew";
    const auto history = daemon.as("auditor").get("/api/v1/cases/" + kase + "/history").json();
    EXPECT_EQ(text(history.at("items").as_array().back(), "command"), "urge");
}

TEST(HttpUrge, OfTwoWhoUrgeAtOnceOneIsToldSo) {
    // While a commit is under way both are looked at, and none is on record yet.
    std::promise<void> go;
    std::atomic<bool> armed{false}, held{false};
    auto office = leave_office();
    office.prepare = [&](engine::runtime::Core& core, engine::ports::Store&) {
        core.on_commit([&](auto changed) {
            if (changed.empty() || !armed.exchange(false)) return;
            held = true;
            go.get_future().wait();
        });
    };
    Daemon daemon(std::move(office));
    const auto kase = daemon.file();
    const auto path =
        "/api/v1/assignments/" + assignment_of(daemon, kase, "department:union") + "/urge";
    daemon.clock.turn(minutes{11});
    const auto before = notices_of(daemon, kase);
    armed = true;
    auto filing = daemon.as("chen"), first = daemon.as("wang"), second = daemon.as("qian");
    filing.send(filing.message("POST", "/api/v1/alerts", json::serialize(leave_alert(3))));
    while (!held) std::this_thread::yield();
    first.send(first.message("POST", path, ""));
    second.send(second.message("POST", path, ""));
    EXPECT_EQ(daemon.as("qian").get("/api/v1/me").status, 200) << "by now both have been read";
    go.set_value();
    EXPECT_EQ(filing.receive().status, 201);
    auto done = first.receive(), refused = second.receive();
    if (done.status != 200) std::swap(done, refused);
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_EQ(reason(refused), "assignment.urged_lately");
    EXPECT_EQ(notices_of(daemon, kase), before + 1);
    daemon.clock.turn(minutes{11});
    EXPECT_EQ(daemon.as("qian").post(path, "").status, 200) << "nothing is left of it";
}

TEST(HttpUrge, IsForThoseWhoAnswerForTheCase) {
    Daemon daemon;
    const auto kase = daemon.file();
    daemon.clock.turn(minutes{11});
    const auto path =
        "/api/v1/assignments/" + assignment_of(daemon, kase, "department:union") + "/urge";
    EXPECT_EQ(daemon.as("chen").post(path, "").status, 403) << "the filer is not the owner";
    EXPECT_EQ(daemon.as("tao").post(path, "").status, 403) << "nobody urges themselves";
    EXPECT_EQ(daemon.as("auditor").post(path, "").status, 403);
    EXPECT_EQ(daemon.as("qian").post(path, "").status, 200) << "a supervisor may";
}

TEST(HttpUrge, WhoHasSignedIsLeftInPeace) {
    Daemon daemon;
    const auto kase = daemon.file();
    const auto id = assignment_of(daemon, kase, "department:union");
    ASSERT_EQ(daemon.as("tao").post("/api/v1/assignments/" + id + "/sign", "").status, 200);
    daemon.clock.turn(minutes{11});
    const auto reply = daemon.as("wang").post("/api/v1/assignments/" + id + "/urge", "");
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reason(reply), "assignment.signed_already");
}

Reply writes(Daemon& daemon, const std::string& account, const std::string& kase,
             const std::string& form) {
    return daemon.as(account).post("/api/v1/cases/" + kase + "/presence",
                                   R"({"form": ")" + form + R"("})");
}

std::size_t others(const Reply& reply) { return reply.json().at("items").as_array().size(); }

TEST(HttpPresence, TheOthersAreSeenUntilTheyLeaveOrFallSilent) {
    Daemon daemon;
    const auto kase = daemon.file();
    const auto path = "/api/v1/cases/" + kase + "/presence";
    EXPECT_EQ(others(writes(daemon, "wang", kase, "approve")), 0U) << "not oneself";
    const auto seen = daemon.as("qian").get(path);
    ASSERT_EQ(seen.status, 200) << seen.body;
    ASSERT_EQ(others(seen), 1U);
    EXPECT_EQ(text(seen.json().at("items").at(0), "form"), "approve");
    EXPECT_EQ(others(writes(daemon, "qian", kase, "approve")), 1U);
    writes(daemon, "wang", kase, "");
    EXPECT_EQ(others(daemon.as("qian").get(path)), 0U);

    writes(daemon, "wang", kase, "approve");
    daemon.clock.turn(std::chrono::seconds{46});
    EXPECT_EQ(others(daemon.as("qian").get(path)), 0U);
}

TEST(HttpPresence, IsForThoseWhoMaySeeTheCaseAndTakesNothingElse) {
    Daemon daemon;
    const auto kase = daemon.file();
    EXPECT_EQ(daemon.as("other").get("/api/v1/cases/" + kase + "/presence").status, 404);
    EXPECT_EQ(writes(daemon, "other", kase, "approve").status, 404);
    EXPECT_EQ(writes(daemon, "auditor", kase, "approve").status, 403) << "acts in none";
    const auto path = "/api/v1/cases/" + kase + "/presence";
    for (const std::string body : {R"({})", R"({"form": 3})", R"({"form": "a", "x": 1})"})
        EXPECT_EQ(daemon.as("wang").post(path, body).status, 422) << body;
    EXPECT_EQ(writes(daemon, "wang", kase, std::string(200, 'x')).status, 422);
}

TEST(HttpPresence, TheStreamTellsOfItAndNamesNobody) {
    Daemon daemon;
    const auto kase = daemon.file();
    auto duty = daemon.as("qian");
    auto stranger = daemon.as("other");
    for (auto* client : {&duty, &stranger}) {
        client->connect();
        client->send(client->message("GET", "/api/v1/stream", {}, {}));
        EXPECT_TRUE(client->hears("event: hello\nid: "));
    }
    writes(daemon, "wang", kase, "approve");
    EXPECT_TRUE(duty.hears("event: presence\nid: "));
    duty.next_line();
    EXPECT_EQ(duty.next_line(), "data: {\"id\":\"" + kase + "\"}");
    // The first the stranger hears of is a case of its own.
    ASSERT_EQ(daemon.as("other")
                  .post("/api/v1/alerts", R"({"days": 2, "enterprise": {"name": "Other Works"}})")
                  .status,
              201);
    EXPECT_TRUE(stranger.hears("event: "));
    EXPECT_EQ(stranger.next_line(), "case");
}

TEST(Presence, TheOldestGivesWayWhenThereAreTooMany) {
    Presence presence;
    const engine::time::Instant now{};
    for (std::size_t i = 0; i <= Presence::most; ++i)
        EXPECT_TRUE(presence.enter(
            {"c1", engine::model::AccountId{"a" + std::to_string(i)}, {}, "f"}, now));
    EXPECT_EQ(presence.others("c1", {}, now).size(), Presence::most);
    EXPECT_FALSE(presence.leave("c1", engine::model::AccountId{"a0"}, now));
    EXPECT_TRUE(presence.leave("c1", engine::model::AccountId{"a1"}, now));
}

TEST(Presence, RepeatingOneselfIsNoNewsAnotherFormIs) {
    Presence presence;
    const engine::time::Instant now{};
    EXPECT_TRUE(presence.enter({"c1", engine::model::AccountId{"a"}, {}, "f"}, now));
    EXPECT_FALSE(presence.enter({"c1", engine::model::AccountId{"a"}, {}, "f"}, now));
    EXPECT_TRUE(presence.enter({"c1", engine::model::AccountId{"a"}, {}, "g"}, now));
    EXPECT_EQ(presence.others("c1", {}, now + Presence::life).size(), 0U);
}

}  // namespace
}  // namespace jinqiao::tests
