#include "tests/contract/store_contract.h"

namespace jinqiao::tests::contract {

using Names = std::vector<std::string>;

namespace {

ports::DeliveryRow with_state(ports::DeliveryRow row, const std::string& state) {
    row.state = state;
    row.attempts = 1;
    return row;
}

}  // namespace

TEST_P(StoreContract, NoticeComesBackAsItWasPut) {
    const ports::NoticeRow row = notice("n1", "a", "d1");
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.add_notice(row)); });
    const auto found = reader()->find_notice(row.notice.id).value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->notice.key, row.notice.key);
    EXPECT_EQ(found->notice.kase, row.notice.kase);
    EXPECT_EQ(found->notice.event, row.notice.event);
    EXPECT_EQ(found->notice.addressee, row.notice.addressee);
    EXPECT_EQ(found->notice.person, row.notice.person);
    EXPECT_EQ(found->notice.channel + found->notice.address, "filehrss");
    EXPECT_EQ(found->notice.assignment, row.notice.assignment);
    EXPECT_EQ(found->notice.grade, row.notice.grade);
    EXPECT_TRUE(found->notice.urgent && !found->notice.exercise);
    EXPECT_EQ(found->notice.at, row.notice.at);
    EXPECT_EQ(found->notice.vars, row.notice.vars);
    EXPECT_EQ(found->notice.reason, row.notice.reason);
    EXPECT_EQ(found->subject + found->text + found->sign_url,
              row.subject + row.text + row.sign_url);
    EXPECT_EQ(found->seq, 1U);
    EXPECT_EQ(found->delivery, "d1");
    EXPECT_FALSE(found->delivered_at.has_value());
}

TEST_P(StoreContract, NoticeWithAKnownKeyIsRefused) {
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.add_notice(notice("n1", "a", "d1"))); });
    auto batch = begin();
    ports::NoticeRow again = notice("n2", "a", "d2");
    again.notice.key = notice("n1", "a", "d1").notice.key;
    EXPECT_ERROR(conflict, batch->add_notice(again));
    EXPECT_ERROR(conflict, batch->add_notice(notice("n1", "a", "d1")));
}

TEST_P(StoreContract, NoticesOfACaseAndOfADeliveryComeInTheOrderOfAdding) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_notice(notice("n9", "a", "d1")));
        EXPECT_DONE(batch.add_notice(notice("n5", "b", "d1")));
        EXPECT_DONE(batch.add_notice(notice("n1", "a", "d2")));
        EXPECT_DONE(batch.put_notice_state(model::NoticeId("n9"), "delivered", at(7)));
    });
    const auto of_case = reader()->notices(model::CaseId("a")).value();
    ASSERT_EQ(of_case.size(), 2U);
    EXPECT_EQ(of_case[0].notice.id.value, "n9");
    EXPECT_EQ(of_case[0].state, "delivered");
    EXPECT_EQ(of_case[0].delivered_at, at(7));
    EXPECT_EQ(of_case[1].notice.id.value, "n1");
    const auto carried = reader()->notices_of_delivery("d1").value();
    ASSERT_EQ(carried.size(), 2U);
    EXPECT_EQ(carried[1].notice.id.value, "n5");
    EXPECT_EQ(reader()->count("notices").value(), 3U);
}

// A message held for the morning is taken along by one that must not wait.
TEST_P(StoreContract, PendingDeliveryMayBecomeReadySooner) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("d1", "a", "x", 60)));
        EXPECT_DONE(batch.add_delivery(delivery("d2", "a", "x", 0)));
    });
    EXPECT_TRUE(ready(0).empty()) << "order is kept: d2 waits behind d1";
    committed(
        [&](ports::Batch& batch) { EXPECT_DONE(batch.put_delivery(delivery("d1", "a", "x", 0))); });
    EXPECT_EQ(ready(0), Names({"d1"}));
    EXPECT_EQ(reader()->next_delivery_at().value(), at(0));
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_delivery(with_state(delivery("d1", "a", "x", 0), "delivered")));
    });
    EXPECT_EQ(ready(0), Names({"d2"}));
}

TEST_P(StoreContract, OutcomeForSomethingUnknownIsNotFound) {
    auto batch = begin();
    EXPECT_ERROR(not_found, batch->put_notice_state(model::NoticeId("n"), "dead", std::nullopt));
    EXPECT_ERROR(not_found, batch->put_delivery(delivery("d", "a", "hrss")));
    EXPECT_ERROR(not_found, batch->add_attempt({"d", 1, at(0), "delivered", "200", "", ""}));
}

TEST_P(StoreContract, OnlyTheOldestDeliveryToAnAddressIsReady) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("d1", "a", "hrss")));
        EXPECT_DONE(batch.add_delivery(delivery("d2", "a", "hrss")));
        EXPECT_DONE(batch.add_delivery(delivery("d3", "b", "hrss")));
        EXPECT_DONE(batch.add_delivery(delivery("d4", "a", "police")));
        ports::DeliveryRow mail = delivery("d5", "a", "hrss");
        mail.channel = "mail";
        EXPECT_DONE(batch.add_delivery(mail));
    });
    EXPECT_EQ(ready(0), Names({"d1", "d3", "d4", "d5"}));
    EXPECT_EQ(ready(0, 2), Names({"d1", "d3", "d5"}));  // of each channel
    EXPECT_EQ(reader()->delivery_channels().value(), Names({"file", "mail"}));
    EXPECT_TRUE(ready(-1).empty());
    EXPECT_TRUE(ready(0, 0).empty());
    EXPECT_EQ(reader()->count("deliveries_pending").value(), 5U);
}

TEST_P(StoreContract, YoungerDeliveryWaitsWhileAnOlderOneBacksOff) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("d1", "a", "hrss", 0)));
        EXPECT_DONE(batch.add_delivery(delivery("d2", "a", "hrss", 0)));
        ports::DeliveryRow later = delivery("d1", "a", "hrss", 30);
        later.attempts = 1;
        later.sent_unknown = true;
        EXPECT_DONE(batch.put_delivery(later));
    });
    EXPECT_TRUE(ready(29).empty());
    EXPECT_EQ(reader()->next_delivery_at().value(), at(30));
    EXPECT_EQ(ready(30), Names({"d1"}));
    const auto row = reader()->deliveries_ready("file", at(30), 1).value().at(0);
    EXPECT_EQ(row.attempts, 1);
    EXPECT_TRUE(row.sent_unknown);
}

TEST_P(StoreContract, NextDeliveryFollowsWhateverBecameOfTheOneBefore) {
    for (const char* end : {"delivered", "rejected", "dead"}) {
        const std::string first = std::string("first-") + end;
        const std::string second = std::string("second-") + end;
        committed([&](ports::Batch& batch) {
            EXPECT_DONE(batch.add_delivery(delivery(first, end, "hrss")));
            EXPECT_DONE(batch.add_delivery(delivery(second, end, "hrss", 5)));
        });
        EXPECT_EQ(ready(9), Names({first})) << end;
        committed([&](ports::Batch& batch) {
            EXPECT_DONE(batch.put_delivery(with_state(delivery(first, end, "hrss"), end)));
        });
        EXPECT_TRUE(ready(4).empty()) << end;
        EXPECT_EQ(ready(9), Names({second})) << end;
        committed([&](ports::Batch& batch) {
            EXPECT_DONE(batch.put_delivery(with_state(delivery(second, end, "hrss"), "delivered")));
        });
    }
    EXPECT_FALSE(reader()->next_delivery_at().value().has_value());
    EXPECT_EQ(reader()->count("deliveries_pending").value(), 0U);
    EXPECT_EQ(reader()->count("deliveries_dead").value(), 1U);
}

TEST_P(StoreContract, DeadLetterSentAgainTakesItsOldPlace) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("d1", "a", "hrss")));
        EXPECT_DONE(batch.add_delivery(delivery("d2", "a", "hrss")));
        EXPECT_DONE(batch.put_delivery(with_state(delivery("d1", "a", "hrss"), "dead")));
    });
    EXPECT_EQ(ready(0), Names({"d2"}));
    const auto dead = reader()->deliveries_in_state("dead", 0, 10).value();
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].id, "d1");
    committed(
        [&](ports::Batch& batch) { EXPECT_DONE(batch.put_delivery(delivery("d1", "a", "hrss"))); });
    EXPECT_EQ(ready(0), Names({"d1"}));
    EXPECT_TRUE(reader()->deliveries_in_state("dead", 0, 10).value().empty());
    EXPECT_EQ(reader()->deliveries_in_state("pending", 0, 10).value().size(), 2U);
}

TEST_P(StoreContract, DeliveriesInAStateAreReadPageByPage) {
    committed([&](ports::Batch& batch) {
        for (const auto* id : {"d1", "d2", "d3", "d4"})
            EXPECT_DONE(batch.add_delivery(delivery(id, id, "hrss")));
        EXPECT_DONE(batch.put_delivery(with_state(delivery("d2", "d2", "hrss"), "delivered")));
    });
    const auto first = reader()->deliveries_in_state("pending", 0, 2).value();
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[1].id, "d3");
    const auto rest = reader()->deliveries_in_state("pending", first[1].order, 2).value();
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].id, "d4");
    EXPECT_TRUE(reader()->deliveries_in_state("delivered", first[1].order, 2).value().empty());
}

TEST_P(StoreContract, OrderIsAllottedAndARolledBackDeliveryLeavesTheQueueAsItWas) {
    auto batch = begin();
    EXPECT_DONE(batch->add_delivery(delivery("d1", "a", "hrss")));
    EXPECT_DONE(batch->add_delivery(delivery("d2", "a", "hrss")));
    EXPECT_DONE(batch->savepoint());
    EXPECT_DONE(batch->put_delivery(with_state(delivery("d1", "a", "hrss"), "delivered")));
    EXPECT_DONE(batch->rollback_to_savepoint());
    commit(std::move(batch));
    EXPECT_EQ(ready(0), Names({"d1"}));
    const auto pending = reader()->deliveries_in_state("pending", 0, 10).value();
    ASSERT_EQ(pending.size(), 2U);
    EXPECT_LT(pending[0].order, pending[1].order);
}

TEST_P(StoreContract, DeliveryIdIsTakenOnce) {
    committed(
        [&](ports::Batch& batch) { EXPECT_DONE(batch.add_delivery(delivery("d1", "a", "hrss"))); });
    EXPECT_ERROR(conflict, begin()->add_delivery(delivery("d1", "b", "police")));
}

TEST_P(StoreContract, OfThousandsTheLongestReadyComeFirst) {
    committed([&](ports::Batch& batch) {
        for (int i = 0; i < 3000; ++i) {
            // The later a delivery was added, the earlier it may go out.
            EXPECT_DONE(batch.add_delivery(
                delivery("d" + std::to_string(10000 + i), std::to_string(i % 2500), "hrss", -i)));
        }
    });
    const Names found = ready(0, 2600);
    ASSERT_EQ(found.size(), 2500U);
    EXPECT_EQ(found.front(), "d12499");
    EXPECT_EQ(found.back(), "d10000");
    EXPECT_TRUE(std::is_sorted(found.rbegin(), found.rend()));
    EXPECT_EQ(ready(-2400, 5), Names({"d12499", "d12498", "d12497", "d12496", "d12495"}));
}

TEST_P(StoreContract, AttemptsOfADeliveryAreKeptInOrder) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("d1", "a", "hrss")));
        EXPECT_DONE(batch.add_attempt({"d1", 2, at(9), "delivered", "200", "m-7", ""}));
        EXPECT_DONE(batch.add_attempt({"d1", 1, at(8), "retry", "503", "", "busy"}));
    });
    const auto rows = reader()->attempts("d1").value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].code + rows[0].detail, "503busy");
    EXPECT_EQ(rows[1].outcome + rows[1].provider_id, "deliveredm-7");
    EXPECT_EQ(rows[1].at, at(9));
    EXPECT_TRUE(reader()->attempts("d").value().empty());
}

}  // namespace jinqiao::tests::contract
