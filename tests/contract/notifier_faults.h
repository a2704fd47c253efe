#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/contract/notifier_contract.h"
#include "tests/contract/notifier_peer.h"

// What a channel over HTTP makes of everything that can go wrong on the way, and of every answer.
// A channel takes part by a FaultHarness of its own and one line:
//
//   INSTANTIATE_TYPED_TEST_SUITE_P(Wecom, NotifierFaults, WecomFaults);
namespace jinqiao::tests {

using OutcomeKind = engine::ports::Outcome::Kind;

// One answer of the provider and what has to come of it.
struct Answered {
    std::string body = {};  // of a 200, where `raw` is empty
    OutcomeKind kind{};
    std::string code = {};  // empty: any
    bool concerns_lane = false;
    std::optional<std::chrono::seconds> retry_after = {};
    std::string raw = {};  // the whole answer instead: http_answer("403 Forbidden", …)
};

class FaultHarness {
  public:
    virtual ~FaultHarness() = default;
    // The notifier, talking to this place: "http://127.0.0.1:PORT", "https://name.invalid".
    virtual std::unique_ptr<engine::ports::Notifier> make(const std::string& base) = 0;
    // Body of an answer that says: taken.
    virtual std::string taken() = 0;
    // Every code of the provider's table, and what else its answers may say.
    virtual std::vector<Answered> answers() = 0;
    // What must not show in an outcome: keys, tokens, paths that are credentials.
    virtual std::vector<std::string> credentials() = 0;
    virtual std::string address() { return "hrss"; }
    // Makes the peer answer what comes before the notice itself, a login for instance.
    virtual void prepare(Peer& /*peer*/) {}
    // A 2xx that does not say what became of the notice. A repeat may be worse than a loss.
    virtual std::set<OutcomeKind> unreadable() { return {OutcomeKind::retry}; }
    virtual OutcomeKind bad_request() { return OutcomeKind::rejected; }  // 400 without a code
    virtual engine::ports::Transmission message() { return transmission(address(), 1); }
};

template <class Harness>
class NotifierFaults : public ::testing::Test {
  protected:
    using Outcome = engine::ports::Outcome;
    using Kind = OutcomeKind;

    Outcome send(const std::string& base, std::chrono::milliseconds patience) {
        auto notifier = harness_.make(base);
        Outcomes outcomes;
        auto message = harness_.message();
        message.patience = patience;
        const auto began = std::chrono::steady_clock::now();
        notifier->send(message, outcomes.slot());
        const auto seen = outcomes.wait(1);
        EXPECT_EQ(seen.size(), 1U);
        EXPECT_LT(std::chrono::steady_clock::now() - began, patience + std::chrono::seconds{5});
        const Outcome outcome = seen.empty() ? Outcome{} : seen[0];
        shows_nothing(outcome);
        return outcome;
    }
    Outcome send(std::chrono::milliseconds patience = std::chrono::seconds{10}) {
        return send(peer_.base(), patience);
    }
    Outcome answered(const std::string& answer) {
        peer_.answer_with(answer);
        return send();
    }
    // In words for whoever reads the ledger: short, plain, and nothing that opens a door.
    void shows_nothing(const Outcome& outcome) {
        std::vector<std::string> texts{outcome.code, outcome.detail, outcome.provider_id};
        for (const auto& recipient : outcome.recipients)
            texts.insert(texts.end(), {recipient.code, recipient.provider_id});
        for (const std::string& text : texts) {
            EXPECT_LE(text.size(), 200U);
            EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](unsigned char c) {
                return c >= 0x20 && c < 0x7F;
            })) << text;
            for (const std::string& credential : harness_.credentials())
                EXPECT_EQ(text.find(credential), std::string::npos) << text;
        }
        EXPECT_TRUE(outcome.kind == Kind::delivered || !outcome.code.empty());
    }
    void one_of(const Outcome& outcome, const std::set<Kind>& kinds) {
        EXPECT_TRUE(kinds.contains(outcome.kind))
            << static_cast<int>(outcome.kind) << " " << outcome.code;
    }

    Harness harness_;
    Peer peer_;
    void SetUp() override { harness_.prepare(peer_); }
};

TYPED_TEST_SUITE_P(NotifierFaults);

TYPED_TEST_P(NotifierFaults, WhatNeverLeftIsWorthAnotherAttempt) {
    std::string closed;
    {
        const Peer gone;
        closed = gone.base();
    }
    EXPECT_EQ(this->send(closed, std::chrono::seconds{5}).kind, OutcomeKind::retry);
    EXPECT_EQ(this->send("http://name.invalid", std::chrono::seconds{5}).kind, OutcomeKind::retry);

    const std::string tls = "https://127.0.0.1:" + std::to_string(this->peer_.port());
    // The peer waits for the end of a request that never comes: no handshake, no body.
    EXPECT_EQ(this->send(tls, std::chrono::milliseconds{300}).kind, OutcomeKind::retry);
    this->peer_.behave(Peer::Manner::speaks_first);
    EXPECT_EQ(this->send(tls, std::chrono::seconds{5}).kind, OutcomeKind::retry);
}

TYPED_TEST_P(NotifierFaults, WhatLeftAndFoundNoAnswerIsUnknown) {
    // The login before it, if there is one, is answered; the notice is not.
    const auto broken = [this](const char* what, const std::string& answer) {
        SCOPED_TRACE(what);
        EXPECT_EQ(this->answered(answer).kind, OutcomeKind::unknown);
    };
    broken("hangs up", "");
    broken("half an answer", "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"er");
    broken("no HTTP", "hello\r\n");
}

TYPED_TEST_P(NotifierFaults, AnswersTheyDoNotFinishEndWithThePatience) {
    this->peer_.answer_with(http_answer("200 OK", std::string(5000, ' ')));
    for (const auto manner : {Peer::Manner::says_nothing, Peer::Manner::drips}) {
        this->peer_.behave(manner);
        const auto outcome = this->send(std::chrono::milliseconds{400});
        EXPECT_EQ(outcome.kind, OutcomeKind::unknown);
        EXPECT_EQ(outcome.code, "timeout");
    }
    this->peer_.behave(Peer::Manner::resets);
    EXPECT_EQ(this->send().kind, OutcomeKind::unknown);
}

TYPED_TEST_P(NotifierFaults, ABusyFarSideIsWorthAnotherAttempt) {
    for (const char* status : {"408 Request Timeout", "425 Too Early", "429 Too Many Requests",
                               "500 Internal Server Error", "502 Bad Gateway",
                               "503 Service Unavailable", "504 Gateway Timeout"}) {
        SCOPED_TRACE(status);
        EXPECT_EQ(this->answered(http_answer(status)).kind, OutcomeKind::retry);
        EXPECT_EQ(this->answered(http_answer(status, "<html>busy</html>")).kind,
                  OutcomeKind::retry);
    }
    const auto told =
        this->answered(http_answer("429 Too Many Requests", {}, "Retry-After: 177\r\n"));
    EXPECT_EQ(told.kind, OutcomeKind::retry);
    EXPECT_EQ(told.retry_after, std::chrono::seconds{177});
}

TYPED_TEST_P(NotifierFaults, RedirectsAreNotFollowed) {
    Peer elsewhere;
    const auto outcome =
        this->answered(http_answer("302 Found", {}, "Location: " + elsewhere.url() + "\r\n"));
    EXPECT_EQ(outcome.kind, OutcomeKind::rejected);
    EXPECT_TRUE(elsewhere.asked().empty());
    EXPECT_EQ(this->answered(http_answer("400 Bad Request")).kind, this->harness_.bad_request());
}

TYPED_TEST_P(NotifierFaults, WhatItsAnswersSayIsReadAsTheTableSays) {
    for (const Answered& row : this->harness_.answers()) {
        SCOPED_TRACE(row.raw.empty() ? row.body : row.raw);
        const auto outcome =
            this->answered(row.raw.empty() ? http_answer("200 OK", row.body) : row.raw);
        EXPECT_EQ(outcome.kind, row.kind) << outcome.code;
        EXPECT_TRUE(row.code.empty() || outcome.code == row.code) << outcome.code;
        EXPECT_EQ(outcome.concerns_lane, row.concerns_lane) << outcome.code;
        EXPECT_TRUE(!row.retry_after || outcome.retry_after == row.retry_after);
    }
    EXPECT_EQ(this->answered(http_answer("200 OK", this->harness_.taken())).kind,
              OutcomeKind::delivered);
}

TYPED_TEST_P(NotifierFaults, AnAnswerThatSaysNothingIsNoSuccess) {
    std::string deep(40000, '[');
    for (const std::string& body :
         {std::string(), std::string("<html>welcome</html>"), std::string("{"), std::string("{}"),
          std::string("[]"), std::string("null"), std::string("0"), std::string("\"ok\""),
          std::string("\xEF\xBB\xBF{}"), std::string("\xff\xfe"), std::string(1000, '\0'),
          std::string("{\"status\":200}"), deep, std::string(3'000'000, 'x'),
          "{\"pad\":\"" + std::string(3'000'000, 'x') + "\"," + this->harness_.taken().substr(1)}) {
        SCOPED_TRACE(body.substr(0, 40));
        this->one_of(this->answered(http_answer("200 OK", body)), this->harness_.unreadable());
    }
}

REGISTER_TYPED_TEST_SUITE_P(NotifierFaults, WhatNeverLeftIsWorthAnotherAttempt,
                            WhatLeftAndFoundNoAnswerIsUnknown,
                            AnswersTheyDoNotFinishEndWithThePatience,
                            ABusyFarSideIsWorthAnotherAttempt, RedirectsAreNotFollowed,
                            WhatItsAnswersSayIsReadAsTheTableSays,
                            AnAnswerThatSaysNothingIsNoSuccess);

}  // namespace jinqiao::tests
