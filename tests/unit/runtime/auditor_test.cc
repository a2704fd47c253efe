#include "engine/runtime/auditor.h"

#include <ostream>

#include "engine/runtime/firing.h"
#include "tests/support/passing_reader.h"
#include "tests/unit/runtime/office.h"

namespace jinqiao::engine::runtime {

void PrintTo(const Complaint& complaint, std::ostream* out) {
    *out << complaint.code << ' ' << complaint.subject;
}

}  // namespace jinqiao::engine::runtime

namespace jinqiao::tests {
namespace {

using namespace std::chrono_literals;
using runtime::Auditor;
using runtime::Complaint;
using Complaints = std::vector<Complaint>;

class Auditing : public testing::Test {
  protected:
    Complaints look(runtime::Standstill standstill = {}) {
        const auto reader = office.reader();
        const auto done =
            auditor.look(*reader, *office.world.get()->directory, office.clock.now(), standstill);
        EXPECT_TRUE(done.ok());
        return auditor.report().complaints;
    }
    void pass(std::chrono::milliseconds span) { office.clock.set(office.clock.now() + span); }
    void change_store(const std::function<void(ports::Batch&)>& change) {
        auto batch = office.store.begin();
        ASSERT_TRUE(batch.ok());
        change(**batch);
        ASSERT_TRUE((*batch)->commit().ok());
    }
    void drop_timers(const model::CaseId& id) {
        const auto timers = office.reader()->timers_of(id);
        ASSERT_TRUE(timers.ok());
        change_store([&](ports::Batch& batch) {
            for (const auto& timer : *timers) ASSERT_TRUE(batch.erase_timer(id, timer.slot).ok());
        });
    }
    void deliver_all() {
        const auto pending = *office.reader()->deliveries_in_state("pending", 0, 1000);
        for (const auto& row : pending) office.send(delivered(row.id));
    }
    static runtime::Submission delivered(const std::string& id) {
        runtime::Submission outcome;
        outcome.work = runtime::DeliveryOutcome{
            id, 1, {ports::Outcome::Kind::delivered, "ok", {}, {}, {}}, {}, {}};
        return outcome;
    }
    time::Instant next_due() {
        const auto due = runtime::next_due_at(*office.reader(), office.world);
        EXPECT_TRUE(due.ok() && *due);
        return due.value().value_or(time::Instant{});
    }

    Office office;
    Auditor auditor{{.cases_a_look = 2}, office.clock.now()};
};

}  // namespace

TEST_F(Auditing, IsNotContentBeforeItHasLooked) {
    EXPECT_FALSE(auditor.report().content());
    look();
    EXPECT_TRUE(auditor.report().content());
}

TEST_F(Auditing, FindsNothingWrongWithCasesAsTheyAreFiled) {
    for (int i = 0; i < 5; ++i) office.file();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(look(), Complaints{});
    EXPECT_EQ(auditor.report().cases, 5U);
    EXPECT_EQ(auditor.report().rounds, 1U);
}

TEST_F(Auditing, ACaseWhoseTimerIsGoneIsFound) {
    const auto id = office.file();
    drop_timers(id);
    EXPECT_EQ(look(), (Complaints{{"timer.missing", id.value}}));
    EXPECT_FALSE(auditor.report().content());
}

TEST_F(Auditing, TwoHundredNewerCasesDoNotHideAnOldOne) {
    const auto old = office.file();
    drop_timers(old);
    for (int i = 0; i < 200; ++i) office.file();
    while (auditor.report().rounds == 0) look();
    EXPECT_EQ(auditor.report().complaints, (Complaints{{"timer.missing", old.value}}));
}

// Whatever there is, a look costs the same.
TEST_F(Auditing, ALookReadsNoMoreCasesThanItIsGiven) {
    struct Counted final : PassingReader {
        using PassingReader::PassingReader;
        model::Result<std::vector<ports::TimerRow>> timers_of(const model::CaseId& id) override {
            ++cases;
            return PassingReader::timers_of(id);
        }
        int cases = 0;
    };
    std::vector<model::CaseId> ids;
    for (int i = 0; i < 20; ++i) ids.push_back(office.file());
    for (const auto& id : ids) drop_timers(id);
    while (auditor.report().rounds == 0) look();
    ASSERT_EQ(auditor.report().complaints.size(), 20U);
    const auto reader = office.reader();
    Counted counted(*reader);
    const auto directory = office.world.get()->directory;
    ASSERT_TRUE(auditor.look(counted, *directory, office.clock.now()).ok());
    EXPECT_EQ(counted.cases, 4);  // two that are next, two of those complained of
}

TEST_F(Auditing, WhatWasMendedIsNoLongerComplainedOf) {
    const auto id = office.file();
    drop_timers(id);
    EXPECT_FALSE(look().empty());
    // Any decision arms the case again; filing more makes the next page start elsewhere.
    for (int i = 0; i < 3; ++i) office.file();
    const auto answer = office.act("chen", "ask", id);
    ASSERT_TRUE(std::holds_alternative<runtime::Accepted>(answer));
    EXPECT_EQ(look(), Complaints{});
}

TEST_F(Auditing, ADueInstantThatPassedWithoutFiringIsFound) {
    const auto id = office.file();
    deliver_all();
    const auto due = next_due();
    office.clock.set(due + 30s);
    look();
    EXPECT_EQ(look(), Complaints{});  // exactly the limit is within it
    office.clock.set(due + 30s + 1ms);
    look();
    EXPECT_EQ(look(), (Complaints{{"timer.overdue", id.value}}));
}

// After a night without the daemon all of them are late at once, and fire one after the other.
TEST_F(Auditing, ABacklogThatIsWorkedOffIsNotForgotten) {
    for (int i = 0; i < 30; ++i) office.file();
    deliver_all();
    const auto due = next_due();
    office.clock.set(due + 10h);
    auditor = Auditor{{}, office.clock.now()};
    EXPECT_EQ(look(), Complaints{});
    const auto reader = office.reader();
    auto fired = runtime::fire_due(*office.core, *reader, office.world, office.clock.now(), 25);
    ASSERT_TRUE(fired.ok());
    EXPECT_EQ(look(), Complaints{});
    EXPECT_FALSE(look().empty());  // nothing fired since
}

TEST_F(Auditing, AHeldClockIsSaidInsteadOfEveryTimer) {
    office.file();
    deliver_all();
    office.clock.set(next_due() + 24h);
    look({.clock_held = true});
    EXPECT_EQ(look({.clock_held = true}), (Complaints{{"clock.held", ""}}));
}

TEST_F(Auditing, ADiskThatTakesNothingIsAComplaint) {
    EXPECT_EQ(look({.disk_full = true}), (Complaints{{"disk.full", ""}}));
    EXPECT_EQ(look(), Complaints{});
}

TEST_F(Auditing, AMessageNobodyCarriedIsFoundUntilItIsDelivered) {
    office.file();
    pass(15min);
    EXPECT_EQ(look(), Complaints{});
    pass(1ms);
    const auto complaints = look();
    ASSERT_FALSE(complaints.empty());
    for (const auto& complaint : complaints) EXPECT_EQ(complaint.code, "notice.overdue");
    deliver_all();
    EXPECT_EQ(look(), Complaints{});
}

TEST_F(Auditing, MessagesFromBeforeTheStartAreGivenTheirTime) {
    office.file();
    pass(24h);
    auditor = Auditor{{}, office.clock.now()};
    const auto overdue = [&] {
        for (const auto& complaint : look())
            if (complaint.code == "notice.overdue") return true;
        return false;
    };
    EXPECT_FALSE(overdue());
    pass(15min + 1ms);
    EXPECT_TRUE(overdue());
}

// What quiet hours hold used to fill the page, and the one behind it that had failed was not seen.
TEST_F(Auditing, HundredsThatAreHeldDoNotHideOneThatFails) {
    const auto id = office.file();
    deliver_all();
    const auto sample = office.notices(id).front();
    const auto put = [&](ports::Batch& batch, int i, bool held) {
        auto row = sample;
        row.notice.id.value = row.delivery = "n" + std::to_string(i);
        row.notice.key = row.delivery;
        row.state = "pending";
        if (held) row.notice.not_before = office.clock.now() + 8h;
        ports::DeliveryRow going;
        going.id = row.delivery;
        going.kase.value = row.delivery;
        going.channel = row.notice.channel;
        going.address = row.notice.address;
        going.state = "pending";
        going.attempts = held ? 0 : 3;
        going.next_at = office.clock.now() + 8h;
        ASSERT_TRUE(batch.add_notice(row).ok());
        ASSERT_TRUE(batch.add_delivery(going).ok());
    };
    change_store([&](ports::Batch& batch) {
        for (int i = 0; i < 450; ++i) put(batch, i, true);
        put(batch, 450, false);
    });
    pass(1h);
    for (int i = 0; i < 3; ++i) look();
    EXPECT_EQ(look().back(), (Complaint{"notice.overdue", "n450"}));
}

TEST_F(Auditing, ACaseThatReachesNobodyIsFound) {
    const auto id = office.file();
    auto directory = *office.world.get()->directory;
    for (auto& [person, row] : directory.people) row.enabled = false;
    const auto reader = office.reader();
    ASSERT_TRUE(auditor.look(*reader, directory, office.clock.now()).ok());
    EXPECT_EQ(auditor.report().complaints, (Complaints{{"lacking.addressee", id.value}}));
}

TEST_F(Auditing, WhatCannotBeReadIsFound) {
    const auto id = office.file();
    change_store([&](ports::Batch& batch) {
        auto row = *batch.find_case(id);
        row->body = "no JSON";
        ASSERT_TRUE(batch.put_case(*row, row->seq).ok());
    });
    EXPECT_EQ(look(), (Complaints{{"case.unreadable", id.value}}));
}

}  // namespace jinqiao::tests
