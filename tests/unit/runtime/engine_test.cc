#include "engine/runtime/engine.h"

#include <future>
#include <set>

#include "tests/support/passing_reader.h"
#include "tests/support/store_rows.h"
#include "tests/unit/runtime/office_engine.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

using model::ErrorCode;
using ports::Outcome;
using runtime::Answer;
using runtime::Engine;
using namespace std::chrono_literals;

TEST(Engine, NoticesOfACommitAreDeliveredAndSignedForClocksStart) {
    OfficeEngine daemon;
    daemon.start();
    const auto id = daemon.file();
    EXPECT_TRUE(daemon.wait_until([&] {
        const auto* kase = daemon.latest(id);
        return kase != nullptr && kase->clock("asg.sign", kase->assignments.front().id.value);
    }));
    daemon.stop();
    EXPECT_GE(daemon.channel->sent().size(), 2U);
}

// A due time used to keep the calendar of the day on which its clock was started.
TEST(Engine, StartUnderANewCalendarReckonsRunningCasesAnew) {
    OfficeEngine daemon;
    daemon.start();
    const auto id = daemon.file();
    ASSERT_NE(accepted(daemon.send(command("ask", id, {}, filer()))), nullptr);
    daemon.stop();
    auto data = time::testing::data_2026();
    data.version = "2026-b";
    data.off.emplace(time::testing::day("2026-03-06"), "停工");
    daemon.world.update([&](runtime::World& world) {
        world.calendar = std::make_shared<const time::Calendar>(data);
    });
    daemon.start();
    EXPECT_TRUE(daemon.wait_until([&] {
        const auto* kase = daemon.latest(id);
        return kase != nullptr && kase->clock("st.decide") != nullptr &&
               kase->clock("st.decide")->calendar_version == "2026-b";
    }));
    daemon.stop();
}

// Counts what is read of the deliveries that are ready.
class CountedReads final : public ports::Store {
  public:
    explicit CountedReads(ports::Store& inner) : inner_(inner) {}

    model::Result<std::unique_ptr<ports::Batch>> begin() override { return inner_.begin(); }
    model::Result<std::unique_ptr<ports::Reader>> reader() override {
        auto opened = inner_.reader();
        if (!opened) return opened.error();
        return std::unique_ptr<ports::Reader>(std::make_unique<Reader>(std::move(*opened), rows_));
    }
    model::Status maintain(bool idle) override { return inner_.maintain(idle); }
    std::string describe() const override { return inner_.describe(); }
    std::size_t rows() const { return rows_; }

  private:
    struct Reader final : PassingReader {
        Reader(std::unique_ptr<ports::Reader> reader, std::atomic<std::size_t>& counter)
            : PassingReader(*reader), owned(std::move(reader)), rows(counter) {}
        model::Result<std::vector<ports::DeliveryRow>> deliveries_ready(const std::string& channel,
                                                                        time::Instant until,
                                                                        int limit) override {
            auto found = PassingReader::deliveries_ready(channel, until, limit);
            if (found) rows += found->size();
            return found;
        }
        std::unique_ptr<ports::Reader> owned;
        std::atomic<std::size_t>& rows;
    };

    ports::Store& inner_;
    std::atomic<std::size_t> rows_{0};
};

// After an outage tens of thousands wait; reading them all again for each one that goes out took
// seconds per notice.
TEST(Engine, ABacklogIsReadOnceNotOncePerDelivery) {
    constexpr std::size_t waiting = 2000;
    OfficeEngine daemon;
    {
        auto batch = daemon.store.begin();
        ASSERT_TRUE(batch.ok());
        for (std::size_t i = 0; i < waiting; ++i) {
            const auto number = std::to_string(i);
            auto going = support::rows::delivery("d" + number, "c" + number, "hrss");
            going.next_at = daemon.clock.now();
            ASSERT_TRUE((*batch)->add_delivery(going).ok());
            auto row = support::rows::notice("n" + number, "c" + number, "d" + number);
            row.notice.assignment = {};
            ASSERT_TRUE((*batch)->add_notice(row).ok());
        }
        ASSERT_TRUE((*batch)->commit().ok());
    }
    CountedReads counted(daemon.store);
    auto parts = daemon.parts();
    parts.store = &counted;
    Engine engine(parts, runtime::Notifiers{{"file", daemon.channel}}, daemon.settings,
                  [](const model::Error& error) { ADD_FAILURE() << error.what; });
    ASSERT_TRUE(engine.start().ok());
    EXPECT_TRUE(come_true([&] { return daemon.channel->sent().size() >= waiting; }));
    engine.stop();
    EXPECT_EQ(daemon.channel->sent().size(), waiting);
    EXPECT_LT(counted.rows(), 20 * waiting);  // some are under way and read again, never the rest
}

TEST(Engine, NoticesGoOutAlthoughTheClockWasSetBack) {
    OfficeEngine daemon;
    daemon.start();
    daemon.file();
    ASSERT_TRUE(come_true([&] { return daemon.channel->sent().size() >= 2; }));
    const auto before = daemon.channel->sent().size();
    daemon.clock.set(daemon.clock.now() - 2h);
    daemon.file();
    EXPECT_TRUE(come_true([&] { return daemon.channel->sent().size() >= before + 2; }));
}

TEST(Engine, ABacklogOfOneChannelLeavesRoomForAnother) {
    OfficeEngine daemon;
    const auto other = std::make_shared<RecordingNotifier>();
    daemon.settings.deliveries.in_flight = 1;
    {
        auto batch = daemon.store.begin();
        ASSERT_TRUE(batch.ok());
        for (int i = 0; i < 40; ++i) {
            const auto number = std::to_string(i);
            auto going = support::rows::delivery("d" + number, "c" + number, "hrss");
            going.next_at = daemon.clock.now();
            auto row = support::rows::notice("n" + number, "c" + number, "d" + number);
            row.notice.assignment = {};
            if (i == 39) going.channel = row.notice.channel = "other";
            ASSERT_TRUE((*batch)->add_delivery(going).ok());
            ASSERT_TRUE((*batch)->add_notice(row).ok());
        }
        ASSERT_TRUE((*batch)->commit().ok());
    }
    std::size_t before_other = 0;
    other->answer_with([&](const ports::Transmission&) {
        before_other = daemon.channel->sent().size();
        return Outcome{Outcome::Kind::delivered, "ok", {}, {}, {}};
    });
    Engine engine(daemon.parts(), runtime::Notifiers{{"file", daemon.channel}, {"other", other}},
                  daemon.settings, [](const model::Error& error) { ADD_FAILURE() << error.what; });
    ASSERT_TRUE(engine.start().ok());
    EXPECT_TRUE(come_true([&] { return daemon.channel->sent().size() == 39; }));
    engine.stop();
    ASSERT_EQ(other->sent().size(), 1U);
    EXPECT_LT(before_other, 10U);
}

// A store that cannot be written to for a while.
class FullDisk final : public ports::Store {
  public:
    explicit FullDisk(ports::Store& inner) : inner_(inner) {}

    model::Result<std::unique_ptr<ports::Batch>> begin() override {
        if (!full) return inner_.begin();
        ++refused;
        return model::Error{ErrorCode::disk_full, "no space left", "store"};
    }
    model::Result<std::unique_ptr<ports::Reader>> reader() override { return inner_.reader(); }
    model::Status maintain(bool idle) override { return inner_.maintain(idle); }
    std::string describe() const override { return inner_.describe(); }

    std::atomic<bool> full{false};
    std::atomic<int> refused{0};

  private:
    ports::Store& inner_;
};

TEST(Engine, WhatWasSentIsNotSentAgainBecauseTheDiskIsFull) {
    OfficeEngine daemon;
    FullDisk disk(daemon.store);
    daemon.channel->answer_with([&](const ports::Transmission&) {
        if (disk.refused == 0) disk.full = true;  // from the first message on
        return Outcome{Outcome::Kind::delivered, "ok", {}, {}, {}};
    });
    auto parts = daemon.parts();
    parts.store = &disk;
    Engine engine(parts, runtime::Notifiers{{"file", daemon.channel}}, daemon.settings,
                  [](const model::Error& error) { ADD_FAILURE() << error.what; });
    ASSERT_TRUE(engine.start().ok());
    std::promise<Answer> promise;
    auto filing_in = submission(filing(3));
    filing_in.done = [&promise](Answer answer) { promise.set_value(std::move(answer)); };
    ASSERT_TRUE(engine.submit(std::move(filing_in)));
    const auto answer = promise.get_future().get();
    ASSERT_NE(accepted(answer), nullptr);
    const auto id = accepted(answer)->kase->id;
    ASSERT_TRUE(come_true([&] { return disk.refused >= 4; }));
    disk.full = false;
    EXPECT_TRUE(come_true([&] {
        auto reader = daemon.store.reader();
        return *(*reader)->count("deliveries_pending") == 0;
    }));
    engine.stop();
    std::set<std::string> once;
    for (const auto& transmission : daemon.channel->sent()) once.insert(transmission.id);
    EXPECT_EQ(daemon.channel->sent().size(), once.size());
    auto reader = daemon.store.reader();
    const auto rows = *(*reader)->notices(id);
    ASSERT_FALSE(rows.empty());
    for (const auto& row : rows) {
        EXPECT_EQ(row.state, "delivered");
        EXPECT_EQ((*reader)->attempts(row.delivery)->size(), 1U);
    }
}

TEST(Engine, PendingDeliveriesAreSentAgainAfterARestartUnderTheSameId) {
    OfficeEngine daemon;
    daemon.channel->hold(true);  // takes them and never says so
    daemon.start();
    daemon.file();
    ASSERT_TRUE(daemon.channel->wait_for(2));
    daemon.stop();
    const auto before = daemon.channel->sent();
    daemon.channel->forget();
    daemon.store.crash();
    daemon.channel->hold(false);
    daemon.start();
    ASSERT_TRUE(daemon.channel->wait_for(before.size()));
    std::set<std::string> ids;
    for (const auto& sent : daemon.channel->sent()) ids.insert(sent.id);
    for (const auto& sent : before) EXPECT_TRUE(ids.contains(sent.id));
    // An answer that comes after its engine has gone is nobody's.
    for (auto& done : daemon.channel->take_held()) done({Outcome::Kind::delivered, {}, {}, {}, {}});
}

TEST(Engine, ChannelIsGivenNoMoreAtOnceThanItTakes) {
    OfficeEngine daemon;
    daemon.settings.deliveries.otherwise.concurrency = 3;
    daemon.channel->hold(true);
    daemon.start();
    for (int i = 0; i < 5; ++i) daemon.file();
    ASSERT_TRUE(daemon.channel->wait_for(3));
    daemon.engine->wake();
    EXPECT_NE(refused(daemon.send(command("x", model::CaseId{"none"}, {}, person("wang")))),
              nullptr);
    EXPECT_EQ(daemon.channel->sent().size(), 3U);
    daemon.channel->hold(false);
    for (auto& done : daemon.channel->take_held()) done({Outcome::Kind::delivered, {}, {}, {}, {}});
    EXPECT_TRUE(daemon.channel->wait_for(10));
}

TEST(Engine, AddressThatHangsLeavesRoomForTheOthers) {
    OfficeEngine daemon;
    daemon.settings.deliveries.otherwise.concurrency = 3;
    daemon.settings.deliveries.otherwise.each = 2;
    daemon.channel->hold(true);
    daemon.start();
    for (int i = 0; i < 5; ++i) daemon.file();
    std::size_t seen = 0, hanging = 0, answered = 0;
    std::string hangs;
    std::vector<RecordingNotifier::Done> held;
    while (answered < 5 && daemon.channel->wait_for(seen + 1)) {
        for (auto& done : daemon.channel->take_held()) held.push_back(std::move(done));
        const auto sent = daemon.channel->sent();
        if (hangs.empty()) hangs = sent.front().address;
        for (; seen < held.size(); ++seen) {
            if (sent[seen].address == hangs) {
                ++hanging;
                continue;
            }
            ++answered;
            held[seen]({Outcome::Kind::delivered, {}, {}, {}, {}});
        }
    }
    EXPECT_EQ(answered, 5U);
    EXPECT_EQ(hanging, 2U);
}

TEST(Engine, SlotIsFreeOnceAnAnswerIsThereWhateverItsRecordWaitsFor) {
    OfficeEngine daemon;
    daemon.settings.deliveries.otherwise.concurrency = 1;
    daemon.start();
    daemon.file();
    daemon.file();
    EXPECT_TRUE(come_true([&] { return daemon.engine->stats().deliveries.delivered == 4; }));
    daemon.stop();
    std::set<std::string> ids;
    for (const auto& sent : daemon.channel->sent()) ids.insert(sent.id);
    EXPECT_EQ(ids.size(), 4U);
    EXPECT_EQ(daemon.channel->sent().size(), 4U);  // none a second time before its record was there
}

TEST(Engine, ChannelThatNeverAnswersCountsAsUnknown) {
    OfficeEngine daemon;
    daemon.settings.deliveries.otherwise.patience = 1ms;
    daemon.settings.deliveries.otherwise.recognises_repeats = false;
    daemon.channel->hold(true);
    daemon.start();
    const auto id = daemon.file();
    EXPECT_TRUE(daemon.wait_until([&] {
        const auto* kase = daemon.latest(id);
        return kase != nullptr && kase->seq > 1;  // delivery_failed
    }));
    daemon.stop();
    auto reader = daemon.store.reader();
    EXPECT_FALSE((*reader)->deliveries_in_state("dead", 0, 10)->empty());
}

TEST(Engine, StopAnswersEverybodyAndTakesNoMore) {
    OfficeEngine daemon;
    daemon.start();
    std::vector<std::future<Answer>> answers;
    for (int i = 0; i < 100; ++i) {
        auto promise = std::make_shared<std::promise<Answer>>();
        auto one = submission(filing(2));
        one.done = [promise](Answer answer) { promise->set_value(std::move(answer)); };
        answers.push_back(promise->get_future());
        ASSERT_TRUE(daemon.engine->submit(std::move(one)));
    }
    daemon.engine->stop();
    for (auto& answer : answers) {
        ASSERT_EQ(answer.wait_for(0s), std::future_status::ready);
        EXPECT_NE(accepted(answer.get()), nullptr);
    }
    EXPECT_FALSE(daemon.engine->submit(submission(filing(2))));
}

}  // namespace
}  // namespace jinqiao::tests
