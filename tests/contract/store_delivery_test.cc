// Deliveries that hurry, travel together, or reached nobody.
#include "tests/contract/store_contract.h"

namespace jinqiao::tests::contract {

using Names = std::vector<std::string>;
using model::GradeLevel;

namespace {

ports::DeliveryRow graded(ports::DeliveryRow row, GradeLevel priority) {
    row.priority = priority;
    return row;
}

ports::DeliveryRow in_state(ports::DeliveryRow row, const std::string& state,
                            const std::string& successor = {}) {
    row.state = state;
    row.successor = successor;
    return row;
}

ports::DeadLetterRow letter(const std::string& delivery, time::Instant at,
                            std::optional<time::Instant> tell_at = {}) {
    ports::DeadLetterRow row;
    row.delivery = delivery;
    row.kase = model::CaseId("a");
    row.at = at;
    row.owner = "fallback_desk";
    row.tell_at = tell_at;
    return row;
}

}  // namespace

TEST_P(StoreContract, DeliveryComesBackAsItWasPut) {
    ports::DeliveryRow row = graded(delivery("d1", "a", "hrss", 3), GradeLevel::orange);
    row.since = at(2);
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.add_delivery(row)); });
    auto found = reader()->find_delivery("d1").value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->priority, GradeLevel::orange);
    EXPECT_EQ(found->since, at(2));
    EXPECT_EQ(found->next_at, at(3));
    EXPECT_EQ(found->successor, "");
    row = in_state(*found, "dead", "d9");
    row.since = at(7);
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_delivery(row)); });
    found = reader()->find_delivery("d1").value();
    EXPECT_EQ(found->state + found->successor, "deadd9");
    EXPECT_EQ(found->since, at(7));
    EXPECT_FALSE(reader()->find_delivery("d2").value().has_value());
}

TEST_P(StoreContract, UrgentDeliveriesAreReadyFirst) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(graded(delivery("blue", "a", "x", -9), GradeLevel::blue)));
        EXPECT_DONE(batch.add_delivery(graded(delivery("red", "b", "x", -1), GradeLevel::red)));
        EXPECT_DONE(batch.add_delivery(graded(delivery("red2", "c", "x", -2), GradeLevel::red)));
        EXPECT_DONE(batch.add_delivery(graded(delivery("late", "d", "x", 5), GradeLevel::red)));
        EXPECT_DONE(batch.add_delivery(graded(delivery("yellow", "e", "x"), GradeLevel::yellow)));
    });
    EXPECT_EQ(ready(0), Names({"red2", "red", "yellow", "blue"}));
    EXPECT_EQ(ready(0, 3), Names({"red2", "red", "yellow"}));
    EXPECT_EQ(reader()->next_delivery_at().value(), at(-9));
}

TEST_P(StoreContract, AnUrgentDeliveryHurriesThoseBeforeItInItsQueue) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("other", "z", "x", -5)));
        EXPECT_DONE(batch.add_delivery(delivery("first", "a", "x")));
        EXPECT_DONE(batch.add_delivery(graded(delivery("second", "a", "x"), GradeLevel::red)));
    });
    EXPECT_EQ(ready(0), Names({"first", "other"}));
    EXPECT_EQ(reader()->find_delivery("first").value()->priority, GradeLevel::red);
    EXPECT_EQ(reader()->find_delivery("other").value()->priority, GradeLevel::blue);
}

TEST_P(StoreContract, MergedDeliveriesKeepTheirPlaceUntilTheOneTheyTravelInHasEnded) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("a1", "a", "x")));
        EXPECT_DONE(batch.add_delivery(delivery("a2", "a", "x")));
        EXPECT_DONE(batch.add_delivery(delivery("b1", "b", "x")));
    });
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("digest", "", "x")));
        EXPECT_DONE(batch.put_delivery(in_state(delivery("a1", "a", "x"), "merged", "digest")));
        EXPECT_DONE(batch.put_delivery(in_state(delivery("b1", "b", "x"), "merged", "digest")));
        EXPECT_DONE(batch.add_delivery(delivery("b2", "b", "x")));
    });
    EXPECT_EQ(ready(0), Names({"digest"}));
    EXPECT_EQ(reader()->count("deliveries_pending").value(), 3U);
    const auto parts = reader()->deliveries_merged_into("digest").value();
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].id + parts[1].id, "a1b1");
    EXPECT_TRUE(reader()->deliveries_merged_into("a1").value().empty());
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_delivery(in_state(delivery("digest", "", "x"), "delivered")));
        for (auto part : parts)
            EXPECT_DONE(batch.put_delivery(in_state(part, "delivered", "digest")));
    });
    EXPECT_EQ(ready(0), Names({"a2", "b2"}));
    EXPECT_TRUE(reader()->deliveries_merged_into("digest").value().empty());
}

TEST_P(StoreContract, NoticeIsCarriedByAnotherDelivery) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_notice(notice("n1", "a", "d1")));
        EXPECT_DONE(batch.add_notice(notice("n2", "b", "d2")));
        EXPECT_DONE(batch.put_notice_state(model::NoticeId("n1"), "dead", std::nullopt));
        EXPECT_DONE(batch.carry_notice(model::NoticeId("n1"), "d2"));
        EXPECT_ERROR(not_found, batch.carry_notice(model::NoticeId("n3"), "d2"));
    });
    const auto carried = reader()->notices_of_delivery("d2").value();
    ASSERT_EQ(carried.size(), 2U);
    EXPECT_EQ(carried[0].notice.id.value + carried[0].state, "n1pending");
    EXPECT_TRUE(reader()->notices_of_delivery("d1").value().empty());
}

TEST_P(StoreContract, RecipientsOfAnAttemptComeBack) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.add_delivery(delivery("d1", "a", "x")));
        EXPECT_DONE(
            batch.add_attempt({"d1", 1, at(0), "retry", "0", "", "", "[{\"name\":\"u\"}]"}));
    });
    EXPECT_EQ(reader()->attempts("d1").value().at(0).recipients, "[{\"name\":\"u\"}]");
}

TEST_P(StoreContract, DeadLettersAreOpenUntilSomebodyHasDealtWithThem) {
    committed([&](ports::Batch& batch) {
        EXPECT_DONE(batch.put_dead_letter(letter("d2", at(2), at(20))));
        EXPECT_DONE(batch.put_dead_letter(letter("d1", at(1), at(30))));
        EXPECT_DONE(batch.put_dead_letter(letter("d3", at(2))));
    });
    const auto all = reader()->dead_letters({}, 10).value();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].delivery + all[1].delivery + all[2].delivery, "d1d2d3");
    EXPECT_EQ(all[0].owner, "fallback_desk");
    EXPECT_EQ(all[0].tell_at, at(30));
    const auto rest = reader()->dead_letters(all[1], 10).value();
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].delivery, "d3");
    EXPECT_EQ(reader()->dead_letters({}, 2).value().size(), 2U);
    EXPECT_EQ(reader()->count("dead_letters").value(), 3U);
    EXPECT_TRUE(reader()->dead_letters_to_tell(at(19), 10).value().empty());
    const auto due = reader()->dead_letters_to_tell(at(25), 10).value();
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].delivery, "d2");

    ports::DeadLetterRow settled = due[0];
    settled.settled_at = at(22);
    settled.settled_by = "account:1";
    settled.how = "resent";
    settled.note = "电话已通知";
    settled.told = 2;
    committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_dead_letter(settled)); });
    EXPECT_EQ(reader()->dead_letters({}, 10).value().size(), 2U);
    EXPECT_TRUE(reader()->dead_letters_to_tell(at(25), 10).value().empty());
    const auto kept = reader()->find_dead_letter("d2").value();
    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept->settled_at, at(22));
    EXPECT_EQ(kept->settled_by + kept->how + kept->note, "account:1resent电话已通知");
    EXPECT_EQ(kept->told, 2);
    EXPECT_FALSE(reader()->find_dead_letter("d9").value().has_value());
}

}  // namespace jinqiao::tests::contract
