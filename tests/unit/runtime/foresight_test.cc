#include "engine/runtime/foresight.h"

#include "engine/runtime/firing.h"
#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

using runtime::Submission;

// A case whose first timer is due, and the submission that fires it.
struct Due : Office {
    model::CaseId id = file();

    Due() {
        const auto rows = timers(id);
        EXPECT_FALSE(rows.empty());
        clock.set(rows.front().at);
    }
    Submission firing() { return runtime::timer_submission(timers(id).front(), false); }
    // Worked out now, whatever happens before it is sent.
    Submission foreseen() {
        auto one = firing();
        one.foresight = core->foresee(*reader(), std::get<model::Command>(one.work));
        EXPECT_NE(one.foresight, nullptr);
        EXPECT_TRUE(one.foresight->worded.has_value());
        return one;
    }
};

void expect_same_rows(Due& left, Due& right) {
    EXPECT_EQ(left.reader()->find_case(left.id).value()->body,
              right.reader()->find_case(right.id).value()->body);
    EXPECT_EQ(left.history(left.id.value).back().hash, right.history(right.id.value).back().hash);
    const auto before = left.timers(left.id), after = right.timers(right.id);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(before[i].slot, after[i].slot);
        EXPECT_EQ(before[i].at, after[i].at);
        EXPECT_EQ(before[i].repeat, after[i].repeat);
    }
    const auto told = left.notices(left.id), also = right.notices(right.id);
    ASSERT_EQ(told.size(), also.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        EXPECT_EQ(told[i].notice.key, also[i].notice.key);
        EXPECT_EQ(told[i].text, also[i].text);
        EXPECT_EQ(told[i].sign_url, also[i].sign_url);
    }
    EXPECT_EQ(left.core->counts().notices, right.core->counts().notices);
    EXPECT_EQ(left.core->counts().timers_fired, right.core->counts().timers_fired);
    EXPECT_EQ(left.core->counts().transitions, right.core->counts().transitions);
}

TEST(Foresight, WhatWasForeseenIsStoredAsIfItHadBeenDecidedThen) {
    Due plain, ahead;
    auto one = ahead.foreseen();
    const auto foresight = one.foresight;
    EXPECT_NE(accepted(plain.send(plain.firing())), nullptr);
    const auto answer = ahead.send(std::move(one));
    ASSERT_NE(accepted(answer), nullptr);
    EXPECT_FALSE(foresight->worded.has_value()) << "the decision was made twice";
    expect_same_rows(plain, ahead);
}

TEST(Foresight, IsKeptThroughARestartOfNothingButTheCache) {
    Due plain, ahead;
    plain.restart();
    ahead.restart();
    auto one = ahead.foreseen();
    EXPECT_NE(accepted(plain.send(plain.firing())), nullptr);
    ASSERT_NE(accepted(ahead.send(std::move(one))), nullptr);
    expect_same_rows(plain, ahead);
}

TEST(Foresight, CaseThatHasMovedOnIsDecidedAnew) {
    Due office;
    auto one = office.foreseen();
    const auto foresight = one.foresight;
    ASSERT_NE(accepted(office.act("wang", "add_note", office.id, {{"text", "seen"}})), nullptr);
    ASSERT_NE(accepted(office.send(std::move(one))), nullptr);
    EXPECT_TRUE(foresight->worded.has_value());
    const auto rows = office.history(office.id.value);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[2].prev_hash, rows[1].hash);
    EXPECT_EQ(office.stored(office.id).seq, 3U);
}

// Two timers of one case, foreseen from the same snapshot: the second comes too late.
TEST(Foresight, CaseThatMovedOnInTheSameTransactionIsDecidedAnew) {
    Due office;
    std::vector<Submission> batch;
    batch.push_back(office.foreseen());
    batch.push_back(office.foreseen());
    const auto answers = office.process(std::move(batch));
    EXPECT_NE(accepted(answers[0]), nullptr);
    EXPECT_NE(refused(answers[1]), nullptr);
    EXPECT_EQ(office.history(office.id.value).size(), 2U);
}

TEST(Foresight, AnotherCaseOfTheEnterpriseIsNotOverlooked) {
    Due office;
    auto one = office.foreseen();
    const auto other = office.file();
    ASSERT_NE(accepted(office.send(std::move(one))), nullptr);
    const auto facts = office.last_row(office.id).at("facts").as_object();
    ASSERT_EQ(facts.at("earlier").as_array().size(), 1U);
    EXPECT_EQ(facts.at("earlier").as_array()[0].as_string(), other.value);
    // Where there is one from the start, nothing is foreseen.
    auto later = office.firing();
    later.foresight = office.core->foresee(*office.reader(), std::get<model::Command>(later.work));
    ASSERT_NE(later.foresight, nullptr);
    EXPECT_FALSE(later.foresight->worded.has_value());
}

TEST(Foresight, DirectoryThatHasChangedIsAskedAgain) {
    Due office;
    auto one = office.foreseen();
    const auto foresight = one.foresight;
    ASSERT_NE(
        accepted(office.change(
            "put_person", {{"id", "somebody"}, {"name", "x"}, {"contacts", boost::json::array()}})),
        nullptr);
    ASSERT_NE(accepted(office.send(std::move(one))), nullptr);
    EXPECT_TRUE(foresight->worded.has_value());
    const auto facts = office.last_row(office.id).at("facts").as_object();
    EXPECT_EQ(facts.at("directory").to_number<std::uint64_t>(), office.world.get()->directory->seq);
}

TEST(Foresight, LostCommitLeavesNothingOfIt) {
    Due office;
    office.store.fail_next_commit(adapters::store::memory::CommitFault::disk_full);
    EXPECT_NE(failed(office.send(office.foreseen())), nullptr);
    EXPECT_EQ(office.history(office.id.value).size(), 1U);
    EXPECT_NE(accepted(office.send(office.foreseen())), nullptr);
    EXPECT_EQ(office.history(office.id.value).size(), 2U);
}

TEST(Foresight, ThereIsNoneOfACaseThatIsNotThere) {
    Due office;
    auto command = std::get<model::Command>(office.firing().work);
    command.target = model::CaseId{"nobody"};
    EXPECT_EQ(office.core->foresee(*office.reader(), command), nullptr);
}

}  // namespace
}  // namespace jinqiao::tests
