#include "adapters/notify/sms/sms.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "tests/contract/notifier_contract.h"
#include "tests/contract/notifier_faults.h"
#include "tests/contract/notifier_peer.h"

namespace jinqiao::tests {
namespace {

using adapters::notify::courier::Courier;
using adapters::notify::sms::Sms;
using adapters::notify::sms::Variable;
using engine::ports::Outcome;
using SmsOptions = adapters::notify::sms::Options;
using Provider = SmsOptions::Provider;

SmsOptions options_for(Provider provider, bool older, const std::string& base) {
    SmsOptions options;
    options.provider = provider;
    options.older_signature = older;
    options.key_id = "id-xyz";
    options.secret = "secret-xyz";
    options.sign_name = "金桥";
    options.sdk_app_id = "1400006666";
    options.region = provider == Provider::tencent ? "ap-guangzhou" : "";
    options.base_url = base;
    options.words.grades = {{"blue", "橙色预警"}};
    options.templates["default"] = {
        "SMS_1", {{"1", Variable::Value::grade, {}}, {"2", Variable::Value::number, {}}}};
    options.reaching.allow_private = true;
    options.reaching.timeout = std::chrono::milliseconds{5000};
    return options;
}

std::string ok(const std::string& body) { return http_answer("200 OK", body); }

constexpr const char* aliyun_taken = R"({"Code":"OK","Message":"OK","BizId":"9006^0"})";
constexpr const char* tencent_taken =
    R"({"Response":{"SendStatusSet":[{"SerialNo":"5000:1","PhoneNumber":"+8613800000000",)"
    R"("Code":"Ok"}],"RequestId":"R"}})";

std::string decoded(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '%' && i + 2 < text.size()) {
            result += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            result += text[i];
        }
    return result;
}

// The parameters of the message, without those that belong to an attempt.
std::string business(const std::string& form) {
    std::string kept;
    for (std::size_t at = 0; at < form.size();) {
        const auto end = std::min(form.find('&', at), form.size());
        const auto part = form.substr(at, end - at);
        if (!part.starts_with("Signature=") && !part.starts_with("SignatureNonce=") &&
            !part.starts_with("Timestamp="))
            kept += decoded(part) + "\n";
        at = end + 1;
    }
    return kept;
}

template <Provider provider, bool older>
class SmsHarness : public NotifierHarness {
  public:
    SmsHarness() { mend_far_side(); }
    std::unique_ptr<engine::ports::Notifier> make() override {
        return std::make_unique<Sms>(
            options_for(provider, older, peer_.base()), std::make_shared<Courier>(),
            [] { return std::chrono::sys_seconds{std::chrono::seconds{1'784'000'000}}; });
    }
    std::string address() override { return "13800000000"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        for (const auto& request : peer_.received()) {
            std::string body = request.body;
            if (provider == Provider::aliyun)
                body = business(older ? body : request.path.substr(request.path.find('?') + 1));
            const std::string mark =
                provider == Provider::aliyun ? "OutId=" : "\"SessionContext\":\"";
            const auto at = body.find(mark) + mark.size();
            result.push_back({body.substr(at, body.find_first_of("\"\n", at) - at), body});
        }
        return result;
    }
    void break_far_side() override { peer_.answer_with(http_answer("503 Service Unavailable")); }
    void mend_far_side() override {
        peer_.answer_with(ok(provider == Provider::aliyun ? aliyun_taken : tencent_taken));
    }

  private:
    Peer peer_;
};

using AliyunHarness = SmsHarness<Provider::aliyun, false>;
using AliyunV1Harness = SmsHarness<Provider::aliyun, true>;
using TencentHarness = SmsHarness<Provider::tencent, false>;
INSTANTIATE_TYPED_TEST_SUITE_P(SmsAliyun, NotifierContract, AliyunHarness);
INSTANTIATE_TYPED_TEST_SUITE_P(SmsAliyunV1, NotifierContract, AliyunV1Harness);
INSTANTIATE_TYPED_TEST_SUITE_P(SmsTencent, NotifierContract, TencentHarness);

// What both providers' codes come to stands in tests/unit/notify/sms_test.cc; here is one of each
// kind, over the wire.
template <Provider provider, bool older>
class SmsFaults : public FaultHarness {
  public:
    std::unique_ptr<engine::ports::Notifier> make(const std::string& base) override {
        return std::make_unique<Sms>(
            options_for(provider, older, base), std::make_shared<Courier>(),
            [] { return std::chrono::sys_seconds{std::chrono::seconds{1'784'000'000}}; });
    }
    std::string address() override { return "13800000000"; }
    std::string taken() override {
        return provider == Provider::aliyun ? aliyun_taken : tencent_taken;
    }
    std::vector<std::string> credentials() override { return {"xyz", "13800000000", "127.0.0.1"}; }
    // It may have been sent, and a repeat would arrive as another message.
    std::set<OutcomeKind> unreadable() override { return {OutcomeKind::unknown}; }
    std::vector<Answered> answers() override {
        return provider == Provider::aliyun ? aliyun() : tencent();
    }

  private:
    using Kind = OutcomeKind;
    static std::string coded(const std::string& code, const std::string& message = "x") {
        return R"({"Code":")" + code + R"(","Message":")" + message + R"(","RequestId":"R"})";
    }
    static std::vector<Answered> aliyun() {
        const auto minute = std::chrono::seconds{60};
        return {{coded("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1"), Kind::retry,
                 "isv.BUSINESS_LIMIT_CONTROL", false, minute},
                {coded("isp.SYSTEM_ERROR"), Kind::retry, "isp.SYSTEM_ERROR"},
                {coded("isv.MOBILE_NUMBER_ILLEGAL"), Kind::rejected, "isv.MOBILE_NUMBER_ILLEGAL"},
                {coded("isv.AMOUNT_NOT_ENOUGH"), Kind::retry, "isv.AMOUNT_NOT_ENOUGH", true},
                {{},
                 Kind::retry,
                 "SignatureDoesNotMatch",
                 true,
                 {},
                 http_answer("400 Bad Request", coded("SignatureDoesNotMatch"))},
                {{},
                 Kind::retry,
                 "Throttling.User",
                 true,
                 {},
                 http_answer("503 Busy", coded("Throttling.User"))},
                {coded("secret code with 13800000000"), Kind::unknown, "unreadable"}};
    }
    static std::string refused(const std::string& code) {
        return R"({"Response":{"Error":{"Code":")" + code +
               R"(","Message":"13800000000"},"RequestId":"R"}})";
    }
    static std::string status(const std::string& code) {
        return R"({"Response":{"SendStatusSet":[{"SerialNo":"13800000000","PhoneNumber":)"
               R"("+8613800000000","Code":")" +
               code + R"("}],"RequestId":"R"}})";
    }
    static std::vector<Answered> tencent() {
        const auto hour = std::chrono::seconds{3600};
        return {{refused("AuthFailure.SignatureFailure"), Kind::retry,
                 "AuthFailure.SignatureFailure", true},
                {refused("InternalError.Timeout"), Kind::retry, "InternalError.Timeout"},
                {refused("RequestLimitExceeded"), Kind::retry, "RequestLimitExceeded", true,
                 std::chrono::seconds{10}},
                {status("Ok"), Kind::delivered, "Ok"},
                {status("LimitExceeded.PhoneNumberOneHourLimit"), Kind::retry,
                 "LimitExceeded.PhoneNumberOneHourLimit", false, hour},
                {status("FailedOperation.ContainSensitiveWord"), Kind::rejected,
                 "FailedOperation.ContainSensitiveWord"},
                {R"({"Response":{"SendStatusSet":[]}})", Kind::unknown, "unreadable"},
                {R"({"Response":{"SendStatusSet":[{"PhoneNumber":"+8613800000000"}]}})",
                 Kind::unknown, "unreadable"}};
    }
};

using AliyunFaults = SmsFaults<Provider::aliyun, false>;
using AliyunV1Faults = SmsFaults<Provider::aliyun, true>;
using TencentFaults = SmsFaults<Provider::tencent, false>;
INSTANTIATE_TYPED_TEST_SUITE_P(SmsAliyun, NotifierFaults, AliyunFaults);
INSTANTIATE_TYPED_TEST_SUITE_P(SmsAliyunV1, NotifierFaults, AliyunV1Faults);
INSTANTIATE_TYPED_TEST_SUITE_P(SmsTencent, NotifierFaults, TencentFaults);

class SmsWire : public ::testing::Test {
  protected:
    Outcome send(Provider provider, engine::ports::Transmission message) {
        Sms sms(options_for(provider, false, peer_.base()), std::make_shared<Courier>(),
                [] { return std::chrono::sys_seconds{std::chrono::seconds{1'784'000'000}}; });
        Outcomes outcomes;
        sms.send(message, outcomes.slot());
        const auto seen = outcomes.wait(1);
        EXPECT_EQ(seen.size(), 1U);
        return seen.empty() ? Outcome{} : seen[0];
    }
    Peer peer_;
};

TEST_F(SmsWire, WhatIsSettledIsNotSentToAgain) {
    peer_.answer_with(
        ok(R"({"Response":{"SendStatusSet":[{"PhoneNumber":"+8613900000001","Code":"Ok"}]}})"));
    auto message = transmission("13800000000,+8613900000001", 1);
    message.settled = {"13800000000"};
    const auto outcome = send(Provider::tencent, message);
    EXPECT_EQ(outcome.kind, Outcome::Kind::delivered);
    ASSERT_EQ(outcome.recipients.size(), 1U);
    EXPECT_EQ(outcome.recipients[0].name, "+8613900000001");
    ASSERT_EQ(peer_.received().size(), 1U);
    EXPECT_EQ(peer_.received()[0].body.find("13800000000"), std::string::npos);

    message.settled.emplace_back("+8613900000001");
    EXPECT_EQ(send(Provider::tencent, message).code, "settled");
    EXPECT_EQ(peer_.received().size(), 1U);
}

TEST_F(SmsWire, AnAddressThatIsNoNumberIsNotSentAnywhere) {
    const auto outcome = send(Provider::aliyun, transmission("desk@example.com", 1));
    EXPECT_EQ(outcome.kind, Outcome::Kind::rejected);
    EXPECT_EQ(outcome.code, "address");
    EXPECT_TRUE(peer_.received().empty());
}

// A header curl would add by itself would be one that is sent and not signed.
TEST_F(SmsWire, SignsEveryHeaderThatHasToBe) {
    peer_.answer_with(ok(aliyun_taken));
    (void)send(Provider::aliyun, transmission("13800000000", 1));
    const auto received = peer_.received();
    ASSERT_EQ(received.size(), 1U);
    const auto& headers = received[0].headers;
    EXPECT_FALSE(headers.contains("content-type"));
    for (const auto& [name, value] : headers) {
        const bool covered = headers.at("authorization").find(name) != std::string::npos;
        EXPECT_TRUE(covered || !(name.starts_with("x-acs-") || name == "host")) << name;
    }
}

TEST_F(SmsWire, NeitherLinkNorTextLeavesTheHouse) {
    peer_.answer_with(ok(tencent_taken));
    (void)send(Provider::tencent, transmission("13800000000", 1));
    ASSERT_EQ(peer_.received().size(), 1U);
    EXPECT_EQ(peer_.received()[0].body.find("127.0.0.1"), std::string::npos);
    EXPECT_EQ(peer_.received()[0].body.find("签收"), std::string::npos);
}

}  // namespace
}  // namespace jinqiao::tests
