// The arrows of the house: who may include whom. They hold by direction of travel, not by taste, so
// that replacing a library stays a matter of one folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace jinqiao::tests {
namespace {

namespace fs = std::filesystem;

struct Line {
    std::string file;    // "engine/time/due.cc"
    std::string header;  // "boost/json.hpp"
    bool quoted = false;
};

bool starts(const std::string& text, const std::string& prefix) {
    return text.compare(0, prefix.size(), prefix) == 0;
}

std::vector<std::string> sources() {
    const fs::path root = JINQIAO_SOURCE_DIR;
    std::vector<std::string> out;
    for (const auto* top : {"engine", "workflows", "config", "adapters", "tests"})
        for (fs::recursive_directory_iterator at(root / top), end; at != end; ++at) {
            // What a script of tests/e2e installed is not ours.
            if (at->path().filename() == "node_modules") at.disable_recursion_pending();
            const auto extension = at->path().extension();
            if (extension == ".h" || extension == ".cc")
                out.push_back(fs::relative(at->path(), root).generic_string());
        }
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> lines_of(const std::string& file) {
    std::ifstream in(fs::path(JINQIAO_SOURCE_DIR) / file);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

const std::vector<Line>& includes() {
    static const auto all = [] {
        std::vector<Line> out;
        for (const auto& file : sources())
            for (const auto& line : lines_of(file)) {
                if (!starts(line, "#include")) continue;
                const auto from = line.find_first_of("<\"");
                const auto to = line.find_last_of(">\"");
                if (from == std::string::npos || to <= from) continue;
                out.push_back({file, line.substr(from + 1, to - from - 1), line[from] == '"'});
            }
        return out;
    }();
    return all;
}

bool of_the_standard_library(const Line& line) {
    return !line.quoted && line.header.find_first_of("/.") == std::string::npos;
}

// The folder of an adapter: notify and http; store/sqlite and store/memory are two, and what lies
// in store/ itself is common to both.
std::string adapter_of(const std::string& path) {
    if (!starts(path, "adapters/")) return {};
    const auto first = path.find('/', 9);
    const auto name = path.substr(9, first - 9);
    const auto second = first == std::string::npos ? first : path.find('/', first + 1);
    return name != "store" || second == std::string::npos ? name : path.substr(9, second - 9);
}

std::string workflow_of(const std::string& path) {
    const auto slash = path.find('/', 10);
    if (!starts(path, "workflows/") || slash == std::string::npos) return {};
    return path.substr(10, slash - 10);
}

std::string show(const Line& line) { return line.file + " includes " + line.header; }

// Each include of such a header stands in one of these folders; tests may include anything.
void only_in(const std::vector<std::string>& headers, const std::vector<std::string>& folders) {
    const auto listed = [](const std::string& text, const std::vector<std::string>& prefixes) {
        return std::any_of(prefixes.begin(), prefixes.end(),
                           [&](const auto& prefix) { return starts(text, prefix); });
    };
    for (const auto& line : includes()) {
        if (starts(line.file, "tests/") || !listed(line.header, headers)) continue;
        EXPECT_TRUE(listed(line.file, folders)) << show(line);
    }
}

TEST(Architecture, TheTreeWasFound) { EXPECT_GT(includes().size(), 300u); }

TEST(Architecture, EngineKnowsTheStandardLibraryAndJsonOnly) {
    for (const auto& line : includes()) {
        if (!starts(line.file, "engine/") || starts(line.file, "engine/runtime/")) continue;
        const bool json = starts(line.header, "boost/json");
        const bool engine = line.quoted && starts(line.header, "engine/");
        EXPECT_TRUE(json || engine || of_the_standard_library(line)) << show(line);
        EXPECT_FALSE(starts(line.header, "engine/runtime/")) << show(line);
    }
}

// Within the engine the arrows go down: time, model, reports, policy, ports, kernel,
// runtime.
TEST(Architecture, LayersOfTheEngineLookDownOnly) {
    const std::vector<std::string> layers = {"engine/time/",   "engine/model/",  "engine/reports/",
                                             "engine/policy/", "engine/kernel/", "engine/runtime/"};
    const auto layer = [&](const std::string& path) {
        for (std::size_t i = 0; i < layers.size(); ++i)
            if (starts(path, layers[i])) return static_cast<int>(i);
        return -1;
    };
    for (const auto& line : includes()) {
        if (layer(line.file) < 0 || layer(line.header) < 0) continue;
        EXPECT_GE(layer(line.file), layer(line.header)) << show(line);
    }
}

TEST(Architecture, EachLibraryIsIncludedInOneFolder) {
    only_in({"boost/msm"}, {"workflows/"});
    only_in({"yaml-cpp"}, {"config/"});
    only_in({"SQLiteCpp", "sqlite3.h"}, {"adapters/store/sqlite/"});
    // Both speak HTTP as servers, and to nobody the same: what they could share is the library.
    only_in({"boost/beast"}, {"adapters/http/", "adapters/echo/"});
    only_in({"curl/"}, {"adapters/notify/"});
    only_in({"cjose/"}, {"adapters/http/id_token.cc"});
    only_in({"mosquitto.h", "mqtt_protocol.h"}, {"adapters/notify/mqtt/"});
    only_in({"CLI/"}, {"adapters/cli/"});
    // Texts of ours for people, and what an administrator writes for a provider.
    only_in({"kainjow"}, {"config/render.cc", "adapters/notify/http/template.cc"});
}

TEST(Architecture, NoDatabaseHeaderInAHeader) {
    for (const auto& line : includes()) {
        const bool header = line.file.size() > 2 && line.file.substr(line.file.size() - 2) == ".h";
        EXPECT_FALSE(header && line.header == "sqlite3.h") << show(line);
    }
}

TEST(Architecture, WorkflowsStandOnTheEngineAlone) {
    for (const auto& line : includes()) {
        const auto from = workflow_of(line.file);
        if (from.empty() || !line.quoted) continue;
        const auto to = workflow_of(line.header);
        EXPECT_TRUE(starts(line.header, "engine/") || to == from) << show(line);
        EXPECT_FALSE(starts(line.header, "engine/runtime/")) << show(line);
    }
}

// What echo may know of notify: how providers sign. A signature that is checked by other code than
// it was made by proves that the two agree, and nothing about the provider; that is proven by the
// providers' own vectors and libraries.
bool is_signature(const std::string& header) {
    const std::vector<std::string> signatures = {
        "adapters/notify/mac.h", "adapters/notify/signature.h", "adapters/notify/sms/aliyun_v1.h",
        "adapters/notify/sms/aliyun_v3.h", "adapters/notify/sms/tencent.h"};
    return std::find(signatures.begin(), signatures.end(), header) != signatures.end();
}

// The command line wires everybody and is the only one to do so.
TEST(Architecture, AdaptersDoNotKnowEachOther) {
    for (const auto& line : includes()) {
        const auto from = adapter_of(line.file), to = adapter_of(line.header);
        if (from.empty() || from == "cli") continue;
        const bool common = to == "store" && starts(from, "store/");
        const bool signs = from == "echo" && is_signature(line.header);
        EXPECT_TRUE(to.empty() || to == from || common || signs) << show(line);
        EXPECT_FALSE(starts(line.header, "workflows/")) << show(line);
    }
}

TEST(Architecture, ConfigAndEngineKnowNoAdapter) {
    for (const auto& line : includes()) {
        const bool inner = starts(line.file, "engine/") || starts(line.file, "config/");
        EXPECT_FALSE(inner && starts(line.header, "adapters/")) << show(line);
        EXPECT_FALSE(starts(line.file, "engine/") && starts(line.header, "config/")) << show(line);
        EXPECT_FALSE(starts(line.file, "engine/") && starts(line.header, "workflows/"))
            << show(line);
    }
}

TEST(Architecture, ProductDoesNotIncludeTests) {
    for (const auto& line : includes())
        EXPECT_TRUE(starts(line.file, "tests/") || !starts(line.header, "tests/")) << show(line);
}

// Includes begin at the root, so that each line shows its arrow.
TEST(Architecture, QuotedIncludesBeginAtTheRoot) {
    for (const auto& line : includes()) {
        if (!line.quoted) continue;
        EXPECT_TRUE(fs::exists(fs::path(JINQIAO_SOURCE_DIR) / line.header)) << show(line);
    }
}

// A file growing towards this usually holds two ideas.
TEST(Architecture, NoFileIsLongerThanFiveHundredLines) {
    for (const auto& file : sources()) EXPECT_LE(lines_of(file).size(), 500u) << file;
}

}  // namespace
}  // namespace jinqiao::tests
