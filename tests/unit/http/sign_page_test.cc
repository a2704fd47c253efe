#include "adapters/http/sign_page.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/http/digest.h"

namespace jinqiao::adapters::http {
namespace {

TEST(SignPage, EscapesEverythingItShows) {
    SignPage page;
    page.title = "<script>";
    page.lines = {{"a&b", "\"c\""}};
    page.message = "it's <b>";
    page.answers = {{"a\"b", "go<", {}, "why<", "<hint>", "</textarea><b>", 10, false}};
    const auto html = render(page);
    EXPECT_EQ(html.find("<script>"), std::string::npos);
    EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(html.find("a&amp;b"), std::string::npos);
    EXPECT_NE(html.find("it&#39;s &lt;b&gt;"), std::string::npos);
    EXPECT_NE(html.find("value=\"a&quot;b\""), std::string::npos);
    EXPECT_NE(html.find(">go&lt;</button>"), std::string::npos);
    EXPECT_NE(html.find(">\n&lt;/textarea&gt;&lt;b&gt;</textarea>"), std::string::npos);
    EXPECT_EQ(html.find("<b>"), std::string::npos);
    EXPECT_EQ(html.find("<hint>"), std::string::npos);
}

TEST(SignPage, WithoutAnAnswerThereIsNoForm) {
    SignPage page;
    page.language = engine::model::Language::en;
    const auto html = render(page);
    EXPECT_EQ(html.find("<form"), std::string::npos);
    EXPECT_NE(html.find("<html lang=\"en\">"), std::string::npos);
}

TEST(SignPage, ItsAddressTravelsNowhere) {
    const auto response = html_response(404, SignPage{});
    bool referrer = false;
    for (const auto& [name, value] : response.fields)
        referrer |= name == "Referrer-Policy" && value == "no-referrer";
    EXPECT_TRUE(referrer);
    EXPECT_EQ(response.status, 404);
}

// The policy lets in this page's style and no other; the vector is of the standard (CSP3, 8.3).
TEST(SignPage, AllowsItsOwnStyleOnly) {
    EXPECT_EQ(style_source("alert('Hello, world.');"),
              "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    const auto response = html_response(200, SignPage{});
    const auto from = response.body.find("<style>") + 7;
    const auto style = response.body.substr(from, response.body.find("</style>") - from);
    const auto policy =
        std::find_if(response.fields.begin(), response.fields.end(),
                     [](const auto& field) { return field.first == "Content-Security-Policy"; });
    ASSERT_NE(policy, response.fields.end());
    EXPECT_NE(policy->second.find("style-src " + style_source(style) + ";"), std::string::npos);
    EXPECT_EQ(policy->second.find("unsafe"), std::string::npos);
}

TEST(SignPage, TheOtherLanguageIsOneTapAway) {
    SignPage page;
    page.language = engine::model::Language::en;
    EXPECT_NE(render(page).find("href=\"?lang=zh-CN\">中文</a>"), std::string::npos);
    page.language = engine::model::Language::zh;
    EXPECT_NE(render(page).find("href=\"?lang=en\">English</a>"), std::string::npos);
}

// It takes nothing from anywhere and names its own address nowhere.
TEST(SignPage, StandsByItself) {
    SignPage page;
    page.answers = {{"sign", "go", {}, {}, {}, {}, 0, false}};
    const auto html = render(page);
    for (const auto* outside : {"http:", "https:", "src=", "<link", "<script", "action=", "url("})
        EXPECT_EQ(html.find(outside), std::string::npos) << outside;
    EXPECT_LT(html.size(), 60'000U);  // a telephone on a bad network has it in one go
}

Request form(std::string body, std::string type = "application/x-www-form-urlencoded") {
    Request request;
    request.method = "POST";
    request.body = std::move(body);
    request.content_type = std::move(type);
    return request;
}

TEST(SignPageForm, ReadsTheAnswers) {
    EXPECT_EQ(read_answer(form("", "")).name, "sign");
    EXPECT_EQ(read_answer(form("answer=sign")).name, "sign");
    EXPECT_EQ(
        read_answer(form("answer=accept", "Application/X-WWW-Form-Urlencoded ; charset=UTF-8"))
            .name,
        "accept");
    const auto back = read_answer(form("answer=return&reason=+%E4%B8%8D%0D%0A%E6%98%AF%07+"));
    EXPECT_EQ(back.status, 200);
    EXPECT_EQ(back.name, "return");
    EXPECT_EQ(back.reason, "不\n是");
}

TEST(SignPageForm, RefusesWhatThePageDoesNotSend) {
    const auto fault = [](const Request& request) {
        const auto answer = read_answer(request);
        return std::to_string(answer.status) + " " + answer.fault;
    };
    EXPECT_EQ(fault(form("{}", "application/json")), "415 form");
    EXPECT_EQ(fault(form("answer=sign", "")), "415 form");
    EXPECT_EQ(fault(form("answer=%zz")), "400 form");
    EXPECT_EQ(fault(form("answer=%ff")), "400 form");
    EXPECT_EQ(fault(form("answer=done")), "422 form");
    EXPECT_EQ(fault(form("x=1")), "422 form");
    EXPECT_EQ(fault(form("answer=sign&x=1")), "422 form");
    EXPECT_EQ(fault(form("answer=sign&answer=return&reason=r")), "422 form");
    EXPECT_EQ(fault(form("answer=sign&reason=r")), "422 form");
    EXPECT_EQ(fault(form("answer=return")), "422 reason");
    EXPECT_EQ(fault(form("answer=return&reason=+%0D%0A+")), "422 reason");
    EXPECT_EQ(fault(form("answer=return&reason=" + std::string(1001, 'x'))), "422 length");
    EXPECT_EQ(fault(form("answer=return&reason=" + std::string(1000, 'x'))), "200 ");
    EXPECT_EQ(fault(form(std::string(70'000, 'x'))), "413 size");
}

// Characters and not bytes, and what was typed is there to be made shorter.
TEST(SignPageForm, KeepsAReasonThatIsTooLong) {
    std::string typed;
    for (int i = 0; i < 1001; ++i) typed += "%E9%95%BF";
    const auto answer = read_answer(form("answer=return&reason=" + typed));
    EXPECT_EQ(answer.fault, "length");
    EXPECT_EQ(answer.reason.size(), 3003U);
    EXPECT_EQ(read_answer(form("answer=return&reason=" + typed.substr(9))).status, 200);
}

}  // namespace
}  // namespace jinqiao::adapters::http
