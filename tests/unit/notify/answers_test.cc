#include "adapters/notify/answers.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::notify {
namespace {

using engine::ports::Outcome;
using Kind = Outcome::Kind;
using std::chrono::seconds;

Answers table() {
    Answers answers;
    answers.pointer = "/code";
    answers.id_pointer = "/data/id";
    answers.codes = {{"7", {Meaning::retry, "busy"}},
                     {"8", {Meaning::wait, {}, seconds{300}}},
                     {"9", {Meaning::wait}},
                     {"gone", {Meaning::channel}}};
    return answers;
}

Outcome answered(const Answers& answers, int status, const std::string& body,
                 const std::string& retry_after = {}) {
    courier::Response response;
    response.status = status;
    response.body = body;
    if (!retry_after.empty()) response.headers.emplace_back("retry-after", retry_after);
    return judge(answers, response, {});
}

TEST(Answers, SuccessIsTheCodeAndNotTheStatus) {
    const Outcome outcome = answered(table(), 200, R"({"code":0,"data":{"id":"m-1"}})");
    EXPECT_EQ(outcome.kind, Kind::delivered);
    EXPECT_EQ(outcome.provider_id, "m-1");
    EXPECT_EQ(answered(table(), 200, R"({"code":"0"})").kind, Kind::delivered);
    EXPECT_EQ(answered(table(), 500, R"({"code":0})").kind, Kind::retry);
    EXPECT_EQ(answered(table(), 400, R"({"code":0})").kind, Kind::rejected);
    for (const char* body : {"", "{}", "{\"code\":null}", "{\"code\":{}}", "0", "[0]", "<p>0</p>"})
        EXPECT_EQ(answered(table(), 200, body).kind, Kind::retry) << body;
}

TEST(Answers, CodesOfTheTableComeBeforeTheStatus) {
    for (const int status : {200, 400, 403, 500}) {
        const Outcome outcome = answered(table(), status, R"({"code":8})");
        EXPECT_EQ(outcome.kind, Kind::retry) << status;
        EXPECT_EQ(outcome.code, "8");
        EXPECT_EQ(outcome.retry_after, seconds{300});
        EXPECT_TRUE(outcome.concerns_lane);
    }
    EXPECT_EQ(answered(table(), 403, R"({"code":"unknown"})").code, "403");
}

TEST(Answers, EachMeaningHasItsOutcome) {
    EXPECT_EQ(answered(table(), 200, R"({"code":7})").detail, "busy");
    EXPECT_FALSE(answered(table(), 200, R"({"code":7})").concerns_lane);
    EXPECT_EQ(answered(table(), 200, R"({"code":9})").retry_after, seconds{60});
    EXPECT_EQ(answered(table(), 200, R"({"code":9})", "600").retry_after, seconds{600});
    const Outcome gone = answered(table(), 200, R"({"code":"gone"})");
    EXPECT_EQ(gone.kind, Kind::rejected);
    EXPECT_TRUE(gone.concerns_lane);
    EXPECT_EQ(answered(table(), 200, R"({"code":123})").kind, Kind::rejected);
    Answers patient = table();
    patient.other = Meaning::retry;
    EXPECT_EQ(answered(patient, 200, R"({"code":123})").kind, Kind::retry);
}

TEST(Answers, AStatusSpeaksWhereNoCodeDoes) {
    const Answers plain;
    EXPECT_EQ(answered(plain, 204, "").kind, Kind::delivered);
    for (const int status : {301, 302, 307, 400, 403, 404, 410})
        EXPECT_EQ(answered(plain, status, "").kind, Kind::rejected) << status;
    for (const int status : {408, 425, 429, 500, 502, 503, 504})
        EXPECT_EQ(answered(plain, status, "").kind, Kind::retry) << status;
    EXPECT_EQ(answered(plain, 429, "").retry_after, seconds{60});
    EXPECT_TRUE(answered(plain, 429, "").concerns_lane);
    EXPECT_EQ(answered(plain, 503, "", "90").retry_after, seconds{90});
    EXPECT_EQ(answered(plain, 503, "").retry_after, std::nullopt);
    EXPECT_TRUE(answered(plain, 401, "").concerns_lane);
    Answers own;
    own.status = {200};
    own.statuses = {{409, Meaning::retry}, {500, Meaning::permanent}};
    EXPECT_EQ(answered(own, 202, "").kind, Kind::rejected);
    EXPECT_EQ(answered(own, 409, "").kind, Kind::retry);
    EXPECT_EQ(answered(own, 500, "").kind, Kind::rejected);
}

TEST(Answers, AnErrorCodeMayStandElsewhere) {
    Answers answers;
    answers.pointer = "/success";
    answers.equals = "true";
    answers.error_pointer = "/error/code";
    answers.codes = {{"E.LIMIT", {Meaning::wait}}};
    EXPECT_EQ(answered(answers, 200, R"({"success":true})").kind, Kind::delivered);
    EXPECT_EQ(answered(answers, 200, R"({"success":"true"})").kind, Kind::delivered);
    const Outcome limit = answered(answers, 200, R"({"success":false,"error":{"code":"E.LIMIT"}})");
    EXPECT_EQ(limit.kind, Kind::retry);
    EXPECT_EQ(limit.code, "E.LIMIT");
    EXPECT_EQ(answered(answers, 200, R"({"success":false})").code, "false");
}

TEST(Answers, WordsOfStrangersAreNotKept) {
    for (const char* code :
         {R"("see http://x/?key=1")", R"("a\r\nb")", R"("密")", R"("")",
          R"("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")"}) {
        const Outcome outcome = answered(table(), 200, "{\"code\":" + std::string(code) + "}");
        EXPECT_EQ(outcome.code, "no_code") << code;
    }
    const Outcome outcome =
        answered(table(), 200, R"({"code":0,"data":{"id":"<script> and more"}})");
    EXPECT_EQ(outcome.kind, Kind::delivered);
    EXPECT_EQ(outcome.provider_id, "");
}

TEST(Answers, NoAnswerIsUnknownOnceTheRequestHadLeft) {
    courier::Response response;
    response.failure = "timeout";
    EXPECT_EQ(judge({}, response, {}).kind, Kind::retry);
    response.sent = true;
    EXPECT_EQ(judge({}, response, {}).kind, Kind::unknown);
    response.failure = "refused_address";
    EXPECT_EQ(judge({}, response, {}).kind, Kind::rejected);
}

TEST(Answers, PointersAreChecked) {
    for (const char* text : {"/errcode", "/a/0/b", "/a~1b", ""}) EXPECT_TRUE(is_pointer(text));
    for (const char* text : {"errcode", "/a~2", "/a~"}) EXPECT_FALSE(is_pointer(text)) << text;
}

}  // namespace
}  // namespace jinqiao::adapters::notify
