// Several notices to one address as one message.
#include "engine/runtime/delivery_merge.h"

#include "tests/unit/runtime/post.h"

namespace jinqiao::tests {
namespace {

using ports::Outcome;

struct Bundle : Post {
    // Requests for so many days; the pending deliveries to the union's desk of all of them.
    std::vector<std::string> to_union(const std::vector<int>& days) {
        std::vector<std::string> found;
        for (const int each : days) cases.push_back(file(each));
        for (const auto& row : pending())
            if (row.address == address) found.push_back(row.id);
        return found;
    }
    runtime::Answer merge(std::vector<std::string> which, std::size_t limit = 0) {
        runtime::Submission one;
        one.work = runtime::DeliveryMerge{"file", address, std::move(which), limit};
        return send(std::move(one));
    }
    std::vector<ports::DeliveryRow> of_union(const std::string& state) {
        std::vector<ports::DeliveryRow> out;
        const auto all = reader()->deliveries_in_state(state, 0, 100);
        for (const auto& row : *all)
            if (row.address == address) out.push_back(row);
        return out;
    }
    std::string alert_state(const model::CaseId& id) {
        for (const auto& row : notices(id))
            if (row.notice.address == address && row.notice.event == "alert") return row.state;
        return {};
    }
    std::string address = "tao";
    std::vector<model::CaseId> cases;
};

TEST(DeliveryMerge, OneMessageForAllAndEveryCaseHearsOfIt) {
    Bundle post;
    const auto ids = post.to_union({3, 3, 6});
    ASSERT_EQ(ids.size(), 3U);
    ASSERT_NE(accepted(post.merge(ids)), nullptr);
    ASSERT_EQ(post.of_union("pending").size(), 1U);
    EXPECT_EQ(post.of_union("pending")[0].priority, model::GradeLevel::yellow);
    post.pump();
    std::vector<ports::Transmission> sent;
    for (const auto& each : post.channel->sent())
        if (each.address == post.address) sent.push_back(each);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_TRUE(sent[0].subject.ends_with("(+2)")) << sent[0].subject;
    for (const auto& id : post.cases) {
        EXPECT_EQ(post.alert_state(id), "delivered");
        for (const auto& row : post.notices(id))
            if (row.notice.address == post.address) {
                EXPECT_NE(sent[0].text.find(row.subject), std::string::npos);
                EXPECT_NE(sent[0].text.find(row.sign_url), std::string::npos);
            }
        for (const auto& assignment : post.stored(id).assignments)
            if (assignment.addressee.id == "union") {
                EXPECT_EQ(assignment.state, model::AssignmentState::delivered);
            }
    }
    EXPECT_TRUE(post.of_union("merged").empty());
}

TEST(DeliveryMerge, WhatFollowsInACaseWaitsForTheMessage) {
    Bundle post;
    const auto ids = post.to_union({3, 3});
    ASSERT_NE(accepted(post.merge(ids)), nullptr);
    post.channel->answer_with([](const auto&) { return outcome(Outcome::Kind::retry); });
    ASSERT_NE(accepted(post.act("wang", "ask", post.cases[0])), nullptr);
    ASSERT_NE(accepted(post.act("wang", "refuse", post.cases[0], {{"reason", "no"}})), nullptr);
    post.pump();
    std::size_t to_union = 0;
    for (const auto& each : post.channel->sent())
        if (each.address == post.address) ++to_union;
    EXPECT_EQ(to_union, 1U);
}

TEST(DeliveryMerge, AMessageThatIsGivenUpIsFollowedUpForEachCase) {
    Bundle post;
    const auto ids = post.to_union({3, 3});
    ASSERT_NE(accepted(post.merge(ids)), nullptr);
    post.channel->answer_with([&](const ports::Transmission& sent) {
        return outcome(sent.address == post.address ? Outcome::Kind::rejected
                                                    : Outcome::Kind::delivered);
    });
    post.pump();
    for (const auto& id : post.cases) {
        EXPECT_EQ(post.alert_state(id), "rejected");
        std::size_t told = 0;
        for (const auto& row : post.notices(id))
            if (row.notice.event == "undeliverable") ++told;
        EXPECT_EQ(told, 1U);
    }
    EXPECT_EQ(post.reader()->dead_letters({}, 10)->size(), 1U);
}

// An outcome that meets an error is offered again, and nothing is sent for a second: one that can
// never be written would be for ever.
TEST(DeliveryMerge, AnOutcomeOfWhatTravelsWithOthersIsDropped) {
    Bundle post;
    const auto ids = post.to_union({3, 3, 3});
    ASSERT_NE(accepted(post.merge({ids[0], ids[1]})), nullptr);
    std::vector<runtime::Submission> outcomes(2);
    for (std::size_t i = 0; i < 2; ++i) {
        runtime::DeliveryOutcome one;
        one.delivery = ids[i == 0 ? 0 : 2];
        one.attempt = 1;
        one.outcome.kind = Outcome::Kind::delivered;
        outcomes[i].work = one;
    }
    const auto answers = post.process(std::move(outcomes));
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_NE(refused(answers[0]), nullptr);
    EXPECT_NE(accepted(answers[1]), nullptr);
    EXPECT_EQ(post.alert_state(post.cases[2]), "delivered");
}

TEST(DeliveryMerge, RedTravelsAlone) {
    Bundle post;
    const auto ids = post.to_union({3, 25, 3});
    ASSERT_NE(accepted(post.merge(ids)), nullptr);
    const auto pending = post.of_union("pending");
    ASSERT_EQ(pending.size(), 2U);
    EXPECT_EQ(pending[0].id, ids[1]);
    EXPECT_EQ(pending[0].priority, model::GradeLevel::red);
}

TEST(DeliveryMerge, NoMoreThanTheTextHasRoomFor) {
    Bundle post;
    const auto ids = post.to_union({3, 3, 3, 3});
    const auto line = runtime::digest_line(post.notices(post.cases[0])[0]).size();
    ASSERT_NE(accepted(post.merge(ids, 2 * line + line / 2)), nullptr);
    EXPECT_EQ(post.of_union("pending").size(), 3U) << "two together, two by themselves";
    EXPECT_EQ(post.of_union("merged").size(), 2U);
}

TEST(DeliveryMerge, OneThatMayHaveArrivedKeepsItsId) {
    Bundle post;
    const auto ids = post.to_union({3, 3});
    runtime::Submission report;
    report.work = runtime::DeliveryOutcome{ids[0], 1, outcome(Outcome::Kind::unknown),
                                           post.clock.now(), post.cases[0]};
    ASSERT_NE(accepted(post.send(std::move(report))), nullptr);
    ASSERT_NE(refused(post.merge(ids)), nullptr);
    EXPECT_EQ(post.of_union("pending").size(), 2U);
}

TEST(DeliveryMerge, NothingOfWhatHasEndedOrIsElsewhere) {
    Bundle post;
    const auto ids = post.to_union({3, 3});
    ASSERT_NE(refused(post.merge({ids[0], "no-such"})), nullptr);
    post.pump();
    ASSERT_NE(refused(post.merge(ids)), nullptr);
}

}  // namespace
}  // namespace jinqiao::tests
