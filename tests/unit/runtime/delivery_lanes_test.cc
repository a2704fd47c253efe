// The dispatcher and providers that limit, fail and come back.
#include <algorithm>
#include <atomic>
#include <boost/json/serialize.hpp>
#include <future>

#include "tests/unit/runtime/office_engine.h"
#include "tests/unit/runtime/post.h"

namespace jinqiao::tests {
namespace {

using ports::Outcome;
using namespace std::chrono_literals;

struct Lanes : OfficeEngine {
    runtime::ChannelSettings& use() { return settings.deliveries.otherwise; }
    std::vector<ports::DeliveryRow> in_state(const std::string& state) {
        auto reader = store.reader();
        return *(*reader)->deliveries_in_state(state, 0, 1000);
    }
    std::size_t sent_to(const std::string& address) const {
        const auto sent = channel->sent();
        return static_cast<std::size_t>(std::count_if(
            sent.begin(), sent.end(), [&](const auto& one) { return one.address == address; }));
    }
};

TEST(Lanes, BeyondTheRateNoticesArriveTogether) {
    Lanes daemon;
    daemon.channel->endpoint_each();
    daemon.use().lane.burst = 1;
    daemon.use().lane.every = 300ms;
    daemon.use().merge_from = 3;
    daemon.start();
    std::vector<model::CaseId> cases;
    for (int i = 0; i < 20; ++i) cases.push_back(daemon.file());
    EXPECT_TRUE(come_true(
        [&] { return daemon.in_state("pending").empty() && daemon.in_state("merged").empty(); }));
    daemon.stop();
    EXPECT_LT(daemon.sent_to("tao"), 12U) << "twenty alerts, one each 300 ms";
    EXPECT_GE(daemon.sent_to("tao"), 2U);
    auto reader = daemon.store.reader();
    for (const auto& id : cases) {
        const auto rows = (*reader)->notices(id);
        for (const auto& row : *rows) EXPECT_EQ(row.state, "delivered");
    }
}

// The lane opens while the merge waits for the disk: what is in it has its place there.
TEST(Lanes, WhatIsBeingMergedIsNotSentMeanwhile) {
    Lanes daemon;
    daemon.channel->endpoint_each();
    daemon.use().lane.burst = 1;
    daemon.use().lane.every = 1s;
    daemon.use().merge_from = 3;
    std::atomic<int> commits_to_hold{0};
    std::promise<void> held, go_on;
    daemon.start([&](runtime::Engine& engine) {
        engine.on_commit([&, waiting = go_on.get_future().share()](auto) {
            if (commits_to_hold.fetch_sub(1) != 1) return;
            held.set_value();
            waiting.wait();
        });
    });
    std::vector<model::CaseId> cases{daemon.file()};
    const auto open = std::chrono::steady_clock::now() + daemon.use().lane.every;
    EXPECT_TRUE(come_true([&] { return daemon.in_state("delivered").size() == 2; }));
    for (int i = 0; i < 2; ++i) cases.push_back(daemon.file());
    commits_to_hold = 1;
    auto last = submission(filing(3));
    std::promise<model::CaseId> filed;
    last.done = [&](const auto& answer) { filed.set_value(accepted(answer)->kase->id); };
    ASSERT_TRUE(daemon.engine->submit(std::move(last)));
    held.get_future().wait();
    daemon.engine->wake();
    daemon.channel->hold(true);
    come_true([&] {
        return daemon.sent_to("tao") > 1 || std::chrono::steady_clock::now() > open + 300ms;
    });
    go_on.set_value();
    cases.push_back(filed.get_future().get());
    EXPECT_TRUE(come_true([&] { return !daemon.in_state("merged").empty(); }));
    daemon.channel->hold(false);
    for (const auto& answer : daemon.channel->take_held())
        answer(outcome(Outcome::Kind::delivered));
    EXPECT_TRUE(come_true(
        [&] { return daemon.in_state("pending").empty() && daemon.in_state("merged").empty(); }));
    daemon.stop();
    const auto sent = daemon.channel->sent();
    auto reader = daemon.store.reader();
    for (const auto& id : cases) {
        const auto notices = *(*reader)->notices(id);
        for (const auto& row : notices) {
            EXPECT_EQ(row.state, "delivered");
            if (row.sign_url.empty()) continue;
            EXPECT_EQ(std::count_if(sent.begin(), sent.end(),
                                    [&](const auto& one) {
                                        return one.address == row.notice.address &&
                                               boost::json::serialize(one.body).find(
                                                   row.sign_url) != std::string::npos;
                                    }),
                      1);
        }
    }
}

TEST(Lanes, OneThatFailsAgainAndAgainIsLeftAlone) {
    Lanes daemon;
    daemon.use().lane.failures = 3;
    daemon.use().lane.pause = 1h;
    daemon.use().concurrency = 1;
    daemon.channel->answer_with([](const auto&) { return outcome(Outcome::Kind::retry); });
    daemon.start();
    for (int i = 0; i < 20; ++i) daemon.file();
    EXPECT_TRUE(daemon.channel->wait_for(3));
    daemon.clock.forward(10min);
    daemon.engine->wake();
    for (int i = 0; i < 20; ++i) daemon.file();
    daemon.stop();
    EXPECT_EQ(daemon.channel->sent().size(), 3U);
    EXPECT_EQ(daemon.in_state("pending").size(), 80U) << "nothing is lost";
}

TEST(Lanes, OneEndpointThatIsDownHoldsUpNoOther) {
    Lanes daemon;
    daemon.channel->endpoint_each();
    daemon.use().lane.failures = 1;
    daemon.use().lane.pause = 1h;
    daemon.channel->answer_with([](const ports::Transmission& sent) {
        return outcome(sent.address == "tao" ? Outcome::Kind::retry : Outcome::Kind::delivered);
    });
    daemon.start();
    for (int i = 0; i < 30; ++i) daemon.file();
    EXPECT_TRUE(come_true([&] { return daemon.in_state("delivered").size() == 30; }));
    daemon.stop();
    EXPECT_LE(daemon.sent_to("tao"), daemon.use().concurrency);
}

TEST(Lanes, WhatWaitsForOneThatIsDownIsPassedOnToTheNextContact) {
    Lanes daemon;
    const auto sms = std::make_shared<RecordingNotifier>();
    sms->answer_with([](const auto&) { return outcome(Outcome::Kind::retry); });
    daemon.notifiers["sms"] = sms;
    set_contacts(daemon, {{"sms", "138"}, {"file", "tao"}});
    auto& use = daemon.settings.deliveries.channels["sms"];
    use.lane.failures = 1;
    use.lane.pause = 1h;
    use.concurrency = 1;
    use.pass_on = {5min, 5min, 5min, 5min};
    daemon.start();
    daemon.file();
    EXPECT_TRUE(sms->wait_for(1));
    daemon.file();
    EXPECT_EQ(daemon.sent_to("tao"), 0U);
    daemon.clock.forward(6min);
    EXPECT_TRUE(come_true([&] {
        daemon.engine->wake();
        return daemon.sent_to("tao") >= 2;
    }));
    daemon.stop();
    EXPECT_EQ(sms->sent().size(), 1U) << "nothing more was sent to the one that is down";
    auto reader = daemon.store.reader();
    EXPECT_TRUE((*reader)->dead_letters({}, 10)->empty());
}

// The last contact is not given up for being down.
TEST(Lanes, WhatHasNoOtherWayWaits) {
    Lanes daemon;
    daemon.use().lane.failures = 1;
    daemon.use().lane.pause = 1h;
    daemon.use().concurrency = 1;
    daemon.use().pass_on = {5min, 5min, 5min, 5min};
    daemon.channel->answer_with([](const auto&) { return outcome(Outcome::Kind::retry); });
    daemon.start();
    daemon.file();
    EXPECT_TRUE(daemon.channel->wait_for(1));
    daemon.clock.forward(20h);
    daemon.engine->wake();
    daemon.file();
    daemon.stop();
    EXPECT_GE(daemon.in_state("pending").size(), 4U);
    EXPECT_TRUE(daemon.in_state("dead").empty());
    EXPECT_EQ(daemon.channel->sent().size(), 1U);
    auto reader = daemon.store.reader();
    for (const auto& row : daemon.in_state("pending"))
        EXPECT_LE((*reader)->attempts(row.id)->size(), 1U);
}

TEST(Lanes, WhatComesBackAfterADayDownGetsEverythingOnce) {
    Lanes daemon;
    daemon.use().lane.failures = 2;
    daemon.use().lane.pause = 1ms;
    daemon.use().lane.longest = 20ms;
    std::atomic<bool> down{true};
    daemon.channel->answer_with([&](const auto&) {
        return outcome(down ? Outcome::Kind::retry : Outcome::Kind::delivered);
    });
    daemon.start();
    for (int i = 0; i < 15; ++i) daemon.file();
    EXPECT_TRUE(daemon.channel->wait_for(4));
    down = false;
    daemon.clock.forward(20h);
    daemon.engine->wake();
    EXPECT_TRUE(come_true([&] {
        daemon.go_on_if_idle();
        return daemon.in_state("pending").empty();
    }));
    daemon.stop();
    EXPECT_TRUE(daemon.in_state("dead").empty());
    EXPECT_GE(daemon.in_state("delivered").size(), 30U);
}

}  // namespace
}  // namespace jinqiao::tests
