#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/notify/file/file.h"
#include "tests/contract/notifier_contract.h"

namespace jinqiao::tests {
namespace {

namespace fs = std::filesystem;
using adapters::notify::file::File;
using FileOptions = adapters::notify::file::Options;

class FileHarness : public NotifierHarness {
  public:
    FileHarness() {
        std::string pattern = (fs::temp_directory_path() / "jinqiao-spool-XXXXXX").string();
        root_ = mkdtemp(pattern.data());
    }
    ~FileHarness() override {
        std::error_code ignored;
        fs::remove_all(root_, ignored);
    }
    FileHarness(const FileHarness&) = delete;
    FileHarness& operator=(const FileHarness&) = delete;

    std::unique_ptr<engine::ports::Notifier> make() override {
        return std::make_unique<File>(FileOptions{root_ / "spool"});
    }
    std::string address() override { return "hrss"; }
    std::vector<Arrived> arrived() override {
        std::vector<Arrived> result;
        if (!fs::is_directory(folder())) return result;
        for (const auto& entry : fs::directory_iterator(folder())) {
            std::ostringstream text;
            text << std::ifstream(entry.path()).rdbuf();
            result.push_back({entry.path().filename().string(), text.str()});
        }
        return result;
    }
    // A file where the folder should be: no privilege gets around that, so it holds for root too.
    void break_far_side() override { std::ofstream(root_ / "spool") << "in the way"; }
    void mend_far_side() override { fs::remove(root_ / "spool"); }
    fs::path folder() const { return root_ / "spool" / "hrss"; }

  private:
    fs::path root_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(File, NotifierContract, FileHarness);

TEST(FileSpool, WritesWholeJsonUnderTheNoticesId) {
    FileHarness harness;
    const auto notifier = harness.make();
    Outcomes outcomes;
    notifier->send(transmission("hrss", 7), outcomes.slot());
    ASSERT_EQ(outcomes.wait(1).size(), 1U);
    const auto arrived = harness.arrived();
    ASSERT_EQ(arrived.size(), 1U);
    EXPECT_EQ(arrived[0].id, "01jcase-n7.json");
    EXPECT_EQ(boost::json::parse(arrived[0].body), transmission("hrss", 7).body);
}

TEST(FileSpool, StaysInsideItsFolder) {
    FileHarness harness;
    const auto notifier = harness.make();
    Outcomes outcomes;
    auto message = transmission("hrss", 1);
    message.address = "../../outside";
    message.body["id"] = "../escape";
    notifier->send(message, outcomes.slot());
    ASSERT_EQ(outcomes.wait(1).size(), 1U);
    EXPECT_TRUE(
        fs::exists(harness.folder().parent_path() / "%2e.%2f..%2foutside" / "%2e.%2fescape.json"));
}

TEST(FileSpool, AFullDiskIsNamed) {
    if (!fs::exists("/dev/full")) return;
    FileHarness harness;
    fs::create_directories(harness.folder());
    fs::create_symlink("/dev/full", harness.folder() / ".01jcase-n1.json.part");
    const auto notifier = harness.make();
    Outcomes outcomes;
    notifier->send(transmission("hrss", 1), outcomes.slot());
    const auto seen = outcomes.wait(1);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].kind, engine::ports::Outcome::Kind::retry);
    EXPECT_EQ(seen[0].code, "ENOSPC");
    EXPECT_TRUE(seen[0].concerns_lane);
}

}  // namespace
}  // namespace jinqiao::tests
