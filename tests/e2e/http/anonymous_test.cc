// Filing without a name, and the conversation its code opens, over a socket.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <regex>

#include "engine/runtime/audit.h"
#include "engine/runtime/personal.h"
#include "tests/e2e/http/daemon.h"
#include "tests/e2e/http/park.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
namespace model = engine::model;
using adapters::http::HttpSettings;
using namespace std::chrono_literals;

json::object unnamed_alert() {
    auto alert = park_alert();
    alert["reporter"] = json::object{{"role", "职工"}, {"on_site", true}};
    alert["filing"] = "anonymous";
    alert.erase("documents");
    return alert;
}

struct HttpAnonymous : testing::Test {
    explicit HttpAnonymous(HttpSettings settings = {}) : daemon(park(), std::move(settings)) {}

    Daemon daemon;
    Client anybody = Client(daemon.server->port(), {}, "en");

    Reply file(const json::object& alert, const Client::Fields& more = {}) {
        return anybody.post("/api/v1/anonymous/alerts", json::serialize(alert), more);
    }
    std::string code() {
        const auto reply = file(unnamed_alert());
        EXPECT_EQ(reply.status, 201) << reply.body;
        return reply.status == 201 ? text(reply.json(), "receipt") : std::string();
    }
    Reply look(const std::string& code) {
        return anybody.post("/api/v1/anonymous/conversation",
                            json::serialize(json::object{{"code", code}}));
    }
    Reply write(const std::string& code, const std::string& words,
                const Client::Fields& more = {}) {
        return anybody.post("/api/v1/anonymous/messages",
                            json::serialize(json::object{{"code", code}, {"text", words}}), more);
    }
    json::value case_as(const std::string& who, const std::string& number) {
        return daemon.as(who, "en").get("/api/v1/cases/" + number).json();
    }
    // Every row somebody with a copy of the store could read, but for the texts of persons.
    std::string everything() {
        auto reader = daemon.store.reader().value();
        std::string all;
        const auto walk = [&](const std::string& stream) {
            const auto rows = reader->history(stream, 0, 1000).value();
            for (const auto& row : rows) all += row.body;
            return true;
        };
        EXPECT_TRUE(reader->each_stream(walk).ok());
        const auto visit = [&](const engine::ports::CaseRow& row) {
            all += row.body + row.summary + row.filer_account;
            for (const auto& whom : row.concerned) all += whom;
            const auto notices = reader->notices(row.id).value();
            for (const auto& notice : notices) all += notice.text + notice.subject;
            const auto tokens =
                reader->tokens_of(model::AccountId{"receipt:" + row.id.value}).value();
            for (const auto& token : tokens) all += token.hash + token.name;
            return true;
        };
        EXPECT_TRUE(reader->each_case(false, visit).ok());
        return all;
    }
};

TEST_F(HttpAnonymous, ACodeIsGivenOnceAndOpensAConversationBothWays) {
    const auto filed = file(unnamed_alert());
    ASSERT_EQ(filed.status, 201) << filed.body;
    const auto code = text(filed.json(), "receipt"), number = text(filed.json(), "number");
    EXPECT_TRUE(std::regex_match(code, std::regex("\\d{5}(-\\d{5}){4}"))) << code;
    EXPECT_EQ(filed.field("location"), "");
    auto shown = look(code);
    ASSERT_EQ(shown.status, 200) << shown.body;
    EXPECT_EQ(text(shown.json(), "number"), number);
    EXPECT_EQ(text(shown.json(), "stands"), "It has arrived and waits for somebody to take it.");
    EXPECT_TRUE(shown.json().at("messages").as_array().empty());

    ASSERT_EQ(write(code, "还有二十人没有拿到工资").status, 201);
    const auto owned = case_as("duty_officer", number);
    EXPECT_EQ(owned.at("data").at("conversation").at(0).at("text"), "还有二十人没有拿到工资");
    EXPECT_EQ(owned.at("filing"), "anonymous");
    const auto answer = daemon.as("duty_officer")
                            .post("/api/v1/cases/" + number + "/actions/answer_filer",
                                  R"({"message": "已安排人员核实"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto said = look(code).json();
    const auto& messages = said.at("messages").as_array();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(text(messages[0], "from"), "you");
    EXPECT_EQ(text(messages[1], "from"), "office");
    EXPECT_EQ(text(messages[1], "text"), "已安排人员核实");
    EXPECT_FALSE(messages[1].as_object().contains("by"));
    EXPECT_TRUE(engine::runtime::verify(*daemon.store.reader().value())->breaks.empty());
}

TEST_F(HttpAnonymous, WhatIsSaidIsForTheOwnerAlone) {
    const auto filed = file(unnamed_alert()).json();
    const auto number = text(filed, "number");
    ASSERT_EQ(write(text(filed, "receipt"), "organiser is afraid").status, 201);
    for (const auto* who :
         {"mediator", "supervisor", "auditor", "department:hrss", "enterprise_union"}) {
        const auto seen = daemon.as(who).get("/api/v1/cases/" + number);
        ASSERT_EQ(seen.status, 200) << who << seen.body;
        EXPECT_EQ(seen.body.find("organiser"), std::string::npos) << who;
        EXPECT_FALSE(seen.json().at("data").as_object().contains("conversation")) << who;
    }
    const auto answer =
        daemon.as("mediator")
            .post("/api/v1/cases/" + number + "/actions/answer_filer", R"({"message": "x"})");
    EXPECT_EQ(answer.status, 403);
    const auto forged =
        daemon.as("duty_officer")
            .post("/api/v1/cases/" + number + "/actions/filer_message", R"({"message": "x"})");
    EXPECT_EQ(forged.status, 403);
    const auto notices =
        daemon.as("duty_officer").get("/api/v1/cases/" + number + "/notices").json();
    bool told = false;
    for (const auto& notice : notices.at("items").as_array()) {
        EXPECT_EQ(text(notice, "text").find("organiser"), std::string::npos);
        told = told || (text(notice, "event") == "filer_message" &&
                        text(notice, "addressee") == "post:duty_desk");
    }
    EXPECT_TRUE(told);
    const auto found = daemon.as("duty_officer").get("/api/v1/cases?q=organiser").json();
    EXPECT_TRUE(found.at("items").as_array().empty());
}

// Signed in or not makes no difference: neither who asked nor from where is in any row.
TEST_F(HttpAnonymous, NothingOfWhoFiledIsKept) {
    auto signed_in = daemon.as("enterprise_union");
    signed_in.from("127.0.0.8");
    const auto before = everything();
    const auto filed = signed_in.post("/api/v1/anonymous/alerts", json::serialize(unnamed_alert()),
                                      {{"Idempotency-Key", "unnamed-1"}});
    ASSERT_EQ(filed.status, 201) << filed.body;
    const auto code = text(filed.json(), "receipt");
    ASSERT_EQ(write(code, "words of mine").status, 201);
    const auto kept = everything();
    for (const auto& secret :
         {code, code.substr(0, 5) + code.substr(6, 5), std::string("enterprise_union\""),
          std::string("127.0.0.8"), std::string("p_chair_1"), std::string("words of mine")})
        EXPECT_EQ(kept.find(secret, before.size()), std::string::npos) << secret;
    const auto number = text(filed.json(), "number");
    EXPECT_EQ(signed_in.get("/api/v1/cases?limit=200").json().at("items").as_array().size(), 1U);
    const auto seen = case_as("enterprise_union", number);  // of its enterprise, not as the filer
    EXPECT_EQ(seen.at("identity").at("filed_by_me"), false);
    const auto rows = daemon.as("auditor", "en").get("/api/v1/cases/" + number + "/history").json();
    const auto& actor = rows.at("items").at(0).at("actor");
    EXPECT_EQ(text(actor, "account"), "");
    EXPECT_EQ(text(actor, "person_name"), "whoever reported without a name");
    const auto answers = daemon.store.reader().value()->answer(".anonymous", "unnamed-1").value();
    EXPECT_FALSE(answers.has_value());
    EXPECT_EQ(Client(daemon.server->port(), code).get("/api/v1/me").status, 401);
}

TEST_F(HttpAnonymous, ARepeatUnderTheSameKeyIsTheSameReportAndCode) {
    const Client::Fields key{{"Idempotency-Key", "a-key-of-mine"}};
    const auto first = file(unnamed_alert(), key);
    ASSERT_EQ(first.status, 201) << first.body;
    const auto again = file(unnamed_alert(), key);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.field("idempotency-replayed"), "true");
    auto other = unnamed_alert();
    other["note"] = "something else";
    EXPECT_EQ(file(other, key).code(), "idempotency_mismatch");
    const auto code = text(first.json(), "receipt");
    EXPECT_EQ(write(code, "once", key).status, 201);
    EXPECT_EQ(write(code, "once", key).status, 201);
    EXPECT_EQ(look(code).json().at("messages").as_array().size(), 1U);
}

TEST_F(HttpAnonymous, ANameDoesNotComeInByASideDoor) {
    const auto refused = [&](const char* path, json::value value, const char* field) {
        auto alert = unnamed_alert();
        json::object* into = &alert;
        std::string key = path;
        if (const auto dot = key.find('.'); dot != std::string::npos) {
            into = &alert[key.substr(0, dot)].as_object();
            key = key.substr(dot + 1);
        }
        (*into)[key] = std::move(value);
        const auto reply = file(alert);
        EXPECT_EQ(reply.status, 422) << path << reply.body;
        EXPECT_EQ(text(reply.json().at("errors").at(0), "field"), field);
    };
    refused("reporter.name", "张三", "reporter.name");
    refused("reporter.phone", "13900001111", "reporter.phone");
    refused("filing", "identified", "filing");
    refused("exercise", true, "exercise");
    refused("documents", json::array{"01hz"}, "documents");
    auto blank = unnamed_alert();
    blank["reporter"].as_object()["name"] = " ";
    EXPECT_EQ(file(blank).status, 201);
    auto unknown = unnamed_alert();
    unknown["filed_by"] = "x";
    EXPECT_EQ(file(unknown).status, 422);
    EXPECT_EQ(daemon.as("duty_officer").get("/api/v1/cases").json().at("items").as_array().size(),
              1U);
}

TEST_F(HttpAnonymous, AnErasedMessageIsGoneAndTheRecordStillHolds) {
    const auto filed = file(unnamed_alert()).json();
    const auto code = text(filed, "receipt");
    ASSERT_EQ(write(code, "my name is Zhang").status, 201);
    std::string ref;
    {
        auto reader = daemon.store.reader().value();
        const auto row = reader->find_number(text(filed, "number")).value().value();
        const auto at = row.body.find("\"ref\":\"p-" + row.id.value + "-2-");
        ASSERT_NE(at, std::string::npos);
        ref = row.body.substr(at + 7, row.body.find('"', at + 7) - at - 7);
        EXPECT_EQ(reader->personal(ref).value()->cls, "sealed");
        EXPECT_EQ(reader->personal(ref).value()->value, "my name is Zhang");
    }
    {
        auto batch = daemon.store.begin().value();
        ASSERT_TRUE(engine::runtime::erase_personal(*batch, ref, daemon.clock.now()).ok());
        ASSERT_TRUE(batch->commit().ok());
    }
    EXPECT_TRUE(look(code).json().at("messages").at(0).at("text").is_null());
    EXPECT_TRUE(engine::runtime::verify(*daemon.store.reader().value())->breaks.empty());
}

TEST_F(HttpAnonymous, AWrongCodeOpensNothingWhateverItsForm) {
    const auto right = code();
    for (const auto& wrong : {std::string("00000-00000-00000-00000-00000"), std::string("x"),
                              right.substr(0, 28) + (right[28] == '1' ? "2" : "1")}) {
        EXPECT_EQ(look(wrong).code(), "wrong_receipt") << wrong;
        EXPECT_EQ(write(wrong, "x").code(), "wrong_receipt") << wrong;
    }
    EXPECT_EQ(look("").status, 422);
    std::string plain = right;
    std::erase(plain, '-');
    EXPECT_EQ(look(plain).status, 200);
    EXPECT_EQ(write(right, "").status, 422);
    EXPECT_EQ(write(right, std::string(2001, 'x')).status, 422);
}

HttpSettings strict() {
    HttpSettings settings;
    settings.anonymous.filings = {2, 1h};
    settings.anonymous.wrong_codes = {3, 1h};
    settings.anonymous.messages = {2, 1h};
    return settings;
}

struct HttpAnonymousLimits : HttpAnonymous {
    HttpAnonymousLimits() : HttpAnonymous(strict()) {}
};

TEST_F(HttpAnonymousLimits, AreByAddressAndWhatIsRefusedCostsNothing) {
    auto named = unnamed_alert();
    named["reporter"].as_object()["name"] = "张三";
    for (int i = 0; i < 4; ++i) EXPECT_EQ(file(named).status, 422);
    auto unfit = unnamed_alert();
    unfit["event"] = 5;
    for (int i = 0; i < 4; ++i) EXPECT_EQ(file(unfit).status, 422);
    const auto right = code();
    code();
    const auto third = file(unnamed_alert());
    EXPECT_EQ(third.status, 429) << third.body;
    EXPECT_FALSE(third.field("retry-after").empty());

    for (int i = 0; i < 9; ++i) EXPECT_EQ(look(right).status, 200);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(look("1").code(), "wrong_receipt");
    EXPECT_EQ(look("1").status, 429);
    EXPECT_EQ(look(right).status, 429) << "locked out, whatever it says";
    Client elsewhere(daemon.server->port());
    elsewhere.from("127.0.0.9");
    const auto body = json::serialize(json::object{{"code", right}});
    EXPECT_EQ(elsewhere.post("/api/v1/anonymous/conversation", body).status, 200);
    const auto message = json::serialize(json::object{{"code", right}, {"text", "x"}});
    for (const int status : {201, 201, 429})
        EXPECT_EQ(elsewhere.post("/api/v1/anonymous/messages", message).status, status);
}

HttpSettings crowded() {
    HttpSettings settings;
    settings.anonymous.filings_in_all = {2, 1h};
    settings.anonymous.messages_a_day = 2;
    settings.anonymous.messages_after_end = std::chrono::hours{24 * 30};
    return settings;
}

struct HttpAnonymousCrowd : HttpAnonymous {
    HttpAnonymousCrowd() : HttpAnonymous(crowded()) {}

    Reply file_from(const std::string& address) {
        Client client(daemon.server->port());
        client.from(address);
        return client.post("/api/v1/anonymous/alerts", json::serialize(unnamed_alert()));
    }
};

TEST_F(HttpAnonymousCrowd, AllAddressesTogetherHaveALimitToo) {
    auto unfit = unnamed_alert();
    unfit["event"] = 5;
    for (int i = 0; i < 4; ++i) EXPECT_EQ(file(unfit).status, 422);
    EXPECT_EQ(file_from("127.0.0.2").status, 201);
    EXPECT_EQ(file_from("127.0.0.3").status, 201);
    const auto third = file_from("127.0.0.4");
    EXPECT_EQ(third.status, 429) << third.body;
    EXPECT_EQ(third.code(), "too_many");
    EXPECT_FALSE(third.field("retry-after").empty());
}

TEST_F(HttpAnonymousCrowd, ACodeTakesSoManyMessagesADay) {
    const auto right = code();
    EXPECT_EQ(write(right, "one").status, 201);
    daemon.clock.turn(2h);
    EXPECT_EQ(write(right, "two").status, 201);
    const auto third = write(right, "three");
    EXPECT_EQ(third.status, 429) << third.body;
    EXPECT_EQ(third.code(), "messages_a_day");
    EXPECT_EQ(third.field("retry-after"), std::to_string(22 * 3600));
    EXPECT_NE(third.body.find("in about 22 h"), std::string::npos) << third.body;
    EXPECT_EQ(look(right).status, 200) << "what was said stays readable";
    daemon.clock.turn(22h);
    EXPECT_EQ(write(right, "three").status, 201);
}

TEST_F(HttpAnonymousCrowd, LongAfterItsEndACaseTakesNoMessages) {
    auto quiet = unnamed_alert();
    auto& event = quiet["event"].as_object();
    event["cause"] = "wage_arrears";
    event["workers_involved"] = 5;
    event.erase("behaviours");
    const auto filed = file(quiet).json();
    const auto right = text(filed, "receipt"), number = text(filed, "number");
    const auto does = [&](const std::string& action, const std::string& payload) {
        const auto reply = daemon.as("duty_officer")
                               .post("/api/v1/cases/" + number + "/actions/" + action, payload);
        EXPECT_EQ(reply.status, 200) << action << reply.body;
    };
    does("acknowledge", "{}");
    does("update_facts", R"({"certainty": "seen"})");
    does("confirm_facts", R"({"types": ["wage_arrears"], "in_scope": true,
                              "rights_claim": true, "collective": false})");
    does("close_no_dispute", R"({"reason": "已查明"})");
    daemon.clock.turn(24h * 29);
    EXPECT_EQ(write(right, "still").status, 201);
    daemon.clock.turn(24h * 2);
    const auto late = write(right, "late");
    EXPECT_EQ(late.status, 409) << late.body;
    EXPECT_EQ(late.code(), "conversation_over");
    EXPECT_NE(late.body.find("Report anew"), std::string::npos) << late.body;
    EXPECT_EQ(look(right).status, 200) << "what was said stays readable";
}

HttpSettings switched_off() {
    HttpSettings settings;
    settings.anonymous.filing = false;
    return settings;
}

struct HttpAnonymousOff : HttpAnonymous {
    HttpAnonymousOff() : HttpAnonymous(switched_off()) {}
};

TEST_F(HttpAnonymousOff, TakesNoneAndSaysSo) {
    EXPECT_EQ(anybody.get("/api/v1/anonymous").json().at("filing"), false);
    const auto refused = file(unnamed_alert());
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.code(), "anonymous_off");
    EXPECT_EQ(look("12345").code(), "wrong_receipt");
}

}  // namespace
}  // namespace jinqiao::tests
