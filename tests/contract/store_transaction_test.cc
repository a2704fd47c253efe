#include "tests/contract/store_contract.h"

namespace jinqiao::tests::contract {

using Names = std::vector<std::string>;

TEST_P(StoreContract, ReaderSeesACaseOnlyOnceItIsCommitted) {
    auto looking = reader();
    auto batch = begin();
    ASSERT_TRUE(batch->put_case(a_case("a"), 0).ok());
    EXPECT_FALSE(looking->find_case(model::CaseId("a")).value().has_value());
    EXPECT_FALSE(reader()->find_case(model::CaseId("a")).value().has_value());
    EXPECT_TRUE(batch->find_case(model::CaseId("a")).value().has_value());  // its own write
    commit(std::move(batch));
    EXPECT_TRUE(looking->find_case(model::CaseId("a")).value().has_value());
}

TEST_P(StoreContract, ReaderMadeWhileABatchIsOpenSeesTheStateBeforeIt) {
    file(a_case("a"));
    auto batch = begin();
    ports::CaseRow next = a_case("a");
    next.seq = 2;
    next.state = "verifying";
    ASSERT_TRUE(batch->put_case(next, 1).ok());
    ASSERT_TRUE(batch->put_timer(timer("a", "due", 5)).ok());
    auto looking = reader();
    EXPECT_EQ(looking->find_case(model::CaseId("a")).value()->state, "reported");
    EXPECT_TRUE(looking->timers_of(model::CaseId("a")).value().empty());
    commit(std::move(batch));
    EXPECT_EQ(looking->find_case(model::CaseId("a")).value()->state, "verifying");
    EXPECT_EQ(looking->timers_of(model::CaseId("a")).value().size(), 1U);
}

TEST_P(StoreContract, BatchDestroyedWithoutCommitLeavesNothing) {
    {
        auto batch = begin();
        ASSERT_TRUE(batch->put_case(a_case("a"), 0).ok());
        ASSERT_TRUE(batch->append_history(history("a", 1)).ok());
        ASSERT_TRUE(batch->put_timer(timer("a", "due", 5)).ok());
        ASSERT_TRUE(batch->add_delivery(delivery("d1", "a", "hrss")).ok());
        ASSERT_TRUE(batch->add_notice(notice("n1", "a", "d1")).ok());
    }
    auto looking = reader();
    EXPECT_FALSE(looking->find_case(model::CaseId("a")).value().has_value());
    EXPECT_TRUE(looking->history("a", 0, 10).value().empty());
    EXPECT_TRUE(looking->timers_due(at(99), 10).value().empty());
    EXPECT_TRUE(looking->delivery_channels().value().empty());
    EXPECT_TRUE(looking->deliveries_ready("file", at(99), 10).value().empty());
    EXPECT_TRUE(looking->notices(model::CaseId("a")).value().empty());
    EXPECT_EQ(looking->count("deliveries_pending").value(), 0U);
}

TEST_P(StoreContract, KilledBetweenTwoCommitsKeepsTheFirst) {
    file(a_case("a"));
    auto batch = begin();
    ASSERT_TRUE(batch->put_case(a_case("b"), 0).ok());
    restart(std::move(batch));
    EXPECT_EQ(ids({}), Names({"a"}));
    file(a_case("b"));  // and work goes on
    EXPECT_EQ(ids({}), Names({"b", "a"}));
}

TEST_P(StoreContract, OnlyOneBatchAtATime) {
    auto batch = begin();
    EXPECT_ERROR(internal, store().begin());
    batch.reset();
    EXPECT_DONE(store().begin());
}

TEST_P(StoreContract, CommandThatFailsHalfWayLeavesTheOthersOfItsBatch) {
    auto batch = begin();
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_case(a_case("a"), 0));
    EXPECT_DONE(batch->release());
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_case(a_case("b"), 0));
    EXPECT_DONE(batch->put_timer(timer("b", "due", 5)));
    EXPECT_DONE(batch->add_delivery(delivery("d1", "b", "hrss")));
    EXPECT_DONE(batch->rollback_to_savepoint());
    EXPECT_FALSE(batch->find_case(model::CaseId("b")).value().has_value());
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_case(a_case("c", 1), 0));
    EXPECT_DONE(batch->release());
    commit(std::move(batch));
    EXPECT_EQ(ids({}), Names({"c", "a"}));
    EXPECT_TRUE(reader()->timers_due(at(99), 10).value().empty());
    EXPECT_TRUE(ready(99).empty());
}

TEST_P(StoreContract, ChangesBeforeASavepointSurviveGoingBackToIt) {
    file(a_case("a"));
    auto batch = begin();
    EXPECT_DONE(batch->put_timer(timer("a", "due", 5)));
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_timer(timer("a", "due", 9)));
    EXPECT_DONE(batch->erase_timer(model::CaseId("a"), "due"));
    EXPECT_DONE(batch->rollback_to_savepoint());
    EXPECT_DONE(batch->rollback_to_savepoint());  // it is still set
    EXPECT_DONE(batch->release());
    commit(std::move(batch));
    const auto timers = reader()->timers_of(model::CaseId("a")).value();
    ASSERT_EQ(timers.size(), 1U);
    EXPECT_EQ(timers[0].at, at(5));
}

TEST_P(StoreContract, SavepointWithoutAnyWriteMayBeReleasedOrLeft) {
    auto batch = begin();
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->release());
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->rollback_to_savepoint());
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_meta("k", "v"));
    commit(std::move(batch));  // an open savepoint is committed with the rest
    EXPECT_EQ(reader()->meta("k").value(), "v");
}

TEST_P(StoreContract, SavepointAskedForAgainMovesForward) {
    auto batch = begin();
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_meta("first", "1"));
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_meta("second", "2"));
    EXPECT_DONE(batch->rollback_to_savepoint());
    commit(std::move(batch));
    EXPECT_EQ(reader()->meta("first").value(), "1");
    EXPECT_FALSE(reader()->meta("second").value().has_value());
}

TEST_P(StoreContract, ReleaseWithoutASavepointIsAMistake) {
    auto batch = begin();
    EXPECT_ERROR(internal, batch->release());
    EXPECT_ERROR(internal, batch->rollback_to_savepoint());
}

TEST_P(StoreContract, WritesAndCommitAfterTheCommitAreRefused) {
    auto batch = begin();
    EXPECT_DONE(batch->commit());
    EXPECT_ERROR(internal, batch->put_meta("k", "v"));
    EXPECT_ERROR(internal, batch->commit());
}

TEST_P(StoreContract, ConflictDoesNotSpoilTheRestOfTheBatch) {
    file(a_case("a"));
    auto batch = begin();
    EXPECT_DONE(batch->put_meta("before", "1"));
    EXPECT_ERROR(conflict, batch->put_case(a_case("a"), 0));
    EXPECT_DONE(batch->put_meta("after", "1"));
    commit(std::move(batch));
    EXPECT_EQ(reader()->meta("before").value(), "1");
    EXPECT_EQ(reader()->meta("after").value(), "1");
}

TEST_P(StoreContract, CaseIsUpdatedOnlyFromTheHistoryRowTheWriterKnew) {
    file(a_case("a"));
    ports::CaseRow next = a_case("a");
    next.seq = 2;
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_case(next, 1)); });
    auto batch = begin();
    EXPECT_ERROR(conflict, batch->put_case(next, 1));
    EXPECT_ERROR(conflict, batch->put_case(a_case("nobody"), 1));
    EXPECT_ERROR(conflict, batch->put_case(next, 0));
}

TEST_P(StoreContract, TwoCasesCannotHaveOneNumberButSeveralHaveNone) {
    file(a_case("a"));
    ports::CaseRow twin = a_case("b");
    twin.number = a_case("a").number;
    auto batch = begin();
    EXPECT_ERROR(conflict, batch->put_case(twin, 0));
    twin.number.clear();
    EXPECT_DONE(batch->put_case(twin, 0));
    twin.id.value = "c";
    EXPECT_DONE(batch->put_case(twin, 0));
    commit(std::move(batch));
    EXPECT_FALSE(reader()->find_number("").value().has_value());
}

TEST_P(StoreContract, HistoryRowIsWrittenOnce) {
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.append_history(history("a", 1))); });
    auto batch = begin();
    EXPECT_ERROR(conflict, batch->append_history(history("a", 1)));
    EXPECT_DONE(batch->append_history(history("a", 2)));
    EXPECT_DONE(batch->append_history(history("b", 1)));
}

TEST_P(StoreContract, IdempotencyKeyIsAnsweredOncePerAccount) {
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_answer(answer("k"))); });
    auto batch = begin();
    EXPECT_ERROR(conflict, batch->put_answer(answer("k")));
    ports::StoredAnswer other = answer("k");
    other.account = "union-2";
    EXPECT_DONE(batch->put_answer(other));
}

TEST_P(StoreContract, NumbersRiseWithoutRepeatsOverBatchesAndRestarts) {
    committed([&](ports::Batch& batch) {
        EXPECT_EQ(batch.next_number("2026").value(), 1U);
        EXPECT_EQ(batch.next_number("2026").value(), 2U);
        EXPECT_EQ(batch.next_number("2027").value(), 1U);
    });
    restart();
    committed([&](ports::Batch& batch) { EXPECT_EQ(batch.next_number("2026").value(), 3U); });
}

TEST_P(StoreContract, NumberOfACommandThatWasUndoneDoesNotTurnUpTwiceAmongTheKept) {
    auto batch = begin();
    EXPECT_EQ(batch->next_number("2026").value(), 1U);
    EXPECT_DONE(batch->savepoint());
    (void)batch->next_number("2026");
    EXPECT_DONE(batch->rollback_to_savepoint());
    EXPECT_GT(batch->next_number("2026").value(), 1U);
}

TEST_P(StoreContract, MaintenanceIsForTheTimeBetweenBatchesAndChangesNothing) {
    file(a_case("a"));
    EXPECT_DONE(store().maintain(true));
    EXPECT_DONE(store().maintain(false));
    EXPECT_EQ(ids({}), Names({"a"}));
    EXPECT_FALSE(store().describe().empty());
}

}  // namespace jinqiao::tests::contract
