#include "adapters/http/sign_page.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

TEST(SignPage, EscapesEverythingItShows) {
    SignPage page;
    page.title = "<script>";
    page.lines = {{"a&b", "\"c\""}};
    page.message = "it's <b>";
    page.button = "go";
    page.action = "/s/x\"y";
    const auto html = render(page);
    EXPECT_EQ(html.find("<script>"), std::string::npos);
    EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(html.find("a&amp;b"), std::string::npos);
    EXPECT_NE(html.find("it&#39;s &lt;b&gt;"), std::string::npos);
    EXPECT_NE(html.find("action=\"/s/x&quot;y\""), std::string::npos);
}

TEST(SignPage, WithoutAButtonThereIsNoForm) {
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

}  // namespace
}  // namespace jinqiao::adapters::http
