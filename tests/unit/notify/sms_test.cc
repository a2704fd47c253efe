// Numbers, variables, options and answers of the channel `sms`.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/notify/sms/answer.h"
#include "adapters/notify/sms/codes.h"
#include "adapters/notify/sms/phone.h"
#include "adapters/notify/sms/request.h"
#include "tests/unit/notify/section_fake.h"

namespace jinqiao::adapters::notify::sms {
namespace {

namespace json = boost::json;
using engine::ports::Outcome;
using engine::ports::Transmission;
using tests::FakeSection;
using Kind = Outcome::Kind;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr sys_seconds new_year{seconds{1767323045}};  // 2026-01-02T03:04:05Z, 11:04:05 in Beijing

TEST(Phone, IsTheSameInEveryForm) {
    for (const char* text : {"13800000000", "8613800000000", "+8613800000000", "008613800000000",
                             "+86 138-0000-0000", " 138 0000 0000 "})
        EXPECT_EQ(mobile_number(text), "13800000000") << text;
}

TEST(Phone, OthersAreNone) {
    for (const char* text :
         {"", "1380000000", "138000000000", "02161234567", "+13800000000", "+4915112345678",
          "12800000000", "13800000000x", "１３８００００００００", "a@example.com",
          "86+13800000000", "++8613800000000"})
        EXPECT_EQ(mobile_number(text), std::nullopt) << text;
}

TEST(Phone, AnAddressIsOneOrSeveralEachOnce) {
    const auto two = phones_of("13800000000, +8613900000001", 200);
    ASSERT_EQ(two.size(), 2U);
    EXPECT_EQ(two[1].name, "+8613900000001");
    EXPECT_EQ(two[1].number, "13900000001");
    for (const char* address :
         {"", ",", "13800000000,", "13800000000,desk", "13800000000,+8613800000000"})
        EXPECT_TRUE(phones_of(address, 200).empty()) << address;
    EXPECT_TRUE(phones_of("13800000000,13800000001", 1).empty());
}

TEST(Phone, ShowsItsEndsOnly) {
    EXPECT_EQ(masked("13812345678"), "138****5678");
    EXPECT_EQ(masked("+8613812345678"), "+86138****5678");
    EXPECT_EQ(masked("123"), "****");
}

Transmission alert() {
    Transmission out;
    out.id = "01jdelivery-1";
    out.address = "13800000000";
    out.grade = engine::model::GradeLevel::orange;
    out.body = {{"number", "JQ-2026-000123"}, {"event", "alert"}};
    return out;
}

using Value = Variable::Value;
const Template level_and_number{"SMS_1",
                                {{"kind", Value::event, {}},
                                 {"level", Value::grade, {}},
                                 {"number", Value::number, {}},
                                 {"where", Value::fixed, "金桥"}}};

Words words() {
    Words out;
    out.events = {{"default", "通知"}, {"alert", "预警"}};
    return out;
}

TEST(SmsVariables, AreWordsAndTheEndOfTheNumber) {
    EXPECT_EQ(
        values_of(level_and_number, words(), alert()),
        (Values{
            {"kind", "预警"}, {"level", "橙色"}, {"number", "2026-000123"}, {"where", "金桥"}}));
    auto other = alert();
    other.body["event"] = "handover_offered";
    EXPECT_EQ(values_of(level_and_number, words(), other)[0].second, "通知");
}

TEST(SmsVariables, AnExerciseIsCalledOneAtTheGrade) {
    auto exercise = alert();
    exercise.exercise = true;
    EXPECT_EQ(values_of(level_and_number, words(), exercise)[1].second, "演练橙色");
    const Template number_only{"1", {{"1", Value::number, {}}}};
    // Ten characters are left for the number.
    EXPECT_EQ(values_of(number_only, words(), exercise)[0].second, "演练000123");
    const Template fixed_only{"1", {{"1", Value::fixed, "请尽快登录系统查看和签收"}}};
    EXPECT_EQ(values_of(fixed_only, words(), exercise)[0].second, "演练请尽快登录系统查看和");
}

TEST(SmsVariables, AreNeverLongerThanTheLimitAndNeverEmptyOrALink) {
    auto odd = alert();
    odd.body["number"] = "0123456789ABCDEF";
    EXPECT_EQ(values_of(level_and_number, words(), odd)[2].second, "456789ABCDEF");
    odd.body["number"] = "";
    EXPECT_EQ(values_of(level_and_number, words(), odd)[2].second, "-");
    odd.body["number"] = "http://a.b";
    EXPECT_EQ(values_of(level_and_number, words(), odd)[2].second, "-");
    odd.body["number"] = "JQ\n2026";
    EXPECT_EQ(values_of(level_and_number, words(), odd)[2].second, "JQ 2026");
    auto long_words = words();
    long_words.events["alert"] = "一二三四五六七八九十一二三四";
    EXPECT_EQ(characters(values_of(level_and_number, long_words, alert())[0].second), 12U);
}

json::object valid() {
    return json::parse(R"({"provider": "aliyun", "access_key_id": {"text": "testId"},
        "access_key_secret": {"text": "secret-xyz"}, "sign_name": "金桥",
        "templates": {"default": "SMS_1", "alert": "SMS_2"},
        "variables": {"SMS_1": {"level": "grade"}, "SMS_2": {"level": "grade", "no": "number"}}})")
        .as_object();
}

json::object valid_tencent() {
    auto values = valid();
    values["provider"] = "tencent";
    values["sdk_app_id"] = "1400006666";
    values["templates"] = {{"default", "1110"}};
    values["variables"] = {{"1110", {{"2", "grade"}, {"1", "number"}}}};
    return values;
}

TEST(SmsOptions, ReadsTemplatesByEvent) {
    FakeSection section(valid());
    const Options options = Options::read(section);
    EXPECT_EQ(section.faults(), std::vector<std::string>{});
    EXPECT_EQ(options.base_url, "https://dysmsapi.aliyuncs.com");
    EXPECT_EQ(options.template_for("alert")->code, "SMS_2");
    EXPECT_EQ(options.template_for("alert")->variables.size(), 2U);
    EXPECT_EQ(options.template_for("reminder")->code, "SMS_1");
    EXPECT_EQ(options.unusable("13800000000,+8613900000000"), "");
    EXPECT_NE(options.unusable("desk"), "");
}

TEST(SmsOptions, CountsTheVariablesOfTencent) {
    FakeSection section(valid_tencent());
    const Options options = Options::read(section);
    EXPECT_EQ(section.faults(), std::vector<std::string>{});
    EXPECT_EQ(options.region, "ap-guangzhou");
    ASSERT_EQ(options.template_for("alert")->variables.size(), 2U);
    EXPECT_EQ(options.template_for("alert")->variables[0].value, Value::number);
}

TEST(SmsOptions, NamesEveryFaultWithoutQuotingCredentials) {
    const auto faults_of = [](json::object values) {
        FakeSection section(std::move(values));
        (void)Options::read(section);
        for (const auto& fault : section.faults())
            EXPECT_EQ(fault.find("xyz"), std::string::npos) << fault;
        return section.faults();
    };
    const auto changed = [](json::object values, const char* key, json::value value) {
        values[key] = std::move(value);
        return values;
    };
    using Faults = std::vector<std::string>;
    EXPECT_EQ(faults_of({}).size(), 5U);
    EXPECT_EQ(faults_of(changed(valid(), "provider", "huawei")),
              Faults{"provider: aliyun or tencent, huawei"});
    EXPECT_EQ(faults_of(changed(valid(), "access_key_secret", {{"text", "secret xyz"}})),
              Faults{"access_key_secret: a key without blanks, another form"});
    EXPECT_EQ(faults_of(changed(valid(), "signature", "v2")), Faults{"signature: v3 or v1, v2"});
    EXPECT_EQ(faults_of(changed(valid_tencent(), "signature", "v1")),
              Faults{"signature: v3 with tencent, v1"});
    EXPECT_EQ(faults_of(changed(valid(), "sdk_app_id", "14")),
              Faults{"sdk_app_id: this with tencent only, 14"});
    EXPECT_EQ(faults_of(changed(valid(), "templates", {{"alert", "SMS_2"}})),
              Faults{"templates: a template for every event: default: CODE, no default"});
    EXPECT_EQ(faults_of(changed(valid(), "templates", {{"default", "SMS_9"}})),
              Faults{"SMS_9: at least one variable, none"});
    EXPECT_EQ(faults_of(changed(valid_tencent(), "variables", {{"1110", {{"2", "grade"}}}})),
              Faults{"1110: variables named 1, 2, 3 as they are counted in the template, no 1"});
    EXPECT_EQ(faults_of(changed(
                  valid(), "variables",
                  {{"SMS_1", {{"a", "sign_url"}}}, {"SMS_2", {{"a", "=see https://a.b"}}}})),
              (Faults{"a: number, grade, event or \"=\" and fixed words, sign_url",
                      "a: words without links, of at most 12 characters, see https://a.b"}));
    EXPECT_EQ(faults_of(changed(valid(), "grades", {{"green", "绿色"}})),
              Faults{"grades: red, orange, yellow or blue, green"});
    EXPECT_EQ(faults_of(changed(valid(), "exercise_word", "这是一次通知演练")),
              Faults{"exercise_word: words without links, of at most 6 characters, "
                     "这是一次通知演练"});
    EXPECT_EQ(faults_of(changed(valid(), "base_url", "http://10.0.0.1")),
              Faults{"base_url: an https address, scheme http"});
    EXPECT_EQ(faults_of(changed(valid(), "timeout", 100)), Faults{"timeout: 1 s to 60 s, 100 ms"});
}

courier::Response answer(const std::string& body, int status = 200) {
    courier::Response response;
    response.status = status;
    response.body = body;
    return response;
}

using Provider = Options::Provider;

Outcome aliyun(const std::string& code, const std::string& message = "x", int status = 200) {
    return judge(Provider::aliyun,
                 answer(R"({"Code":")" + code + R"(","Message":")" + message +
                            R"(","BizId":"900619746936498440^0","RequestId":"R"})",
                        status),
                 phones_of("13800000000", 1), false, new_year);
}

TEST(AliyunAnswer, OkIsTaken) {
    const auto outcome = aliyun("OK");
    EXPECT_EQ(outcome.kind, Kind::delivered);
    EXPECT_EQ(outcome.provider_id, "900619746936498440^0");
    EXPECT_TRUE(outcome.recipients.empty());
}

TEST(AliyunAnswer, ALimitOfTheNumberWaitsAsLongAsItSays) {
    const auto wait = [](const std::string& message) {
        const auto outcome = aliyun("isv.BUSINESS_LIMIT_CONTROL", message);
        EXPECT_EQ(outcome.kind, Kind::retry);
        EXPECT_FALSE(outcome.concerns_lane);  // of this number only
        return outcome.retry_after;
    };
    EXPECT_EQ(wait("触发分钟级流控Permits:1"), seconds{60});
    EXPECT_EQ(wait("触发小时级流控Permits:5"), seconds{3600});
    // Until midnight in Beijing.
    EXPECT_EQ(wait("触发天级流控Permits:10"), seconds{12 * 3600 + 55 * 60 + 55});
    EXPECT_EQ(wait(""), seconds{60});
}

TEST(AliyunAnswer, CodesAreReadAsTheTableSays) {
    for (const char* code : {"isp.SYSTEM_ERROR", "ServiceUnavailable", "SignatureNonceUsed"}) {
        EXPECT_EQ(aliyun(code).kind, Kind::retry) << code;
        EXPECT_FALSE(aliyun(code).concerns_lane) << code;
    }
    for (const char* code :
         {"isv.MOBILE_NUMBER_ILLEGAL", "isv.SMS_SIGNATURE_SCENE_ILLEGAL", "isv.SMS_CONTENT_ILLEGAL",
          "isv.TEMPLATE_MISSING_PARAMETERS", "isv.INVALID_JSON_PARAM", "isv.SMS_SIGN_ILLEGAL",
          "isp.RAM_PERMISSION_DENY", "isv.PARAM_NOT_SUPPORT_URL", "isv.PARAM_LENGTH_LIMIT"}) {
        EXPECT_EQ(aliyun(code).kind, Kind::rejected) << code;
        EXPECT_FALSE(aliyun(code).concerns_lane) << code;
        EXPECT_EQ(aliyun(code).code, code);
    }
    for (const char* code :
         {"isv.OUT_OF_SERVICE", "isv.AMOUNT_NOT_ENOUGH", "isv.DAY_LIMIT_CONTROL",
          "isv.MONTH_LIMIT_CONTROL", "isv.DENY_IP_RANGE", "SignatureDoesNotMatch",
          "InvalidAccessKeyId.NotFound", "Throttling.User"}) {
        EXPECT_EQ(aliyun(code, "x", 400).kind, Kind::retry) << code;
        EXPECT_TRUE(aliyun(code, "x", 400).concerns_lane) << code;
    }
    EXPECT_EQ(aliyun("SomethingNew", "x", 503).kind, Kind::retry);
    EXPECT_EQ(aliyun("SomethingNew", "x", 400).kind, Kind::rejected);
    EXPECT_EQ(aliyun("OK", "x", 500).kind, Kind::retry);  // no success by the status
}

TEST(AliyunAnswer, OneCodeIsForEveryNumber) {
    const auto outcome = judge(Provider::aliyun, answer(R"({"Code":"OK","BizId":"b"})"),
                               phones_of("13800000000,+8613900000001", 9), true, new_year);
    EXPECT_EQ(outcome.kind, Kind::delivered);
    ASSERT_EQ(outcome.recipients.size(), 2U);
    EXPECT_EQ(outcome.recipients[1].name, "+8613900000001");
    EXPECT_EQ(outcome.recipients[1].kind, Kind::delivered);
}

Outcome tencent_set(const std::string& statuses, const std::string& address) {
    const auto phones = phones_of(address, 200);
    return judge(Provider::tencent,
                 answer(R"({"Response":{"SendStatusSet":[)" + statuses + R"(],"RequestId":"R"}})"),
                 phones, phones.size() > 1, new_year);
}

std::string status(const std::string& number, const std::string& code) {
    return R"({"SerialNo":"5000:1045710669157053657849499619","PhoneNumber":")" + number +
           R"(","Fee":1,"Code":")" + code + R"(","Message":"x"})";
}

TEST(TencentAnswer, EveryNumberIsReadByItself) {
    const std::string address = "13800000000,+8613900000001,13700000002";
    const auto outcome =
        tencent_set(status("+8613900000001", "FailedOperation.PhoneNumberInBlacklist") + "," +
                        status("+8613800000000", "Ok") + "," +
                        status("+8613700000002", "LimitExceeded.PhoneNumberOneHourLimit"),
                    address);
    EXPECT_EQ(outcome.kind, Kind::retry);
    EXPECT_EQ(outcome.retry_after, seconds{3600});
    EXPECT_FALSE(outcome.concerns_lane);
    EXPECT_EQ(outcome.detail, "1 of 3 numbers taken");
    ASSERT_EQ(outcome.recipients.size(), 3U);
    EXPECT_EQ(outcome.recipients[0].kind, Kind::delivered);
    EXPECT_EQ(outcome.recipients[0].provider_id, "5000:1045710669157053657849499619");
    EXPECT_EQ(outcome.recipients[1].kind, Kind::rejected);
    EXPECT_EQ(outcome.recipients[1].name, "+8613900000001");
    EXPECT_EQ(outcome.recipients[2].kind, Kind::retry);
}

TEST(TencentAnswer, SomebodyWhoHasItIsDeliveredAndNobodyIsRejected) {
    const std::string refused = "FailedOperation.PhoneNumberInBlacklist";
    EXPECT_EQ(tencent_set(status("+8613800000000", "Ok") + "," + status("+8613900000001", refused),
                          "13800000000,13900000001")
                  .kind,
              Kind::delivered);
    EXPECT_EQ(
        tencent_set(status("+8613800000000", refused) + "," + status("+8613900000001", refused),
                    "13800000000,13900000001")
            .kind,
        Kind::rejected);
    // A number the answer does not name may have got it or not.
    const auto missing = tencent_set(status("+8613800000000", "Ok"), "13800000000,13900000001");
    EXPECT_EQ(missing.kind, Kind::unknown);
    EXPECT_EQ(missing.recipients[1].kind, Kind::unknown);
}

TEST(TencentAnswer, CodesAreReadAsTheTableSays) {
    const auto one = [](const std::string& code) {
        return tencent_set(status("+8613800000000", code), "13800000000");
    };
    const auto whole = [](const std::string& code) {
        return judge(Provider::tencent,
                     answer(R"({"Response":{"Error":{"Code":")" + code +
                            R"(","Message":"x"},"RequestId":"R"}})"),
                     phones_of("13800000000", 1), false, new_year);
    };
    EXPECT_EQ(one("Ok").kind, Kind::delivered);
    EXPECT_EQ(one("LimitExceeded.DeliveryFrequencyLimit").retry_after, seconds{30});
    EXPECT_EQ(one("LimitExceeded.PhoneNumberThirtySecondLimit").retry_after, seconds{30});
    EXPECT_EQ(one("LimitExceeded.PhoneNumberDailyLimit").retry_after,
              seconds{12 * 3600 + 55 * 60 + 55});
    for (const char* code : {"InternalError.Timeout", "InternalError.OtherError",
                             "LimitExceeded.DeliveryFrequencyLimit"}) {
        EXPECT_EQ(one(code).kind, Kind::retry) << code;
        EXPECT_FALSE(one(code).concerns_lane) << code;
    }
    for (const char* code :
         {"InvalidParameterValue.IncorrectPhoneNumber",
          "FailedOperation.TemplateIncorrectOrUnapproved",
          "FailedOperation.SignatureIncorrectOrUnapproved", "FailedOperation.ContainSensitiveWord",
          "FailedOperation.PhoneNumberInBlacklist", "InvalidParameterValue.ContentLengthLimit"})
        EXPECT_EQ(one(code).kind, Kind::rejected) << code;
    for (const char* code :
         {"AuthFailure.SignatureFailure", "AuthFailure.SignatureExpire",
          "UnauthorizedOperation.RequestIpNotInWhitelist",
          "FailedOperation.InsufficientBalanceInSmsPackage", "RequestLimitExceeded"}) {
        EXPECT_EQ(whole(code).kind, Kind::retry) << code;
        EXPECT_TRUE(whole(code).concerns_lane) << code;
    }
}

TEST(SmsAnswer, KeepsNothingOfAStrangersWords) {
    const auto outcome = judge(
        Provider::aliyun, answer(R"({"Code":"OK","BizId":"to-13800000000","Message":"<script>"})"),
        phones_of("13800000000", 1), false, new_year);
    EXPECT_EQ(outcome.kind, Kind::delivered);
    EXPECT_EQ(outcome.provider_id, "");
    EXPECT_EQ(judge(Provider::aliyun, answer(R"({"Code":"a b\n"})"), phones_of("13800000000", 1),
                    false, new_year)
                  .code,
              "unreadable");
}

TEST(SmsRequest, IsTheSameOnEveryAttemptButForTimeAndSignature) {
    auto values = valid();
    values["signature"] = "v1";
    for (const auto& from : {valid(), values, valid_tencent()}) {
        FakeSection section(from);
        const Options options = Options::read(section);
        auto message = alert();
        const auto phones = phones_of(message.address, 9);
        const auto make = [&](const std::string& nonce) {
            return request_for(options, *options.template_for("alert"), message, phones, new_year,
                               nonce);
        };
        const auto first = make("n1");
        message.attempt = 5;
        const auto again = make("n1");
        EXPECT_EQ(first.url, again.url);
        EXPECT_EQ(first.body, again.body);
        EXPECT_EQ(first.headers, again.headers);
        for (const auto& header : first.headers) EXPECT_EQ(header.find("xyz"), std::string::npos);
        EXPECT_EQ((first.url + first.body).find("xyz"), std::string::npos);
    }
}

TEST(SmsRequest, TencentIsSentWhatItsDocumentShows) {
    auto values = valid_tencent();
    values["base_url"] = "http://127.0.0.1:8080/relay/";
    values["allow_private"] = true;
    FakeSection section(values);
    const Options options = Options::read(section);
    const auto request = request_for(options, *options.template_for("alert"), alert(),
                                     phones_of("13800000000", 9), new_year, "n");
    EXPECT_EQ(request.url, "http://127.0.0.1:8080/relay/");
    EXPECT_EQ(request.body,
              R"({"PhoneNumberSet":["+8613800000000"],"SmsSdkAppId":"1400006666",)"
              R"("SignName":"金桥","TemplateId":"1110","TemplateParamSet":["2026-000123","橙色"],)"
              R"("SessionContext":"01jdelivery-1"})");
}

}  // namespace
}  // namespace jinqiao::adapters::notify::sms
