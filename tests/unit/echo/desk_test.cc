// The providers as the desk plays them: what each takes, and how each refuses.
#include "adapters/echo/desk.h"

#include <gtest/gtest.h>

#include "adapters/notify/mac.h"
#include "adapters/notify/signature.h"
#include "adapters/notify/sms/aliyun_v1.h"
#include "adapters/notify/sms/aliyun_v3.h"
#include "adapters/notify/sms/tencent.h"

namespace jinqiao::adapters::echo {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
namespace sms = notify::sms;

constexpr std::int64_t at_s = 1767323045;  // 2026-01-02T03:04:05Z
constexpr const char* whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

class EchoDesk : public ::testing::Test {
  protected:
    Settings settings() {
        Settings out;
        out.secrets = {{"aliyun", {"other", "testSecret"}},
                       {"tencent", {"SecretKeyExample"}},
                       {"dingtalk", {"SEC0123456789abcdef"}},
                       {"feishu", {"demo"}},
                       {"webhook", {whsec}},
                       {"wecom_app", {"corp-secret"}}};
        out.token_life = seconds{60};
        out.now = [this] { return now_; };
        return out;
    }
    std::string asks(Asked asked, const Fault& fault = {}) {
        const auto provider = Desk::provider_of(asked);
        last_ = desk_.answer(provider, asked, fault);
        EXPECT_EQ(last_.verdict.find("Secret"), std::string::npos);
        return last_.body;
    }
    static Asked post(const std::string& path, const std::string& body, Parameters query = {}) {
        Asked asked{"POST", path, std::move(query), {}, body};
        asked.headers["content-type"] = "application/json; charset=utf-8";
        return asked;
    }
    static bool says(const std::string& body, const std::string& part) {
        return body.find(part) != std::string::npos;
    }

    sys_seconds now_{seconds{at_s}};
    Reply last_;
    Desk desk_{settings()};
};

Asked aliyun(const std::string& nonce, const std::string& secret = "testSecret") {
    sms::aliyun_v3::Request signs;
    signs.query = {{"PhoneNumbers", "13800000000"},
                   {"SignName", "金桥"},
                   {"TemplateCode", "SMS_1"},
                   {"TemplateParam", R"({"level":"红色"})"}};
    signs.headers = {{"host", "127.0.0.1:99"},
                     {"x-acs-action", "SendSms"},
                     {"x-acs-content-sha256", notify::hex(notify::sha256(""))},
                     {"x-acs-date", "2026-01-02T03:04:05Z"},
                     {"x-acs-signature-nonce", nonce},
                     {"x-acs-version", "2017-05-25"}};
    Asked asked{"POST", "/", signs.query, signs.headers, ""};
    asked.headers["authorization"] = sms::aliyun_v3::authorization("id", secret, signs);
    return asked;
}

TEST_F(EchoDesk, AliyunTakesWhatIsSignedRight) {
    EXPECT_TRUE(says(asks(aliyun("n1")), R"("Code":"OK")"));
    EXPECT_TRUE(says(last_.verdict, "138****0000")) << last_.verdict;
    EXPECT_FALSE(says(last_.verdict, "13800000000")) << last_.verdict;
}

TEST_F(EchoDesk, AliyunRefusesWhatIsSignedOrSentOtherwise) {
    EXPECT_TRUE(says(asks(aliyun("n1", "wrong")), "SignatureDoesNotMatch"));
    EXPECT_EQ(last_.status, 400);
    auto tampered = aliyun("n2");
    tampered.query[0].second = "13900000000";
    EXPECT_TRUE(says(asks(tampered), "SignatureDoesNotMatch"));
    auto with_body = aliyun("n3");
    with_body.body = "x";
    EXPECT_TRUE(says(asks(with_body), "SignatureDoesNotMatch"));
    auto unsigned_header = aliyun("n4");
    unsigned_header.headers["x-acs-extra"] = "1";
    EXPECT_TRUE(says(asks(unsigned_header), "IncompleteSignature"));
    EXPECT_TRUE(says(asks(aliyun("n5")), "OK"));
    EXPECT_TRUE(says(asks(aliyun("n5")), "SignatureNonceUsed"));
    now_ += std::chrono::minutes{16};
    EXPECT_TRUE(says(asks(aliyun("n6")), "InvalidTimeStamp.Expired"));
}

TEST_F(EchoDesk, AliyunKnowsTheOlderSignature) {
    const auto form = [](const std::string& secret, const std::string& nonce) {
        Parameters all{{"AccessKeyId", "id"},
                       {"Action", "SendSms"},
                       {"Format", "JSON"},
                       {"SignatureMethod", "HMAC-SHA1"},
                       {"SignatureVersion", "1.0"},
                       {"SignatureNonce", nonce},
                       {"Timestamp", "2026-01-02T03:04:05Z"},
                       {"Version", "2017-05-25"},
                       {"PhoneNumbers", "+8613800000000,13900000001"},
                       {"SignName", "金桥"},
                       {"TemplateCode", "SMS_1"}};
        all.emplace_back("Signature", sms::aliyun_v1::signature(secret, "POST", all));
        Asked asked{"POST", "/", {}, {}, sms::aliyun_v3::canonical_query(all)};
        asked.headers["content-type"] = "application/x-www-form-urlencoded";
        return asked;
    };
    EXPECT_TRUE(says(asks(form("testSecret", "a")), R"("Code":"OK")"));
    EXPECT_TRUE(says(asks(form("wrong", "b")), "SignatureDoesNotMatch"));
    auto by_get = form("testSecret", "c");
    by_get.method = "GET";
    EXPECT_TRUE(says(asks(by_get), "SignatureDoesNotMatch"));
}

TEST_F(EchoDesk, AliyunLooksAtTheMessage) {
    const auto with = [](const char* name, const std::string& value, const std::string& nonce) {
        auto asked = aliyun(nonce);
        for (auto& [key, each] : asked.query)
            if (key == name) each = value;
        sms::aliyun_v3::Request signs;
        signs.query = asked.query;
        for (const auto& [key, each] : asked.headers)
            if (key != "authorization") signs.headers[key] = each;
        asked.headers["authorization"] = sms::aliyun_v3::authorization("id", "testSecret", signs);
        return asked;
    };
    EXPECT_TRUE(says(asks(with("PhoneNumbers", "desk", "m1")), "isv.MOBILE_NUMBER_ILLEGAL"));
    EXPECT_EQ(last_.status, 200);
    EXPECT_TRUE(says(asks(with("TemplateParam", "level", "m2")), "isv.INVALID_JSON_PARAM"));
    EXPECT_TRUE(says(asks(with("TemplateParam", R"({"a":"http://b.c"})", "m3")),
                     "isv.PARAM_NOT_SUPPORT_URL"));
    Fault fault;
    fault.kind = Fault::Kind::errcode;
    fault.code = "isv.AMOUNT_NOT_ENOUGH";
    EXPECT_TRUE(says(asks(aliyun("m4"), fault), "isv.AMOUNT_NOT_ENOUGH"));
}

Asked tencent(const std::string& secret, const std::string& body) {
    sms::tencent::Request signs;
    signs.headers = {{"content-type", "application/json; charset=utf-8"}, {"host", "127.0.0.1"}};
    signs.body = body;
    signs.timestamp_s = at_s;
    Asked asked{"POST", "/", {}, signs.headers, body};
    asked.headers["host"] = "127.0.0.1:99";  // signed without its port
    asked.headers["authorization"] = sms::tencent::authorization("id", secret, signs);
    asked.headers["x-tc-action"] = "SendSms";
    asked.headers["x-tc-region"] = "ap-guangzhou";
    asked.headers["x-tc-timestamp"] = std::to_string(at_s);
    return asked;
}

constexpr const char* two_numbers =
    R"({"PhoneNumberSet":["+8613800000000","+8613900000001"],"SmsSdkAppId":"1","SignName":"金桥",)"
    R"("TemplateId":"1110","TemplateParamSet":["红色"]})";

TEST_F(EchoDesk, TencentChecksTheSignatureAndTheTime) {
    EXPECT_TRUE(says(asks(tencent("SecretKeyExample", two_numbers)), R"("Code":"Ok")"));
    EXPECT_TRUE(says(asks(tencent("wrong", two_numbers)), "AuthFailure.SignatureFailure"));
    EXPECT_EQ(last_.status, 200);
    auto tampered = tencent("SecretKeyExample", two_numbers);
    tampered.body[20] = '9';
    EXPECT_TRUE(says(asks(tampered), "AuthFailure.SignatureFailure"));
    now_ += std::chrono::minutes{6};
    EXPECT_TRUE(
        says(asks(tencent("SecretKeyExample", two_numbers)), "AuthFailure.SignatureExpire"));
}

TEST_F(EchoDesk, TencentAnswersForEachNumber) {
    Fault fault;
    fault.kind = Fault::Kind::refuse;
    fault.who = "0001";
    fault.code = "FailedOperation.PhoneNumberInBlacklist";
    const auto body = asks(tencent("SecretKeyExample", two_numbers), fault);
    EXPECT_TRUE(says(body, R"("Code":"Ok")"));
    EXPECT_TRUE(says(body, "FailedOperation.PhoneNumberInBlacklist"));
}

TEST_F(EchoDesk, WecomTakesShortTextsByAKey) {
    const auto text = [](const std::string& content) {
        return R"({"msgtype":"text","text":{"content":")" + content + R"("}})";
    };
    const std::string path = "/cgi-bin/webhook/send";
    EXPECT_TRUE(says(asks(post(path, text("x"), {{"key", "k"}})), R"("errcode":0)"));
    EXPECT_TRUE(says(asks(post(path, text("x"))), "93000"));
    EXPECT_TRUE(says(asks(post(path, text(std::string(2049, 'x')), {{"key", "k"}})), "40058"));
    EXPECT_TRUE(says(asks(post(path, "{}", {{"key", "k"}})), "40008"));
}

TEST_F(EchoDesk, WecomsTokensEnd) {
    Asked login{"GET", "/cgi-bin/gettoken", {{"corpid", "c"}, {"corpsecret", "wrong"}}, {}, {}};
    EXPECT_TRUE(says(asks(login), "40001"));
    login.query[1].second = "corp-secret";
    const auto token = text_at(read_json(asks(login)), "access_token");
    ASSERT_FALSE(token.empty());
    const std::string body =
        R"({"touser":"wang|gone","msgtype":"text","agentid":1,"text":{"content":"x"}})";
    const auto send = [&](const std::string& by, const Fault& fault = {}) {
        return asks(post("/cgi-bin/message/send", body, {{"access_token", by}}), fault);
    };
    EXPECT_TRUE(says(send("nonsense"), "40014"));
    EXPECT_TRUE(says(send(token), R"("invaliduser":"")"));
    Fault fault;
    fault.kind = Fault::Kind::refuse;
    fault.who = "gone";
    EXPECT_TRUE(says(send(token, fault), R"("invaliduser":"gone")"));
    now_ += seconds{60};
    EXPECT_TRUE(says(send(token), "42001"));
}

TEST_F(EchoDesk, DingtalkChecksSignAndTime) {
    const std::string body = R"({"msgtype":"text","text":{"content":"x"}})";
    const auto send = [&](std::int64_t at_ms, const std::string& sign) {
        return asks(post("/robot/send", body,
                         {{"access_token", "t"},
                          {"timestamp", std::to_string(at_ms)},
                          {"sign", percent_decoded(sign, false)}}));
    };
    const std::int64_t now_ms = at_s * 1000;
    const auto sign = [](std::int64_t at_ms) {
        return notify::dingtalk_signature(at_ms, "SEC0123456789abcdef");
    };
    EXPECT_TRUE(says(send(now_ms, sign(now_ms)), R"("errcode":0)"));
    EXPECT_TRUE(says(send(now_ms + 1, sign(now_ms)), "sign not match"));
    EXPECT_TRUE(says(send(now_ms - 7'200'000, sign(now_ms - 7'200'000)), "invalid timestamp"));
    auto plain = post("/robot/send", body, {{"access_token", "t"}});
    plain.headers["content-type"] = "text/plain";
    EXPECT_TRUE(says(asks(plain), "43004"));
}

TEST_F(EchoDesk, FeishuChecksSignInTheBody) {
    const auto body = [](std::int64_t at, const std::string& sign) {
        return R"({"timestamp":")" + std::to_string(at) + R"(","sign":")" + sign +
               R"(","msg_type":"text","content":{"text":"x"}})";
    };
    const std::string path = "/open-apis/bot/v2/hook/token";
    EXPECT_TRUE(
        says(asks(post(path, body(at_s, notify::feishu_signature(at_s, "demo")))), R"("code":0)"));
    EXPECT_TRUE(says(asks(post(path, body(at_s, "x"))), "19021"));
    EXPECT_TRUE(says(asks(post(path, std::string(21'000, ' '))), "9499"));
}

TEST_F(EchoDesk, AWebhookIsVerifiedByTheStandard) {
    const std::string body = R"({"test": 2432232314})";
    auto asked = post("/in", body);
    asked.headers["webhook-id"] = "msg_1";
    asked.headers["webhook-timestamp"] = std::to_string(at_s);
    asked.headers["webhook-signature"] =
        "v1,x " + notify::webhook_signature({*notify::decode_secret(whsec)}, "msg_1", at_s, body);
    EXPECT_TRUE(says(asks(asked), "true"));
    asked.body = "{}";
    EXPECT_TRUE(says(asks(asked), "false"));
    EXPECT_EQ(last_.status, 401);
}

TEST_F(EchoDesk, ThePathMayNameTheProvider) {
    const auto named = [](const std::string& path) {
        Asked asked{"POST", path, {}, {}, {}};
        const auto provider = Desk::provider_of(asked);
        return provider + " " + asked.path;
    };
    EXPECT_EQ(named("/aliyun/"), "aliyun /");
    EXPECT_EQ(named("/aliyun"), "aliyun /");
    EXPECT_EQ(named("/wecom/cgi-bin/webhook/send"), "wecom /cgi-bin/webhook/send");
    EXPECT_EQ(named("/wecom/cgi-bin/gettoken"), "wecom_token /cgi-bin/gettoken");
    EXPECT_EQ(named("/wecom/cgi-bin/message/send"), "wecom_app /cgi-bin/message/send");
    EXPECT_EQ(named("/webhook/in"), "webhook /in");
    EXPECT_EQ(named("/anything"), "http /anything");
}

TEST(EchoWords, ShowTooLittleToUse) {
    EXPECT_EQ(masked("13812345678"), "138****5678");
    EXPECT_EQ(masked("wang"), "****");
    EXPECT_EQ(shown("a\nb\x1B[1m"), "a b [1m");
    EXPECT_EQ(shown("金桥", 4), "金");
}

}  // namespace
}  // namespace jinqiao::adapters::echo
