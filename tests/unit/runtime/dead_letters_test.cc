// What reached nobody belongs to somebody until a person has dealt with it.
#include "engine/runtime/dead_letters.h"

#include "tests/unit/runtime/post.h"

namespace jinqiao::tests {
namespace {

using ports::Outcome;
using namespace std::chrono_literals;

struct LostPost : Post {
    // Everything to the union is refused, and everything else arrives.
    LostPost() {
        refuse(true);
        id = file();
        pump();
    }
    void refuse(bool on) {
        channel->answer_with([on](const ports::Transmission& sent) {
            return outcome(on && sent.address == "tao" ? Outcome::Kind::rejected
                                                       : Outcome::Kind::delivered);
        });
    }
    std::vector<ports::DeadLetterRow> letters() { return *reader()->dead_letters({}, 100); }
    runtime::Answer settle(const std::string& delivery, const std::string& how,
                           const std::string& reason = {}) {
        return change("settle_dead_letter",
                      {{"delivery", delivery}, {"how", how}, {"reason", reason}});
    }
    std::size_t told(const std::string& addressee) {
        std::size_t count = 0;
        for (const auto& row : notices(model::CaseId{"directory"}))
            if (row.notice.event == "dead_letter" && row.notice.addressee.text() == addressee)
                ++count;
        return count;
    }
    ports::NoticeRow alert() {
        for (const auto& row : notices(id))
            if (row.notice.addressee.text() == "department:union" && row.notice.event == "alert")
                return row;
        ADD_FAILURE() << "no alert to the union";
        return {};
    }
    model::CaseId id;
};

TEST(DeadLetters, WhatReachedNobodyBelongsToTheFallbackDesk) {
    LostPost post;
    const auto letters = post.letters();
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].delivery, post.alert().delivery);
    EXPECT_EQ(letters[0].kase, post.id);
    EXPECT_EQ(letters[0].owner, "fallback_desk");
    EXPECT_EQ(letters[0].told, 1) << "the case has told it";
    EXPECT_EQ(letters[0].tell_at, post.clock.now() + 30min);
}

TEST(DeadLetters, OneWithAnotherWayIsNone) {
    Post post;
    const auto sms = std::make_shared<RecordingNotifier>();
    sms->answer_with([](const auto&) { return outcome(Outcome::Kind::rejected); });
    post.notifiers["sms"] = sms;
    set_contacts(post, {{"sms", "138"}, {"file", "tao"}});
    post.file();
    post.pump();
    EXPECT_FALSE(sms->sent().empty());
    EXPECT_TRUE(post.reader()->dead_letters({}, 100)->empty());
}

TEST(DeadLetters, ClimbWhileNobodyDealsWithThem) {
    LostPost post;
    runtime::CoreSettings settings = office_settings();
    settings.dead_letters = {{"fallback_desk", "chief", "no_such_post", "chief2"}, 10min};
    post.core = std::make_unique<runtime::Core>(post.parts(), settings);
    const auto due = [&] { return accepted(post.change("dead_letters_due", {})) != nullptr; };
    EXPECT_TRUE(due());
    EXPECT_EQ(post.told("post:chief"), 0U) << "not yet";
    for (const auto* whom : {"chief", "chief2", "chief2"}) {
        const auto before = post.told(std::string("post:") + whom);
        post.clock.forward(31min);
        EXPECT_TRUE(due());
        EXPECT_EQ(post.told(std::string("post:") + whom), before + 1) << whom;
        EXPECT_EQ(post.letters()[0].owner, whom);
    }
}

TEST(DeadLetters, NoticesOfThemMakeNone) {
    LostPost post;
    post.channel->answer_with([](const auto&) { return outcome(Outcome::Kind::rejected); });
    for (int i = 0; i < 5; ++i) {
        post.clock.forward(31min);
        EXPECT_NE(accepted(post.change("dead_letters_due", {})), nullptr);
        post.pump();
    }
    for (const auto& letter : post.letters()) {
        const auto carried = post.reader()->notices_of_delivery(letter.delivery);
        for (const auto& row : *carried) EXPECT_NE(row.notice.event, "dead_letter");
    }
}

TEST(DeadLetters, SentAgainWithTheSameIdAndDelivered) {
    LostPost post;
    post.refuse(false);
    const auto delivery = post.letters()[0].delivery;
    const auto first = post.channel->sent();
    post.channel->forget();
    EXPECT_NE(accepted(post.settle(delivery, "resent")), nullptr);
    EXPECT_EQ(post.pump(), 1U);
    const auto again = post.channel->sent();
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].id, delivery);
    EXPECT_EQ(again[0].attempt, 2);
    EXPECT_EQ(post.alert().state, "delivered");
    EXPECT_TRUE(post.letters().empty());
    const auto kept = post.reader()->find_dead_letter(delivery);
    EXPECT_EQ((*kept)->how, "resent");
    for (const auto& assignment : post.stored(post.id).assignments)
        if (assignment.addressee.id == "union") {
            EXPECT_EQ(assignment.state, model::AssignmentState::delivered);
        }
}

TEST(DeadLetters, SentAgainWithANewIdIsAnotherDelivery) {
    LostPost post;
    post.refuse(false);
    const auto delivery = post.letters()[0].delivery;
    post.channel->forget();
    EXPECT_NE(accepted(post.settle(delivery, "resent_anew")), nullptr);
    EXPECT_EQ(post.pump(), 1U);
    const auto again = post.channel->sent();
    ASSERT_EQ(again.size(), 1U);
    EXPECT_NE(again[0].id, delivery);
    EXPECT_EQ(again[0].attempt, 1);
    EXPECT_EQ(again[0].id.find('.'), std::string::npos);
    EXPECT_EQ((*post.reader()->find_delivery(delivery))->successor, again[0].id);
    EXPECT_EQ(post.alert().delivery, again[0].id);
    EXPECT_EQ(post.alert().state, "delivered");
}

TEST(DeadLetters, ThatFailAgainAreDeadLettersAgain) {
    LostPost post;
    const auto delivery = post.letters()[0].delivery;
    EXPECT_NE(accepted(post.settle(delivery, "resent")), nullptr);
    EXPECT_TRUE(post.letters().empty());
    post.pump();
    ASSERT_EQ(post.letters().size(), 1U);
    EXPECT_EQ(post.letters()[0].delivery, delivery);
}

TEST(DeadLetters, ToldInAnotherWayNeedsAReasonAndIsOnRecord) {
    LostPost post;
    const auto delivery = post.letters()[0].delivery;
    const auto before = post.history("directory").size();
    EXPECT_EQ(failed(post.settle(delivery, "told"))->where, "reason");
    EXPECT_EQ(failed(post.settle(delivery, "burnt", "x"))->where, "how");
    EXPECT_EQ(failed(post.settle("no-such", "told", "x"))->code, model::ErrorCode::not_found);
    EXPECT_EQ(post.letters().size(), 1U);
    EXPECT_NE(accepted(post.settle(delivery, "told", "by phone")), nullptr);
    EXPECT_TRUE(post.letters().empty());
    EXPECT_EQ(failed(post.settle(delivery, "dropped", "x"))->code, model::ErrorCode::conflict);
    const auto rows = post.history("directory");
    ASSERT_EQ(rows.size(), before + 1);
    EXPECT_NE(rows.back().body.find("settle_dead_letter"), std::string::npos);
    EXPECT_EQ(rows.back().body.find("by phone"), std::string::npos) << "what a person wrote";
    EXPECT_EQ((*post.reader()->find_dead_letter(delivery))->note, "by phone");
}

}  // namespace
}  // namespace jinqiao::tests
