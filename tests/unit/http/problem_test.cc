#include "adapters/http/problem.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "tests/unit/http/words_fake.h"

namespace jinqiao::adapters::http {
namespace {

namespace json = boost::json;
using engine::model::ErrorCode;
using engine::model::Language;
using engine::model::Refusal;

const tests::PlainWords words;

std::string field(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.fields)
        if (key == name) return value;
    return {};
}

TEST(Problem, HasTheMembersOfRfc9457InTheLanguageAskedFor) {
    auto problem = Problem::of(404, "not_found");
    const auto response = respond(problem, words, Language::en);
    EXPECT_EQ(response.content_type, "application/problem+json; charset=utf-8");
    const auto body = json::parse(response.body).as_object();
    EXPECT_EQ(body.at("status"), 404);
    EXPECT_EQ(body.at("code"), "not_found");
    EXPECT_EQ(body.at("type"), "urn:jinqiao:problem:not_found");
    EXPECT_EQ(body.at("title"), "en:problem.not_found.title");
    EXPECT_EQ(body.at("detail"), "en:problem.not_found.detail");
    EXPECT_FALSE(body.contains("errors"));
    EXPECT_FALSE(body.contains("reasons"));
}

TEST(Problem, ARefusalsKindIsItsStatus) {
    const std::pair<Refusal::Kind, int> table[] = {
        {Refusal::Kind::unknown_action, 404},  {Refusal::Kind::forbidden, 403},
        {Refusal::Kind::invalid_payload, 422}, {Refusal::Kind::stale, 412},
        {Refusal::Kind::blocked, 409},         {Refusal::Kind::no_transition, 409},
        {Refusal::Kind::not_found, 404},       {Refusal::Kind::dropped, 409}};
    for (const auto& [kind, status] : table)
        EXPECT_EQ(problem_of(Refusal{kind, {}}).status, status);
}

TEST(Problem, PayloadFaultsAreErrorsAndGuardsAreReasons) {
    const auto faults = problem_of(Refusal{Refusal::Kind::invalid_payload,
                                           {{"payload.required", {{"field", "event.cause"}}}}});
    const auto described = describe(faults, words, Language::zh);
    EXPECT_EQ(described.at("errors").at(0).at("field"), "event.cause");
    EXPECT_EQ(described.at("errors").at(0).at("code"), "payload.required");
    const auto blocked =
        problem_of(Refusal{Refusal::Kind::blocked, {{"G.facts", {{"f", "event.place"}}}}});
    const auto shown = describe(blocked, words, Language::zh);
    EXPECT_EQ(shown.at("reasons").at(0).at("code"), "G.facts");
    EXPECT_EQ(shown.at("reasons").at(0).at("text"), "zh:G.facts{f=event.place}");
    EXPECT_FALSE(shown.contains("errors"));
}

TEST(Problem, ErrorsSayWhetherTryingAgainCanHelp) {
    using namespace std::chrono_literals;
    for (const auto code : {ErrorCode::busy, ErrorCode::unavailable, ErrorCode::disk_full}) {
        const auto response = respond(problem_of({code, "x", ""}, 2s), words, Language::zh);
        EXPECT_EQ(field(response, "Retry-After"), "2");
    }
    EXPECT_EQ(problem_of({ErrorCode::busy, "x", ""}, 1s).status, 503);
    EXPECT_EQ(problem_of({ErrorCode::disk_full, "x", ""}, 1s).status, 507);
    EXPECT_EQ(problem_of({ErrorCode::corrupt, "x", ""}, 1s).status, 500);
    EXPECT_FALSE(problem_of({ErrorCode::unknown, "x", ""}, 1s).retry_after);
}

}  // namespace
}  // namespace jinqiao::adapters::http
