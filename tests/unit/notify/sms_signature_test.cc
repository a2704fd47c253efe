// Vectors of the providers' own documents, and of requests their own libraries made.
#include <gtest/gtest.h>

#include "adapters/notify/mac.h"
#include "adapters/notify/sms/aliyun_v1.h"
#include "adapters/notify/sms/aliyun_v3.h"
#include "adapters/notify/sms/tencent.h"

namespace jinqiao::adapters::notify::sms {
namespace {

aliyun_v3::Request run_instances(const std::string& date, const std::string& nonce) {
    aliyun_v3::Request request;
    request.query = {{"RegionId", "cn-shanghai"},
                     {"ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}};
    request.headers = {{"host", "ecs.cn-shanghai.aliyuncs.com"},  {"x-acs-action", "RunInstances"},
                       {"x-acs-content-sha256", hex(sha256(""))}, {"x-acs-date", date},
                       {"x-acs-signature-nonce", nonce},          {"x-acs-version", "2014-05-26"}};
    return request;
}

TEST(AliyunV3, ReproducesTheDocumentedVector) {
    EXPECT_EQ(aliyun_v3::signature(
                  "YourAccessKeySecret",
                  run_instances("2023-10-26T10:22:32Z", "3156853299f313e23d1673dc12e1703d")),
              "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
}

// The document prints the signature above beside this date and nonce; they really give another one.
TEST(AliyunV3, SignsDateAndNonce) {
    EXPECT_EQ(aliyun_v3::signature(
                  "YourAccessKeySecret",
                  run_instances("2023-10-26T09:01:01Z", "d410180a5abf7fe235dd9b74aca91fc0")),
              "e521358f7776c97df52e6b2891a8bc73026794a071b50c3323388c4e0df64804");
}

aliyun_v3::Request send_sms() {
    aliyun_v3::Request request;
    request.query = {{"TemplateParam", R"({"case":"C-1","level":"红色"})"},
                     {"PhoneNumbers", "13800000000"},
                     {"SignName", "金桥"},
                     {"TemplateCode", "SMS_1"}};
    request.headers = {{"host", "dysmsapi.aliyuncs.com"},
                       {"x-acs-action", "SendSms"},
                       {"x-acs-content-sha256", hex(sha256(""))},
                       {"x-acs-date", "2026-01-02T03:04:05Z"},
                       {"x-acs-signature-nonce", "0123456789abcdef0123456789abcdef"},
                       {"x-acs-version", "2017-05-25"}};
    return request;
}

TEST(AliyunV3, ReproducesTheVectorOfAMessage) {
    const auto request = send_sms();
    EXPECT_EQ(hex(sha256(aliyun_v3::canonical_request(request))),
              "a607df5e332c02641c16eb76ae948245cea028a036f06190938f216fe093c8bd");
    EXPECT_EQ(aliyun_v3::authorization("testId", "testSecret", request),
              "ACS3-HMAC-SHA256 Credential=testId,SignedHeaders=host;x-acs-action;"
              "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature="
              "96e31d63f59c44e60ffa59905ddb436d28a1c5d39b433eff4466547b38001ca5");
}

TEST(AliyunV3, AnEmptyValueKeepsItsSignAndABlankIsNoPlus) {
    EXPECT_EQ(aliyun_v3::canonical_query({{"b", ""}, {"a", "x y*~"}}), "a=x%20y%2A~&b=");
}

TEST(AliyunV3, HeaderValuesAreTrimmed) {
    auto request = send_sms();
    const auto before = aliyun_v3::signature("s", request);
    request.headers["host"] = "  dysmsapi.aliyuncs.com ";
    EXPECT_EQ(aliyun_v3::signature("s", request), before);
    request.body = "x";
    EXPECT_NE(aliyun_v3::signature("s", request), before);
}

TEST(AliyunV1, ReproducesTheDocumentedMessage) {
    EXPECT_EQ(aliyun_v1::signature("testSecret", "GET",
                                   {{"AccessKeyId", "testId"},
                                    {"Timestamp", "2017-07-12T02:42:19Z"},
                                    {"SignatureMethod", "HMAC-SHA1"},
                                    {"SignatureVersion", "1.0"},
                                    {"SignatureNonce", "45e25e9b-0a6f-4070-8c85-2956eda1b466"},
                                    {"Format", "XML"},
                                    {"Action", "SendSms"},
                                    {"Version", "2017-05-25"},
                                    {"RegionId", "cn-hangzhou"},
                                    {"PhoneNumbers", "15300000001"},
                                    {"SignName", "阿里云短信测试专用"},
                                    {"TemplateParam", R"({"customer":"test"})"},
                                    {"TemplateCode", "SMS_71390007"},
                                    {"OutId", "123"}}),
              "zJDF+Lrzhj/ThnlvIToysFRq6t4=");
}

aliyun_v1::Parameters describe_regions() {
    return {{"AccessKeyId", "testid"},
            {"Action", "DescribeRegions"},
            {"Version", "2014-05-26"},
            {"Format", "XML"},
            {"SignatureMethod", "HMAC-SHA1"},
            {"SignatureVersion", "1.0"},
            {"Timestamp", "2016-02-23T12:46:24Z"},
            {"SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"}};
}

TEST(AliyunV1, ReproducesTheDocumentedGenericVector) {
    EXPECT_EQ(aliyun_v1::signature("testsecret", "GET", describe_regions()),
              "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
}

TEST(AliyunV1, SignsTheMethodToo) {
    EXPECT_NE(aliyun_v1::signature("testsecret", "POST", describe_regions()),
              aliyun_v1::signature("testsecret", "GET", describe_regions()));
}

tencent::Request describe_instances() {
    tencent::Request request;
    request.service = "cvm";
    request.timestamp_s = 1551113065;
    request.headers = {{"content-type", "application/json; charset=utf-8"},
                       {"host", "cvm.tencentcloudapi.com"}};
    request.body = R"({"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], )"
                   R"("Name": "instance-name"}]})";
    return request;
}

TEST(TencentV3, ReproducesTheDocumentedVector) {
    const auto request = describe_instances();
    EXPECT_EQ(hex(sha256(request.body)),
              "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
    EXPECT_EQ(tencent::signature("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", request),
              "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
}

TEST(TencentV3, ReproducesTheVectorOfTodaysDocument) {
    auto request = describe_instances();
    request.headers["x-tc-action"] = "DescribeInstances";  // lower-cased in what is signed
    EXPECT_EQ(tencent::signature(std::string(32, '*'), request),
              "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");
}

TEST(TencentV3, ReproducesTheVectorOfAMessage) {
    tencent::Request request;
    request.timestamp_s = 1767323045;
    request.headers = {{"content-type", "application/json; charset=utf-8"},
                       {"host", "sms.tencentcloudapi.com"}};
    request.body =
        R"({"PhoneNumberSet":["+8613800000000"],"SmsSdkAppId":"1400006666","SignName":"金桥",)"
        R"("TemplateId":"1110","TemplateParamSet":["C-1","红色"]})";
    ASSERT_EQ(request.body.size(), 140U);
    EXPECT_EQ(hex(sha256(request.body)),
              "0e98fb01247d7465dfcdf21a8f16f98092f54837a06f2683b0fae3bb508bdb78");
    EXPECT_EQ(hex(sha256(tencent::canonical_request(request))),
              "cce404bb2b2a3360dd54f767f486a54210b8a07c1bbeecbd44c4811e93f555f3");
    EXPECT_EQ(tencent::authorization("AKID", "SecretKeyExample", request),
              "TC3-HMAC-SHA256 Credential=AKID/2026-01-02/sms/tc3_request, "
              "SignedHeaders=content-type;host, Signature="
              "3d13eeecb87e7442facf40aad53c90eac20316011d1fbb7f9142c94585aaea10");
}

// 23:30 in Shanghai is the same day in UTC, 00:30 is the day before.
TEST(TencentV3, TheDayIsThatOfUtc) {
    tencent::Request request;
    request.timestamp_s = 1767283200;  // 2026-01-02 00:00 at +08:00
    EXPECT_NE(tencent::authorization("A", "k", request).find("A/2026-01-01/sms/"),
              std::string::npos);
}

}  // namespace
}  // namespace jinqiao::adapters::notify::sms
