#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/ports/notifier.h"

namespace jinqiao::tests {

// What the suite needs to know about a channel: how to make it, what arrived on the far side, and
// how to break the far side and mend it.
class NotifierHarness {
  public:
    struct Arrived {
        std::string id;    // what a receiver recognises a repeat by
        std::string body;  // the notice as it arrived
    };
    virtual ~NotifierHarness() = default;
    virtual std::unique_ptr<engine::ports::Notifier> make() = 0;
    virtual std::string address() = 0;
    virtual std::vector<Arrived> arrived() = 0;
    virtual void break_far_side() = 0;
    virtual void mend_far_side() = 0;
};

// Collects outcomes from whatever thread they come.
class Outcomes {
  public:
    std::function<void(engine::ports::Outcome)> slot() {
        return [this](engine::ports::Outcome outcome) {
            std::lock_guard lock(mutex_);
            outcomes_.push_back(std::move(outcome));
            changed_.notify_all();
        };
    }
    std::vector<engine::ports::Outcome> wait(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds{20},
                          [&] { return outcomes_.size() >= count; });
        return outcomes_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<engine::ports::Outcome> outcomes_;
};

inline engine::ports::Transmission transmission(const std::string& address, int number) {
    engine::ports::Transmission result;
    result.id = "01jdelivery-" + std::to_string(number);
    result.key = "case|alert|1|" + address;
    result.channel = "tested";
    result.address = address;
    result.subject = "橙色预警 JQ-2026-000123";
    result.text = "橙色预警 JQ-2026-000123，请签收。";
    result.body = {{"id", "01jcase-n" + std::to_string(number)},
                   {"key", result.key},
                   {"case", "01jcase"},
                   {"number", "JQ-2026-000123"},
                   {"grade", "orange"},
                   {"event", "alert"},
                   {"addressee", "department:" + address},
                   {"text", result.text},
                   {"sign_url", "http://127.0.0.1/s/x"},
                   {"exercise", false}};
    return result;
}

// One behaviour suite for every channel: `Harness` is default-constructible.
template <class Harness>
class NotifierContract : public ::testing::Test {
  protected:
    Harness harness_;
};

TYPED_TEST_SUITE_P(NotifierContract);

TYPED_TEST_P(NotifierContract, DeliversAndSaysSoOnce) {
    auto notifier = this->harness_.make();
    Outcomes outcomes;
    notifier->send(transmission(this->harness_.address(), 1), outcomes.slot());
    const auto seen = outcomes.wait(1);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].kind, engine::ports::Outcome::Kind::delivered) << seen[0].code;
    const auto arrived = this->harness_.arrived();
    ASSERT_EQ(arrived.size(), 1U);
    EXPECT_NE(arrived[0].body.find("橙色预警"), std::string::npos);
}

TYPED_TEST_P(NotifierContract, DeliversManyAtOnce) {
    auto notifier = this->harness_.make();
    Outcomes outcomes;
    for (int i = 0; i < 40; ++i)
        notifier->send(transmission(this->harness_.address(), i), outcomes.slot());
    const auto seen = outcomes.wait(40);
    ASSERT_EQ(seen.size(), 40U);
    for (const auto& outcome : seen)
        EXPECT_EQ(outcome.kind, engine::ports::Outcome::Kind::delivered) << outcome.code;
    EXPECT_EQ(this->harness_.arrived().size(), 40U);
}

TYPED_TEST_P(NotifierContract, ARepeatIsRecognisableAndTheSameByteForByte) {
    auto notifier = this->harness_.make();
    Outcomes outcomes;
    auto message = transmission(this->harness_.address(), 1);
    notifier->send(message, outcomes.slot());
    (void)outcomes.wait(1);
    const auto first = this->harness_.arrived();
    message.attempt = 2;
    notifier->send(message, outcomes.slot());
    (void)outcomes.wait(2);
    const auto both = this->harness_.arrived();
    ASSERT_FALSE(first.empty());
    ASSERT_FALSE(both.empty());
    EXPECT_EQ(both.back().id, first.front().id);
    EXPECT_EQ(both.back().body, first.front().body);
}

TYPED_TEST_P(NotifierContract, ABrokenFarSideIsWorthAnotherAttempt) {
    auto notifier = this->harness_.make();
    Outcomes outcomes;
    this->harness_.break_far_side();
    notifier->send(transmission(this->harness_.address(), 1), outcomes.slot());
    auto seen = outcomes.wait(1);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].kind, engine::ports::Outcome::Kind::retry) << seen[0].code;
    EXPECT_FALSE(seen[0].code.empty());

    this->harness_.mend_far_side();
    notifier->send(transmission(this->harness_.address(), 1), outcomes.slot());
    seen = outcomes.wait(2);
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[1].kind, engine::ports::Outcome::Kind::delivered) << seen[1].code;
}

TYPED_TEST_P(NotifierContract, AnswersWhatIsUnderWayWhenItEnds) {
    Outcomes outcomes;
    {
        auto notifier = this->harness_.make();
        for (int i = 0; i < 10; ++i)
            notifier->send(transmission(this->harness_.address(), i), outcomes.slot());
    }
    // The courier may be shared and outlive the channel; either way everybody gets an answer.
    EXPECT_EQ(outcomes.wait(10).size(), 10U);
}

REGISTER_TYPED_TEST_SUITE_P(NotifierContract, DeliversAndSaysSoOnce, DeliversManyAtOnce,
                            ARepeatIsRecognisableAndTheSameByteForByte,
                            ABrokenFarSideIsWorthAnotherAttempt, AnswersWhatIsUnderWayWhenItEnds);

}  // namespace jinqiao::tests
