// A department's receiver is down for twenty hours: the engine as the daemon runs it and the real
// webhook, against the counterpart of `jinqiao channel serve-echo`. The engine's clock is turned by
// hand; how fast a channel may send is real time.
#include <algorithm>

#include "adapters/echo/server.h"
#include "adapters/notify/courier/courier.h"
#include "adapters/notify/signature.h"
#include "adapters/notify/webhook/webhook.h"
#include "tests/unit/runtime/office_engine.h"

namespace jinqiao::tests {
namespace {

using adapters::notify::webhook::Webhook;
using namespace std::chrono_literals;

constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

class Outage : public ::testing::Test {
  protected:
    // Another one, where the one before was.
    void far_side_comes(std::uint16_t port = 0) {
        adapters::echo::Settings known;
        known.secrets["webhook"] = {secret};
        known.now = now;
        far_side = std::make_unique<adapters::echo::Server>(
            known, std::make_shared<adapters::echo::Script>(), [this](const std::string& line) {
                const bool good = line.find("webhook 200 ok") != std::string::npos;
                std::lock_guard lock(mutex);
                ++(good ? taken : refused);
                if (!good) last_refused = line;
                came.notify_all();
            });
        ASSERT_TRUE(far_side->start({"127.0.0.1", port}));
    }
    std::uint16_t a_free_port() {
        far_side_comes();
        const auto port = far_side->port();
        far_side.reset();
        return port;
    }

    void channel_to(std::uint16_t port) {
        adapters::notify::webhook::Options options;
        options.reaching.allow_private = true;
        options.endpoints[""] = {"http://127.0.0.1:" + std::to_string(port) + "/hrss",
                                 {*adapters::notify::decode_secret(secret)}};
        daemon.notifiers["file"] = std::make_shared<Webhook>(
            std::move(options), std::make_shared<adapters::notify::courier::Courier>(), now);
        auto& use = daemon.settings.deliveries.otherwise;
        use.concurrency = 4;
        use.give_up_after = 7 * 24h;
        use.text_limit = 100'000;
        use.merge_from = 5;
        use.lane = {.burst = 5, .every = 20ms, .failures = 3, .pause = 20ms, .longest = 200ms};
    }
    std::vector<ports::DeliveryRow> rows(const std::string& state) {
        auto reader = daemon.store.reader();
        return *(*reader)->deliveries_in_state(state, 0, 10'000);
    }
    std::size_t in(const std::string& state) { return rows(state).size(); }
    std::size_t attempts(const std::string& state, const std::string& outcome) {
        auto reader = daemon.store.reader();
        std::size_t count = 0;
        const auto deliveries = rows(state);
        for (const auto& row : deliveries) {
            const auto tries = *(*reader)->attempts(row.id);
            count += static_cast<std::size_t>(
                std::count_if(tries.begin(), tries.end(),
                              [&](const auto& one) { return one.outcome == outcome; }));
        }
        return count;
    }
    bool all_arrived() {
        daemon.go_on_if_idle();
        if (in("pending") == 0 && in("merged") == 0) return true;
        std::unique_lock lock(mutex);
        came.wait_for(lock, 50ms);
        return false;
    }

    OfficeEngine daemon;
    std::unique_ptr<adapters::echo::Server> far_side;
    std::mutex mutex;
    std::condition_variable came;
    // Guarded by mutex.
    std::size_t taken = 0, refused = 0;
    std::string last_refused;
};

TEST_F(Outage, AReceiverThatComesBackGetsEverythingAndIsNotFlooded) {
    const auto port = a_free_port();
    channel_to(port);
    daemon.start();
    std::vector<model::CaseId> cases;
    for (int hour = 0; hour < 20; ++hour) {
        cases.push_back(daemon.file());
        daemon.clock.forward(1h);
        daemon.engine->wake();
    }
    const std::size_t waiting = in("pending");
    EXPECT_GE(waiting, 40U) << "two notices a case, and those of clocks";
    EXPECT_EQ(in("dead"), 0U);
    const auto asked = [&] { return daemon.engine->stats().deliveries.sent; };
    EXPECT_TRUE(come_true([&] { return asked() >= 6; }));
    EXPECT_LT(asked(), waiting / 4) << "whether it is back is tried now and then, not by each";

    const auto back = std::chrono::steady_clock::now();
    far_side_comes(port);
    EXPECT_TRUE(come_true([&] { return all_arrived(); }))
        << in("pending") << " still wait of " << waiting;
    const auto took = std::chrono::steady_clock::now() - back;
    const auto shut_lanes = daemon.engine->stats().deliveries.shut;
    EXPECT_TRUE(shut_lanes.empty());
    daemon.stop();
    far_side.reset();

    EXPECT_EQ(refused, 0U) << last_refused;
    EXPECT_LE(taken, 5U + static_cast<std::size_t>(took / 20ms) + 2U) << "beyond the rate";
    EXPECT_LT(taken, waiting) << "what waited travelled together";
    EXPECT_EQ(in("dead"), 0U);
    EXPECT_EQ(attempts("delivered", "delivered"), taken) << "nothing was sent twice";
    auto reader = daemon.store.reader();
    std::ptrdiff_t left = 0;
    for (const auto& id : cases) {
        const auto notices = *(*reader)->notices(id);
        EXPECT_GE(notices.size(), 2U);
        left += std::count_if(notices.begin(), notices.end(),
                              [](const auto& row) { return row.state != "delivered"; });
    }
    EXPECT_EQ(left, 0);
}

}  // namespace
}  // namespace jinqiao::tests
