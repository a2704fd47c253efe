#include "engine/runtime/audit_service.h"

#include <boost/asio/io_context.hpp>
#include <future>
#include <thread>

#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

using namespace std::chrono_literals;
using runtime::AuditService;
using Texts = std::vector<std::string>;

// A store of which a test says what it answers to whoever wants to write.
class Stubborn final : public ports::Store {
  public:
    explicit Stubborn(ports::Store& inner) : inner_(inner) {}
    model::Result<std::unique_ptr<ports::Batch>> begin() override {
        const auto answer = answer_.load();
        if (answer == model::ErrorCode::internal) return inner_.begin();
        return model::Error{answer, "as the test says", "store"};
    }
    model::Result<std::unique_ptr<ports::Reader>> reader() override { return inner_.reader(); }
    model::Status maintain(bool idle) override { return inner_.maintain(idle); }
    std::string describe() const override { return inner_.describe(); }
    void refuse(model::ErrorCode code) { answer_ = code; }
    void give_way() { answer_ = model::ErrorCode::internal; }

  private:
    ports::Store& inner_;
    std::atomic<model::ErrorCode> answer_{model::ErrorCode::internal};
};

// The audit service over an office, with an io_context that runs when the test lets it.
class AuditServing : public testing::Test {
  protected:
    AuditServing() {
        auto parts = office.parts();
        parts.store = &store;
        core = std::make_unique<runtime::Core>(parts, office_settings());
        EXPECT_TRUE(core->process({}).ok());
        committer = std::make_unique<runtime::Committer>(
            *core, store, runtime::CommitterSettings{},
            [](const model::Error& error) { ADD_FAILURE() << error.what; });
        settings.every = 1h;
    }
    ~AuditServing() override {
        end();
        committer->stop();
    }
    void begin() {
        service = std::make_unique<AuditService>(
            AuditService::Parts{&io, &store, &office.clock, &office.world, committer.get(),
                                [this] { return held; }, [this] { ++signs; }},
            settings);
        ASSERT_TRUE(service->start().ok());
        run();
    }
    void end() {
        if (!service) return;
        service->stop();
        run();
        service.reset();
    }
    void look() {
        service->wake();
        run();
    }
    // Until nothing is left to do: the committer answers in order.
    void run() {
        io.restart();
        io.poll();
        if (committer->read_only()) return;
        std::promise<void> answered;
        runtime::Submission nothing;
        nothing.work = runtime::Registration{};
        nothing.done = [&](const runtime::Answer&) { answered.set_value(); };
        ASSERT_TRUE(committer->submit(std::move(nothing)));
        answered.get_future().wait();
        io.restart();
        io.poll();
    }
    // What was told, in order, by the directory's stream.
    Texts told() {
        Texts out;
        for (const auto& row : office.history("directory"))
            for (const std::string kind : {"alarm_over", "alarm"})
                if (row.body.find("\"name\":\"" + kind + "\",\"payload\"") != std::string::npos) {
                    out.push_back(kind);
                    break;
                }
        return out;
    }

    Office office;
    Stubborn store{office.store};
    boost::asio::io_context io;
    std::unique_ptr<runtime::Core> core;
    std::unique_ptr<runtime::Committer> committer;
    runtime::AuditSettings settings;
    std::unique_ptr<AuditService> service;
    bool held = false;
    int signs = 0;
};

TEST_F(AuditServing, AnAlarmIsToldOnceAndSoIsItsEnd) {
    begin();
    EXPECT_EQ(told(), Texts{});
    held = true;
    for (int i = 0; i < 3; ++i) look();
    EXPECT_EQ(told(), Texts{"alarm"});
    held = false;
    for (int i = 0; i < 3; ++i) look();
    EXPECT_EQ(told(), (Texts{"alarm", "alarm_over"}));
    held = true;
    look();
    EXPECT_EQ(told(), (Texts{"alarm", "alarm_over", "alarm"}));
}

TEST_F(AuditServing, AnAlarmIsAnUrgentNoticeToTheFallbackDeskWhereNobodyIsNamed) {
    begin();
    held = true;
    look();
    const auto notices = office.notices(model::CaseId{"directory"});
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].notice.event, "alarm");
    EXPECT_EQ(notices[0].notice.addressee.text(), "post:fallback_desk");
    EXPECT_TRUE(notices[0].notice.urgent);
    EXPECT_EQ(notices[0].notice.vars.at("what"), (boost::json::value{"clock.held"}));
    EXPECT_EQ(notices[0].state, "pending");
}

TEST_F(AuditServing, WhoeverHearsOfGapsHearsOfAlarms) {
    office.world.update([](runtime::World& world) {
        auto directory = *world.directory;
        directory.announcements.gaps_to = {model::PostId{"chief"}, model::PostId{"desk"}};
        world.directory = std::make_shared<const engine::policy::Directory>(directory);
    });
    begin();
    held = true;
    look();
    Texts to;
    for (const auto& row : office.notices(model::CaseId{"directory"}))
        if (row.notice.event == "alarm") to.push_back(row.notice.addressee.text());
    EXPECT_EQ(to, (Texts{"post:chief", "post:desk"}));
}

TEST_F(AuditServing, WhatLastsIsToldAgainAndWhatIsNewAtOnce) {
    begin();
    held = true;
    look();
    const auto id = office.file();
    const auto timers = *office.reader()->timers_of(id);
    auto batch = office.store.begin();
    for (const auto& timer : timers) ASSERT_TRUE((*batch)->erase_timer(id, timer.slot).ok());
    ASSERT_TRUE((*batch)->commit().ok());
    look();
    EXPECT_EQ(told(), (Texts{"alarm", "alarm"}));
    look();
    EXPECT_EQ(told(), (Texts{"alarm", "alarm"}));
    end();
    settings.alarm_again = 0ms;
    begin();
    EXPECT_EQ(told().size(), 3U);
    look();
    EXPECT_EQ(told().size(), 4U);
}

// The program that begins knows what the one before it told.
TEST_F(AuditServing, ARestartNeitherRepeatsAnAlarmNorForgetsToEndIt) {
    begin();
    held = true;
    look();
    end();
    begin();
    look();
    EXPECT_EQ(told(), Texts{"alarm"});
    end();
    held = false;
    begin();
    EXPECT_EQ(told(), (Texts{"alarm", "alarm_over"}));
    end();
    begin();
    EXPECT_EQ(told(), (Texts{"alarm", "alarm_over"}));
}

TEST_F(AuditServing, GivesASignOfLifeOnlyWhileItIsContent) {
    begin();
    EXPECT_EQ(signs, 1);
    look();
    EXPECT_EQ(signs, 2);
    held = true;
    for (int i = 0; i < 3; ++i) look();
    EXPECT_EQ(signs, 2);
    EXPECT_FALSE(service->report().content());
    held = false;
    look();
    EXPECT_EQ(signs, 3);
    EXPECT_TRUE(service->report().content());
}

// A look reads many cases: one asked for again and again must not make a row of them.
TEST_F(AuditServing, LooksOnceForManyThatWakeIt) {
    begin();
    for (int i = 0; i < 1000; ++i) service->wake();
    run();
    EXPECT_EQ(signs, 2);
    look();
    EXPECT_EQ(signs, 3);
}

TEST_F(AuditServing, AnAlarmThatCouldNotBeWrittenIsToldAtTheNextLook) {
    begin();
    held = true;
    store.refuse(model::ErrorCode::unavailable);
    look();
    EXPECT_EQ(told(), Texts{});
    store.give_way();
    look();
    EXPECT_EQ(told(), Texts{"alarm"});
    held = false;
    store.refuse(model::ErrorCode::unavailable);
    look();
    store.give_way();
    look();
    EXPECT_EQ(told(), (Texts{"alarm", "alarm_over"}));
}

// No alarm can be written then: whoever misses the sign of life has to notice.
TEST_F(AuditServing, AFullDiskStopsTheSignOfLife) {
    begin();
    store.refuse(model::ErrorCode::disk_full);
    std::promise<void> answered;
    auto one = submission(filing(3));
    one.done = [&](const runtime::Answer&) { answered.set_value(); };
    ASSERT_TRUE(committer->submit(std::move(one)));
    answered.get_future().wait();
    while (!committer->read_only()) std::this_thread::yield();
    look();
    EXPECT_EQ(signs, 1);
    EXPECT_EQ(service->report().complaints, (std::vector<runtime::Complaint>{{"disk.full", ""}}));
    store.give_way();
}

}  // namespace
}  // namespace jinqiao::tests
