#include <map>
#include <set>

#include "tests/unit/runtime/post.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

using ports::Outcome;
using runtime::Attempt;
using runtime::ChannelSettings;
using runtime::plan;
using time::testing::at;
using namespace std::chrono_literals;

const time::Instant noon = at("2026-03-03 12:00");

Attempt attempt_number(int number, int unknown_before = 0) {
    Attempt out;
    out.row.id = "d1";
    out.row.attempts = number - 1;
    out.first_at = noon;
    out.unknown_before = unknown_before;
    return out;
}

TEST(DeliveryPlan, BackOffDoublesUpToItsCeilingAndJitterOnlyShortensIt) {
    ChannelSettings settings;
    settings.give_up_after = 0ms;
    const auto wait = [&](int number, double jitter) {
        return *plan(attempt_number(number), outcome(Outcome::Kind::retry), noon, settings, jitter)
                    .next_at -
               noon;
    };
    EXPECT_EQ(wait(1, 1.0), 5s);
    EXPECT_EQ(wait(2, 1.0), 10s);
    EXPECT_EQ(wait(4, 1.0), 40s);
    EXPECT_EQ(wait(4, 0.5), 20s);
    EXPECT_EQ(wait(40, 1.0), 24h);
    EXPECT_EQ(wait(3, 0.0), 500ms);
}

TEST(DeliveryPlan, RetryAfterIsALowerBound) {
    auto later = outcome(Outcome::Kind::retry);
    later.retry_after = 90s;
    EXPECT_EQ(plan(attempt_number(1), later, noon, {}, 0.1).next_at, noon + 90s);
    later.retry_after = 1s;
    EXPECT_EQ(plan(attempt_number(1), later, noon, {}, 1.0).next_at, noon + 5s);
}

TEST(DeliveryPlan, DeliveredAndRejectedAreFinal) {
    for (const auto kind : {Outcome::Kind::delivered, Outcome::Kind::rejected})
        EXPECT_FALSE(plan(attempt_number(1), outcome(kind), noon, {}, 1.0).next_at);
}

TEST(DeliveryPlan, GivesUpAfterItsTimeOrItsAttempts) {
    ChannelSettings settings;
    settings.give_up_after = 1h;
    const auto retry = outcome(Outcome::Kind::retry);
    EXPECT_TRUE(plan(attempt_number(2), retry, noon + 59min, settings, 1.0).next_at);
    EXPECT_FALSE(plan(attempt_number(2), retry, noon + 1h, settings, 1.0).next_at);
    settings.attempts = 3;
    EXPECT_TRUE(plan(attempt_number(2), retry, noon, settings, 1.0).next_at);
    EXPECT_FALSE(plan(attempt_number(3), retry, noon, settings, 1.0).next_at);
}

TEST(DeliveryPlan, UnknownIsRepeatedOnlyWhereARepeatIsHarmless) {
    ChannelSettings settings;
    const auto unknown = outcome(Outcome::Kind::unknown);
    EXPECT_TRUE(plan(attempt_number(1), unknown, noon, settings, 1.0).next_at);
    EXPECT_FALSE(plan(attempt_number(4, 3), unknown, noon, settings, 1.0).next_at);
    settings.recognises_repeats = false;
    EXPECT_FALSE(plan(attempt_number(1), unknown, noon, settings, 1.0).next_at);
}

// Rather told twice than not at all.
TEST(DeliveryPlan, UnknownOfAHighGradeIsRepeatedEvenWhereTheRepeatIsNotRecognised) {
    ChannelSettings settings;
    settings.recognises_repeats = false;
    for (const auto grade : {model::GradeLevel::blue, model::GradeLevel::yellow,
                             model::GradeLevel::orange, model::GradeLevel::red}) {
        auto attempt = attempt_number(1);
        attempt.grade = grade;
        EXPECT_EQ(
            plan(attempt, outcome(Outcome::Kind::unknown), noon, settings, 1.0).next_at.has_value(),
            grade >= model::GradeLevel::orange);
    }
}

TEST(DeliveryPlan, IsHighTimeForTheNextContactByGrade) {
    ChannelSettings settings;
    settings.pass_on = {0ms, 1h, 10min, 2min};
    auto attempt = attempt_number(2);
    attempt.row.since = noon - 10min;
    const auto overdue = [&](model::GradeLevel grade) {
        attempt.grade = grade;
        return plan(attempt, outcome(Outcome::Kind::retry), noon, settings, 1.0).overdue;
    };
    EXPECT_FALSE(overdue(model::GradeLevel::blue));
    EXPECT_FALSE(overdue(model::GradeLevel::yellow));
    EXPECT_TRUE(overdue(model::GradeLevel::orange));
    EXPECT_TRUE(overdue(model::GradeLevel::red));
}

TEST(DeliveryPlan, WhatIsSentAgainByHandHasItsTimeAnew) {
    ChannelSettings settings;
    settings.give_up_after = 1h;
    auto attempt = attempt_number(5);
    attempt.first_at = noon - 48h;
    EXPECT_FALSE(plan(attempt, outcome(Outcome::Kind::retry), noon, settings, 0.1).next_at);
    attempt.row.since = noon;
    EXPECT_TRUE(plan(attempt, outcome(Outcome::Kind::retry), noon, settings, 0.1).next_at);
}

// The union's desk is reached by text message first, which is rejected, and by file then.
struct TwoContacts : Post {
    TwoContacts() {
        notifiers["sms"] = sms;
        sms->answer_with(
            [](const ports::Transmission&) { return outcome(Outcome::Kind::rejected); });
        set_contacts(*this, {{"sms", "138"}, {"file", "tao"}, {"sms", "138"}});
    }
    std::set<std::string> events(const model::CaseId& id, const std::string& addressee) {
        std::set<std::string> out;
        for (const auto& row : notices(id))
            if (row.notice.addressee.text() == addressee)
                out.insert(row.notice.event + " by " + row.notice.channel + ": " + row.state);
        return out;
    }
    std::shared_ptr<RecordingNotifier> sms = std::make_shared<RecordingNotifier>();
};

TEST(Deliveries, TheNextContactIsTriedBeforeTheFallbackDesk) {
    TwoContacts post;
    const auto id = post.file();
    post.pump();
    EXPECT_EQ(post.events(id, "department:union"),
              (std::set<std::string>{"alert by sms: rejected", "alert by file: delivered"}));
    EXPECT_TRUE(post.events(id, "post:fallback_desk").empty());
    for (const auto& row : post.history(id.value))
        EXPECT_EQ(row.body.find("138"), std::string::npos) << "an address in the history";
}

TEST(Deliveries, AfterTheLastContactTheFallbackDeskIsToldOnce) {
    TwoContacts post;
    post.channel->answer_with([](const ports::Transmission& transmission) {
        return outcome(transmission.address == "tao" ? Outcome::Kind::rejected
                                                     : Outcome::Kind::delivered);
    });
    const auto id = post.file();
    post.pump();
    EXPECT_EQ(post.events(id, "department:union"),
              (std::set<std::string>{"alert by sms: rejected", "alert by file: rejected"}));
    EXPECT_EQ(post.sms->sent().size(), 1U) << "the same contact twice is one";
    EXPECT_EQ(post.events(id, "post:fallback_desk"),
              (std::set<std::string>{"undeliverable by file: delivered"}));
}

// Off over a holiday, or queued behind one that was given up on: that is no attempt.
TEST(Deliveries, ANoticeThatWaitedADayIsTriedMoreThanOnce) {
    Post post;
    const auto id = post.file();
    post.clock.forward(25h);
    post.channel->answer_with(
        [](const ports::Transmission&) { return outcome(Outcome::Kind::retry); });
    post.pump();
    post.channel->answer_with({});
    post.clock.forward(1min);
    post.pump();
    EXPECT_EQ(post.states(id), (std::set<std::string>{"delivered"}));
}

TEST(Deliveries, DeliveredNoticeStartsTheSignForClock) {
    Post post;
    const auto id = post.file();
    ASSERT_GT(post.pump(), 0U);
    EXPECT_EQ(post.states(id), (std::set<std::string>{"delivered"}));
    const auto kase = post.stored(id);
    bool any = false;
    for (const auto& assignment : kase.assignments) {
        if (assignment.task != "alert") continue;
        any = true;
        EXPECT_EQ(assignment.state, model::AssignmentState::delivered);
    }
    EXPECT_TRUE(any);
    EXPECT_NE(kase.clock("asg.sign", kase.assignments.front().id.value), nullptr);
    EXPECT_EQ(post.pump(), 0U);
}

TEST(Deliveries, BodyCarriesWhatTheContractNames) {
    Post post;
    const auto id = post.file();
    post.pump();
    const auto sent = post.channel->sent().front();
    for (const auto* key : {"id", "key", "case", "number", "grade", "event", "addressee", "text",
                            "sign_url", "exercise"})
        EXPECT_TRUE(sent.body.contains(key)) << key;
    EXPECT_EQ(text(sent.body, "number"), "JQ-2026-000001");
    EXPECT_EQ(sent.id, text(sent.body, "id"));
    EXPECT_EQ(sent.id.find('.'), std::string::npos);
    EXPECT_EQ(text(sent.body, "case"), id.value);
    EXPECT_EQ(sent.at, post.clock.now()) << "when the notice was made";
}

TEST(Deliveries, RepeatIsTheSameByteForByte) {
    Post post;
    post.file();
    post.channel->answer_with([](const auto&) { return outcome(Outcome::Kind::retry); });
    post.pump();
    const auto first = post.channel->sent();
    post.channel->forget();
    post.clock.forward(10s);
    post.pump();
    const auto second = post.channel->sent();
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].id, second[i].id);
        EXPECT_EQ(first[i].text, second[i].text);
        EXPECT_EQ(first[i].body, second[i].body);
        EXPECT_EQ(first[i].at, second[i].at);
        EXPECT_EQ(second[i].attempt, 2);
    }
}

TEST(Deliveries, LaterNoticeToTheSameAddressWaitsForTheEarlier) {
    Post post;
    const auto id = post.file();
    ASSERT_NE(accepted(post.act("wang", "ask", id)), nullptr);
    ASSERT_NE(accepted(post.act("wang", "refuse", id, {{"reason", "no"}})), nullptr);
    post.channel->answer_with([](const auto&) { return outcome(Outcome::Kind::retry); });
    post.pump();
    std::set<std::string> addresses;
    for (const auto& sent : post.channel->sent())
        EXPECT_TRUE(addresses.insert(sent.address).second);
    const auto waiting = post.channel->sent().size();

    post.channel->forget();
    post.channel->answer_with({});
    post.clock.forward(10s);
    EXPECT_GT(post.pump(), waiting);
    std::map<std::string, std::uint64_t> last;
    for (const auto& sent : post.channel->sent()) {
        for (const auto& row : post.notices(id)) {
            if (row.delivery != sent.id) continue;
            EXPECT_GE(row.seq, last[sent.address]);
            last[sent.address] = row.seq;
        }
    }
}

TEST(Deliveries, RejectedNoticeTellsTheFallbackDesk) {
    Post post;
    const auto id = post.file();
    post.channel->answer_with([](const ports::Transmission& sent) {
        return outcome(text(sent.body, "addressee") == "department:union"
                           ? Outcome::Kind::rejected
                           : Outcome::Kind::delivered);
    });
    post.pump();
    bool told = false;
    for (const auto& row : post.notices(id))
        if (row.notice.event == "undeliverable") {
            told = true;
            EXPECT_EQ(row.notice.addressee.text(), "post:fallback_desk");
            EXPECT_EQ(row.state, "delivered");
        }
    EXPECT_TRUE(told);
    EXPECT_EQ(post.states(id), (std::set<std::string>{"delivered", "rejected"}));
}

TEST(Deliveries, SilentFailureEndsAsADeadLetter) {
    Post post;
    const auto id = post.file();
    post.settings.otherwise.give_up_after = 20s;
    post.channel->answer_with([](const auto&) { return outcome(Outcome::Kind::retry); });
    for (int i = 0; i < 20; ++i) {
        post.pump();
        post.clock.forward(5s);
    }
    EXPECT_EQ(post.states(id), (std::set<std::string>{"dead"}));
    const auto dead = post.reader()->deliveries_in_state("dead", 0, 100);
    ASSERT_FALSE(dead->empty());
    EXPECT_GE(post.reader()->attempts(dead->front().id)->size(), 2U);
}

TEST(Deliveries, UnknownOutcomeIsRepeatedAFewTimesThenDead) {
    Post post;
    const auto id = post.file();
    post.channel->answer_with([](const auto&) { return outcome(Outcome::Kind::unknown); });
    for (int i = 0; i < 12; ++i) {
        post.pump();
        post.clock.forward(1min);
    }
    EXPECT_EQ(post.states(id), (std::set<std::string>{"dead"}));
    const auto dead = post.reader()->deliveries_in_state("dead", 0, 1);
    EXPECT_EQ(post.reader()->attempts(dead->front().id)->size(), 4U);
    EXPECT_TRUE(dead->front().sent_unknown);
}

TEST(Deliveries, ChannelThatIsNoLongerConfiguredIsADeadLetter) {
    Post post;
    const auto id = post.file();
    post.notifiers.clear();
    post.pump();
    EXPECT_EQ(post.states(id), (std::set<std::string>{"rejected"}));
}

TEST(Deliveries, SecondReportOfAnAttemptIsDropped) {
    Post post;
    post.file();
    const auto row = post.reader()->deliveries_ready("file", post.clock.now(), 1)->front();
    runtime::DeliveryOutcome report{
        row.id, 1, outcome(Outcome::Kind::retry), post.clock.now() + 5s, {}};
    runtime::Submission one;
    one.work = report;
    EXPECT_NE(accepted(post.send(one)), nullptr);
    const auto again = post.send(one);
    ASSERT_NE(refused(again), nullptr);
    EXPECT_EQ(refused(again)->kind, model::Refusal::Kind::dropped);
    EXPECT_EQ(post.reader()->attempts(row.id)->size(), 1U);
}

runtime::Submission report_of(const ports::DeliveryRow& row, Outcome::Kind kind) {
    runtime::Submission out;
    out.lane = runtime::Lane::engine;
    out.work = runtime::DeliveryOutcome{row.id, row.attempts + 1, outcome(kind), {}, row.kase};
    return out;
}

// Of two cases by turns: what arrived of each is one row of its history.
TEST(Deliveries, OutcomesOfACaseInOneBatchAreOneDecision) {
    Post post;
    const auto one = post.file(6);
    const auto other = post.file(6);
    const auto rows = post.pending();
    std::vector<std::vector<runtime::Submission>> of(2);
    for (const auto& row : rows)
        of[row.kase == one ? 0 : 1].push_back(report_of(row, Outcome::Kind::delivered));
    ASSERT_GE(of[0].size(), 2U);
    ASSERT_EQ(of[0].size(), of[1].size());
    std::vector<runtime::Submission> batch;
    for (std::size_t i = 0; i < of[0].size(); ++i)
        for (auto& list : of) batch.push_back(std::move(list[i]));
    batch.push_back(report_of(rows.front(), Outcome::Kind::delivered));  // once more

    const std::map<model::CaseId, std::size_t> before = {{one, post.history(one.value).size()},
                                                         {other, post.history(other.value).size()}};
    const auto answers = post.process(std::move(batch));
    for (std::size_t i = 0; i + 1 < answers.size(); ++i)
        EXPECT_NE(accepted(answers[i]), nullptr) << i;
    ASSERT_NE(refused(answers.back()), nullptr) << "the same attempt";
    for (const auto& [id, length] : before) {
        EXPECT_EQ(post.history(id.value).size(), length + 1);
        EXPECT_EQ(post.states(id), (std::set<std::string>{"delivered"}));
        for (const auto& assignment : post.stored(id).assignments)
            EXPECT_EQ(assignment.state, model::AssignmentState::delivered);
    }
}

TEST(Deliveries, OneThatFailsTogetherWithOthersIsFollowedUpByItself) {
    TwoContacts post;
    const auto id = post.file(6);
    std::vector<runtime::Submission> batch;
    for (const auto& row : post.pending())
        batch.push_back(report_of(
            row, row.channel == "sms" ? Outcome::Kind::rejected : Outcome::Kind::delivered));
    ASSERT_GE(batch.size(), 2U);
    for (const auto& answer : post.process(std::move(batch))) EXPECT_NE(accepted(answer), nullptr);
    const auto events = post.events(id, "department:union");
    EXPECT_TRUE(events.contains("alert by sms: rejected"));
    EXPECT_TRUE(events.contains("alert by file: pending")) << "the next contact";
    EXPECT_EQ(post.events(id, "department:hr"),
              (std::set<std::string>{"alert by file: delivered"}));
}

// One of an unknown delivery is refused alone; the others are taken.
TEST(Deliveries, OneThatIsBrokenSpoilsNoneOfItsCase) {
    Post post;
    const auto id = post.file(6);
    std::vector<runtime::Submission> batch;
    for (const auto& row : post.pending())
        batch.push_back(report_of(row, Outcome::Kind::delivered));
    ports::DeliveryRow unknown;
    unknown.id = "no-such";
    unknown.kase = id;
    batch.insert(batch.begin() + 1, report_of(unknown, Outcome::Kind::delivered));
    const auto answers = post.process(std::move(batch));
    for (std::size_t i = 0; i < answers.size(); ++i)
        EXPECT_EQ(failed(answers[i]) != nullptr, i == 1) << i;
    EXPECT_EQ(post.states(id), (std::set<std::string>{"delivered"}));
}

TEST(Deliveries, DeliveryLeavesAnEditorsVersionGood) {
    Post post;
    const auto id = post.file();
    const auto version = post.stored(id).version;
    post.pump();
    auto edit = command("ask", id, {}, person("wang"));
    edit.expected_version = version;
    EXPECT_NE(accepted(post.send(edit)), nullptr);
}

}  // namespace
}  // namespace jinqiao::tests
