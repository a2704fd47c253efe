// The built console in a folder: what is served of it, how, and what is not.
#include "adapters/console/site.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <set>

#include "adapters/console/gzip.h"
#include "tests/support/scratch_dir.h"

namespace jinqiao::adapters::console {
namespace {

namespace fs = std::filesystem;
using Segments = std::vector<std::string>;

std::string unpacked(const std::string& gzip) {
    std::string out(1 << 20, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    auto in = gzip;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

std::string field(const File& file, std::string_view name) {
    for (const auto& [key, value] : file.fields)
        if (key == name) return value;
    return {};
}

struct ConsoleSite : testing::Test {
    tests::support::ScratchDir dir;
    std::string script = std::string(5'000, 'x') + "'京'";

    void put(const std::string& name, const std::string& bytes) {
        fs::create_directories((dir.path() / name).parent_path());
        std::ofstream(dir.path() / name, std::ios::binary) << bytes;
    }
    void SetUp() override {
        put("index.html", "<!doctype html><title>console</title>");
        put("assets/index-4f1b.js", script);
        put("assets/logo-77aa.png", std::string("\x89PNG\0\x1a", 6));
        put("favicon.svg", "<svg/>");
    }
    Site site() { return std::move(*Site::load(dir.path())); }
};

TEST_F(ConsoleSite, FilesAreFoundByTheirNames) {
    const auto all = site();
    EXPECT_EQ(all.count(), 4u);
    ASSERT_NE(all.find({"assets", "index-4f1b.js"}), nullptr);
    EXPECT_EQ(all.find({"assets", "index-4f1b.js"})->plain, script);
    EXPECT_EQ(all.find({"assets", "index-4f1b.js"})->type, "text/javascript; charset=utf-8");
    EXPECT_EQ(all.find({"favicon.svg"})->type, "image/svg+xml");
    EXPECT_EQ(all.find({"assets", "logo-77aa.png"})->plain.size(), 6u);
}

TEST_F(ConsoleSite, AnyOtherPathIsDrawnByTheFrontPage) {
    const auto all = site();
    for (const Segments& path :
         {Segments{""}, Segments{"cases", "JQ-2026-000123"}, Segments{"accounts", "li.wei"},
          Segments{"index.html"}, Segments{"asset"}})
        EXPECT_EQ(all.find(path)->plain, "<!doctype html><title>console</title>");
}

TEST_F(ConsoleSite, AFileThatIsGoneIsNotThePage) {
    const auto all = site();
    EXPECT_EQ(all.find({"assets", "index-0000.js"}), nullptr);
    EXPECT_EQ(all.find({"assets", ""}), nullptr);
}

TEST_F(ConsoleSite, NoPathLeadsOutOfTheFolder) {
    std::ofstream(dir.path().string() + "-secret.txt") << "secret";
    put("inside/page.html", "inside");
    const auto all = site();
    const auto secret = dir.path().filename().string() + "-secret.txt";
    for (const Segments& path :
         {Segments{"..", secret}, Segments{"assets", "..", "..", secret}, Segments{"../" + secret},
          Segments{"", "etc", "passwd"}, Segments{"assets/../../" + secret}}) {
        const auto* found = all.find(path);
        EXPECT_TRUE(found == nullptr || found->plain.find("<!doctype") == 0);
    }
    fs::remove(dir.path().string() + "-secret.txt");
}

TEST_F(ConsoleSite, LinksAndHiddenFilesAreNoPartOfIt) {
    fs::create_symlink("/etc/passwd", dir.path() / "users.txt");
    fs::create_directory_symlink("/etc", dir.path() / "assets" / "etc");
    put(".env.txt", "secret");
    put(".vite/manifest.json", "{}");
    put("LICENSE", "text");
    EXPECT_EQ(site().count(), 4u);
}

TEST_F(ConsoleSite, WhatIsNamedByItsContentIsKeptForGood) {
    const auto all = site();
    EXPECT_EQ(field(*all.find({"assets", "index-4f1b.js"}), "Cache-Control"),
              "public, max-age=31536000, immutable");
    EXPECT_EQ(field(*all.find({""}), "Cache-Control"), "no-cache");
    EXPECT_EQ(field(*all.find({"favicon.svg"}), "Cache-Control"), "no-cache");
}

TEST_F(ConsoleSite, BrowsersRunNothingButItsFiles) {
    const auto all = site();
    for (const Segments& path : {Segments{""}, Segments{"assets", "index-4f1b.js"}}) {
        const auto policy = field(*all.find(path), "Content-Security-Policy");
        EXPECT_EQ(policy.find("default-src 'none'; script-src 'self'; style-src 'self';"), 0u);
        EXPECT_EQ(policy.find("unsafe"), std::string::npos);
        EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
        EXPECT_EQ(field(*all.find(path), "Cross-Origin-Opener-Policy"), "same-origin");
        EXPECT_EQ(field(*all.find(path), "Cross-Origin-Resource-Policy"), "same-origin");
        EXPECT_EQ(field(*all.find(path), "Referrer-Policy"), "no-referrer");
        EXPECT_EQ(field(*all.find(path), "X-Content-Type-Options"), "nosniff");
        EXPECT_NE(field(*all.find(path), "Permissions-Policy").find("camera=()"),
                  std::string::npos);
    }
}

TEST_F(ConsoleSite, TextIsPackedOnceAndPicturesAreNot) {
    const auto all = site();
    const auto& packed = *all.find({"assets", "index-4f1b.js"});
    EXPECT_LT(packed.gzip.size(), 200u);
    EXPECT_EQ(unpacked(packed.gzip), script);
    EXPECT_TRUE(all.find({"assets", "logo-77aa.png"})->gzip.empty());
    EXPECT_TRUE(all.find({"favicon.svg"})->gzip.empty());  // six bytes do not shrink
}

TEST_F(ConsoleSite, TagsAreOfTheBytesAndTheEncoding) {
    const auto first = site();
    const auto second = site();
    put("assets/index-4f1b.js", script + "!");
    const auto third = site();
    std::set<std::string> tags;
    for (const auto* all : {&first, &second, &third}) {
        const auto& file = *all->find({"assets", "index-4f1b.js"});
        EXPECT_EQ(file.plain_tag.front(), '"');
        tags.insert({file.plain_tag, file.gzip_tag});
    }
    EXPECT_EQ(tags.size(), 4u);
}

TEST_F(ConsoleSite, AFolderWithoutFrontPageIsNone) {
    fs::remove(dir.path() / "index.html");
    EXPECT_EQ(Site::load(dir.path()).error().code, engine::model::ErrorCode::not_found);
    EXPECT_EQ(Site::load(dir.path() / "nowhere").error().code, engine::model::ErrorCode::not_found);
}

TEST_F(ConsoleSite, AWrongFolderIsNotReadIntoMemory) {
    std::ofstream(dir.path() / "large.txt").close();
    fs::resize_file(dir.path() / "large.txt", std::uintmax_t{65} << 20);
    const auto loaded = Site::load(dir.path());
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().code, engine::model::ErrorCode::invalid);
    EXPECT_NE(loaded.error().where.find("large.txt"), std::string::npos);
}

TEST(ConsoleGzip, NothingAtAllIsAMemberToo) { EXPECT_EQ(unpacked(gzip("")), ""); }

}  // namespace
}  // namespace jinqiao::adapters::console
