// Pages beside the API over a socket: the real console's folder, as the daemon serves it.
#include <gtest/gtest.h>

#include <fstream>

#include "adapters/console/site.h"
#include "adapters/http/api.h"
#include "tests/e2e/http/daemon.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::tests {
namespace {

namespace fs = std::filesystem;

Office office_with_pages() {
    support::ScratchDir dir;
    fs::create_directories(dir.path() / "assets");
    std::ofstream(dir.path() / "index.html") << "<!doctype html>" << std::string(2000, ' ');
    std::ofstream(dir.path() / "assets" / "index-1a.js") << std::string(3000, 'x');
    auto site = std::make_shared<adapters::console::Site>(
        std::move(*adapters::console::Site::load(dir.path())));
    auto office = leave_office();
    office.pages = [site](const auto& segments) -> std::optional<adapters::http::Page> {
        const auto* file = site->find(segments);
        if (!file) return std::nullopt;
        return adapters::http::Page{file->type,      file->plain,    file->gzip,
                                    file->plain_tag, file->gzip_tag, file->fields};
    };
    return office;
}

struct HttpPages : testing::Test {
    Daemon daemon{office_with_pages()};
    Client browser = daemon.anybody();
};

TEST_F(HttpPages, TheFrontPageAnswersEveryPathOfTheConsole) {
    for (const auto* path : {"/", "/cases/JQ-2026-000123", "/index.html", "/login?next=%2Fcases"}) {
        const auto page = browser.get(path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_EQ(page.field("content-type"), "text/html; charset=utf-8");
        EXPECT_EQ(page.field("cache-control"), "no-cache");
        EXPECT_EQ(page.body.find("<!doctype html>"), 0u);
        EXPECT_EQ(page.field("content-length"), "2015");
        EXPECT_NE(page.field("content-security-policy").find("script-src 'self';"),
                  std::string::npos);
    }
}

// Whatever is asked, by whom ever: shown as what it is, in no frame, to no other site.
TEST_F(HttpPages, EveryAnswerSaysWhatABrowserMayDoWithIt) {
    auto clerk = daemon.as("mediator");
    for (const auto& route : adapters::http::Api::routes()) {
        if (route.name == "stream") continue;  // has no end
        const std::string path(route.pattern);
        for (auto* who : {&browser, &clerk}) {
            const auto reply = route.method == "GET" ? who->get(path) : who->post(path, "{");
            const auto policy = reply.field("content-security-policy");
            EXPECT_EQ(policy.find("default-src 'none'"), 0u) << path;
            EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << path;
            EXPECT_EQ(policy.find("unsafe"), std::string::npos) << path;
            EXPECT_EQ(reply.field("x-content-type-options"), "nosniff") << path;
            EXPECT_EQ(reply.field("x-frame-options"), "DENY") << path;
            EXPECT_EQ(reply.field("referrer-policy"), "no-referrer") << path;
            EXPECT_EQ(reply.field("cross-origin-resource-policy"), "same-origin") << path;
            EXPECT_EQ(reply.field("access-control-allow-origin"), "") << path;
            EXPECT_EQ(reply.field("server"), "") << path;
        }
    }
    for (const auto* path : {"/", "/assets/index-1a.js", "/s/none", "/api/v1/nothing"})
        EXPECT_EQ(browser.get(path).field("x-frame-options"), "DENY") << path;
}

TEST_F(HttpPages, WhatBelongsToTheApiIsNeverAPage) {
    for (const auto* path : {"/api", "/api/v1/nothing", "/s", "/s/a/b", "/healthz/x", "/metrics/"})
        EXPECT_EQ(browser.get(path).code(), "no_such_path") << path;
    EXPECT_EQ(browser.get("/healthz").status, 200);
    EXPECT_EQ(browser.get("/api/v1/me").status, 401);
    EXPECT_EQ(browser.get("/assets/gone-2b.js").code(), "no_such_path");
}

TEST_F(HttpPages, FilesNamedByContentAreKeptAndKnownOnesNotSentAgain) {
    const auto script = browser.get("/assets/index-1a.js", {{"Accept-Encoding", "gzip"}});
    EXPECT_EQ(script.status, 200);
    EXPECT_EQ(script.field("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(script.field("content-encoding"), "gzip");
    EXPECT_EQ(script.field("vary"), "Accept-Encoding");
    EXPECT_LT(script.body.size(), 200u);
    const auto again =
        browser.get("/assets/index-1a.js",
                    {{"Accept-Encoding", "gzip"}, {"If-None-Match", script.field("etag")}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.field("content-encoding"), "");
}

TEST_F(HttpPages, HeadIsTheSameWithoutTheBody) {
    browser.send(browser.message("HEAD", "/", {}));
    const auto head = browser.receive(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.field("content-length"), "2015");
    EXPECT_EQ(browser.get("/healthz").status, 200);  // no stray body in between
}

TEST_F(HttpPages, NobodyPostsToAPage) {
    const auto answer = browser.post("/cases", "{}");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.field("allow"), "GET, HEAD");
}

TEST_F(HttpPages, PathsThatClimbEndAtTheFrontPage) {
    for (const auto* path : {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                             "/..%2f..%2fetc%2fpasswd", "//etc/passwd"}) {
        const auto page = browser.get(path);
        EXPECT_EQ(page.status, 200);
        EXPECT_EQ(page.body.find("<!doctype html>"), 0u) << path;
    }
    EXPECT_EQ(browser.get("/assets/..%2findex.html").status, 404);
}

TEST(HttpNoPages, ADaemonWithoutConsoleSaysHowToGetOne) {
    Daemon daemon;
    EXPECT_EQ(daemon.anybody().get("/").code(), "no_console");
    EXPECT_EQ(daemon.anybody().get("/cases").code(), "no_such_path");
}

}  // namespace
}  // namespace jinqiao::tests
