// Backups and what is taken for one: made, put back, and refused once a byte of them has changed.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "adapters/cli/backup/manifest.h"
#include "adapters/cli/backup/tar.h"
#include "adapters/cli/json_view.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "tests/support/scratch_dir.h"
#include "tests/support/store_rows.h"
#include "tests/unit/cli/ran.h"

namespace jinqiao::adapters::cli::backup {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write(const fs::path& file, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

class Backup : public ::testing::Test {
  protected:
    Backup() {
        auto store = store::sqlite::open_sqlite(data() / "jinqiao.db", {.reserve_bytes = 0});
        auto batch = (*store)->begin().value();
        EXPECT_DONE(batch->put_meta("zone", "a small one"));
        EXPECT_DONE(batch->commit());
        write(data() / "keys" / "link.key", std::string(64, 'a') + "\n");
        write(data() / "documents" / "2026" / "photo.jpg", std::string(1500, 'j'));
    }

    fs::path data() const {
        fs::create_directories(dir_.path() / "data");
        return dir_.path() / "data";
    }
    fs::path file() const { return dir_.path() / "b.tar"; }
    fs::path fresh() const { return dir_.path() / "fresh"; }

    Ran make(const fs::path& output) const {
        return ran(
            {"--lang", "en", "backup", "--data", data().string(), "--output", output.string()});
    }
    Ran check(const fs::path& input) const {
        return ran({"--lang", "en", "restore", "--check", "--input", input.string()});
    }
    Ran restore(const fs::path& input) const {
        return ran(
            {"--lang", "en", "restore", "--input", input.string(), "--data", fresh().string()});
    }
    // Unpacked as `tar -xf` would.
    fs::path unpacked() const {
        const fs::path folder = dir_.path() / "unpacked";
        const auto taken = each_part(file(), [&](const std::string& name, PartBytes& bytes) {
            std::string text;
            for (auto piece = bytes.next(); piece && !piece->empty(); piece = bytes.next())
                text += *piece;
            write(folder / name, text);
            return engine::model::Status(engine::model::Done{});
        });
        EXPECT_TRUE(taken.ok());
        return folder;
    }

    tests::support::ScratchDir dir_;
};

TEST_F(Backup, ComesBackAsItWas) {
    const Ran made = make(file());
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_NE(made.out.find("keys/link.key"), std::string::npos) << made.out;
    struct stat found {};
    ASSERT_EQ(::stat(file().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);

    const Ran back = restore(file());
    ASSERT_EQ(back.code, 0) << back.err;
    EXPECT_EQ(bytes_of(fresh() / "documents/2026/photo.jpg"), std::string(1500, 'j'));
    EXPECT_NE(back.out.find("keys/link.key"), std::string::npos) << back.out;
    auto store = store::sqlite::open_sqlite(fresh() / "jinqiao.db", {.reserve_bytes = 0});
    ASSERT_TRUE(store.ok());
    EXPECT_EQ((*store)->reader().value()->meta("zone").value(), "a small one");
}

TEST_F(Backup, HoldsNoKey) {
    ASSERT_EQ(make(file()).code, 0);
    EXPECT_EQ(bytes_of(file()).find(std::string(64, 'a')), std::string::npos);
    EXPECT_FALSE(fs::exists(unpacked() / "keys"));
}

TEST_F(Backup, LeavesNothingElseBehind) {
    ASSERT_EQ(make(file()).code, 0);
    ASSERT_EQ(restore(file()).code, 0);
    EXPECT_EQ(std::distance(fs::directory_iterator(dir_.path()), {}), 3);  // data, fresh, b.tar
    for (const auto& entry : fs::directory_iterator(fresh()))
        EXPECT_FALSE(entry.path().filename().string().starts_with(".restore")) << entry.path();
}

TEST_F(Backup, FolderGetsAFileNamedByTheTime) {
    ASSERT_EQ(make(dir_.path() / "many/").code, 0);
    const std::string name = fs::directory_iterator(dir_.path() / "many")->path().filename();
    EXPECT_TRUE(name.starts_with("jinqiao-20") && name.ends_with("Z.tar")) << name;
}

TEST_F(Backup, NeverWritesOverAnything) {
    write(file(), "yesterday's");
    EXPECT_EQ(make(file()).code, 1);
    EXPECT_EQ(bytes_of(file()), "yesterday's");
    fs::remove(file());
    ASSERT_EQ(make(file()).code, 0);
    write(fresh() / "jinqiao.db", "a zone that works");
    EXPECT_EQ(restore(file()).code, 1);
    EXPECT_EQ(bytes_of(fresh() / "jinqiao.db"), "a zone that works");
}

TEST_F(Backup, RefusesToWorkBesideADaemonThatStarts) {
    ASSERT_EQ(make(file()).code, 0);
    fs::create_directories(fresh());
    auto daemon = store::sqlite::open_sqlite(fresh() / "jinqiao.db", {.reserve_bytes = 0});
    ASSERT_TRUE(daemon.ok());
    EXPECT_EQ(restore(file()).code, 3);
}

TEST_F(Backup, UnpackedByHandItIsStillOne) {
    ASSERT_EQ(make(file()).code, 0);
    EXPECT_EQ(check(unpacked()).code, 0);
    EXPECT_EQ(restore(unpacked()).code, 0);
}

TEST_F(Backup, NoChangedByteAnywhereIsTaken) {
    ASSERT_EQ(make(file()).code, 0);
    ASSERT_EQ(check(file()).code, 0);
    const std::string good = bytes_of(file());
    const fs::path bad = dir_.path() / "bad.tar";
    const auto refused = [&](std::size_t at) {
        std::string bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        write(bad, bytes);
        EXPECT_EQ(check(bad).code, 1) << "byte " << at << " of " << good.size();
    };
    for (std::size_t at = 0; at < good.size(); at += 5003) refused(at);
    // Heads, manifest, sums and padding are at the end; each of their bytes counts.
    for (std::size_t at = good.size() - 6000; at < good.size(); at += 127) refused(at);
}

TEST_F(Backup, NoLengthButTheWholeIsTaken) {
    ASSERT_EQ(make(file()).code, 0);
    const std::string good = bytes_of(file());
    const fs::path bad = dir_.path() / "bad.tar";
    for (const std::size_t kept :
         {std::size_t{0}, std::size_t{511}, std::size_t{512}, good.size() / 2, good.size() - 1025,
          good.size() - 1024, good.size() - 512, good.size() - 1}) {
        write(bad, good.substr(0, kept));
        EXPECT_EQ(check(bad).code, 1) << kept;
    }
}

TEST_F(Backup, EachMissingPartIsNamed) {
    ASSERT_EQ(make(file()).code, 0);
    for (const std::string part :
         {"jinqiao.db", "chains.txt", "manifest.json", "SHA256SUMS", "documents/2026/photo.jpg"}) {
        const fs::path folder = unpacked();
        fs::remove(folder / part);
        const Ran found = check(folder);
        EXPECT_EQ(found.code, 1) << part;
        EXPECT_NE(found.err.find(part + " is missing"), std::string::npos) << found.err;
    }
}

TEST_F(Backup, StrangersAndLinksAreRefused) {
    ASSERT_EQ(make(file()).code, 0);
    fs::path folder = unpacked();
    write(folder / "documents" / "more.txt", "x");
    EXPECT_NE(check(folder).err.find("documents/more.txt does not belong"), std::string::npos);
    fs::remove(folder / "documents" / "more.txt");
    fs::create_symlink("/etc/passwd", folder / "documents" / "link");
    EXPECT_EQ(check(folder).code, 1);
}

TEST_F(Backup, PartNamedOutOfTheFolderIsRefused) {
    {
        auto out = File::create(file());
        TarWriter tar(*out, {});
        ASSERT_TRUE(tar.add_text("../escaped", "x").ok());
        ASSERT_TRUE(tar.end().ok());
    }
    EXPECT_EQ(restore(file()).code, 1);
    EXPECT_FALSE(fs::exists(fresh().parent_path() / "escaped"));
}

// Sums that fit do not help a database whose rows were made up.
TEST_F(Backup, HistoryThatWasRewrittenIsRefused) {
    {
        auto store = store::sqlite::open_sqlite(data() / "jinqiao.db", {.reserve_bytes = 0});
        auto batch = (*store)->begin().value();
        auto row = tests::support::rows::history("directory", 1);
        EXPECT_DONE(batch->append_history(row));
        EXPECT_DONE(batch->commit());
    }
    const Ran made = make(file());
    EXPECT_EQ(made.code, 1);  // made, and said
    EXPECT_NE(made.err.find("hash chains are broken"), std::string::npos) << made.err;
    const Ran back = restore(file());
    EXPECT_EQ(back.code, 1);
    EXPECT_NE(back.err.find("--accept-breaks"), std::string::npos) << back.err;
    EXPECT_FALSE(fs::exists(fresh() / "jinqiao.db"));
    EXPECT_EQ(
        ran({"restore", "--input", file().string(), "--data", fresh().string(), "--accept-breaks"})
            .code,
        0);
}

TEST_F(Backup, AnswersInJson) {
    const Ran made =
        ran({"--json", "backup", "--data", data().string(), "--output", file().string()});
    const auto told = boost::json::parse(made.out);
    EXPECT_EQ(text_at(told, "ok"), "true");
    EXPECT_EQ(text_at(told, "file"), file().string());
    EXPECT_EQ(list_at(told, "kept_apart").size(), 1U);
    const auto checked =
        boost::json::parse(ran({"--json", "restore", "--check", "--input", file().string()}).out);
    EXPECT_EQ(text_at(checked, "ok"), "true");
    EXPECT_EQ(text_at(checked, "placed"), "false");
    write(file(), "nonsense");
    const auto bad =
        boost::json::parse(ran({"--json", "restore", "--check", "--input", file().string()}).out);
    EXPECT_EQ(text_at(list_at(bad, "faults").at(0), "code"), "damaged");
}

TEST_F(Backup, NoDatabaseIsNoBackup) {
    const Ran made =
        ran({"backup", "--data", (dir_.path() / "none").string(), "--output", file().string()});
    EXPECT_EQ(made.code, 3);
    EXPECT_FALSE(fs::exists(file()));
    EXPECT_EQ(check(dir_.path() / "nothing.tar").code, 3);
}

TEST(Manifest, ComesBackAsItWasWritten) {
    Manifest manifest;
    manifest.program = "1.2.3";
    manifest.schema = 4;
    manifest.at = *engine::time::parse_rfc3339("2026-11-20T08:30:00+08:00");
    manifest.rows = {{"cases", 3}, {"history", 12}};
    manifest.streams = 4;
    manifest.history = 12;
    manifest.breaks = 1;
    manifest.kept_apart = {"keys/link.key"};
    manifest.parts = {{"jinqiao.db", 4096, std::string(64, '0')}};
    const auto back = decode_manifest(encode(manifest));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(encode(*back), encode(manifest));
    EXPECT_EQ(back->rows, manifest.rows);
    EXPECT_EQ(back->parts.at(0).bytes, 4096U);
}

TEST(Manifest, NewerFormIsSaid) {
    std::string text = encode(Manifest{});
    text.replace(text.find("\"form\": 1"), 9, "\"form\": 2");
    const auto back = decode_manifest(text);
    ASSERT_FALSE(back.ok());
    EXPECT_NE(back.error().what.find("newer program"), std::string::npos);
    EXPECT_FALSE(decode_manifest("{}").ok());
}

}  // namespace
}  // namespace jinqiao::adapters::cli::backup
