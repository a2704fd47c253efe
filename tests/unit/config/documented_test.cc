// The files as shipped are the reference: whatever key the loader knows, its file says what it is.

#include <algorithm>
#include <map>
#include <set>

#include "config/ledger.h"
#include "config/map.h"
#include "tests/unit/config/config_fixture.h"
#include "workflows/catalogue.h"

namespace jinqiao::tests {
namespace {

bool letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool has_word(const std::string& text, const std::string& word) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end])))
            return true;
    }
    return false;
}

// The keys a file explains: words of its comments, and keys with a comment in their line or above.
class Reference {
  public:
    explicit Reference(const fs::path& file) {
        std::istringstream stream(slurp(file));
        bool after_comment = false;
        for (std::string line; std::getline(stream, line);) {
            const auto mark = line.find('#');
            const auto code = line.find_first_not_of(" -{");
            if (mark != std::string::npos) comments_ += line.substr(mark) + "\n";
            const bool key = code != std::string::npos && code != mark;
            if (key && (after_comment || mark != std::string::npos))
                comments_ += line.substr(0, line.find(':')) + "\n";
            after_comment = !key && mark != std::string::npos;
        }
    }
    bool explains(const std::string& key) const { return has_word(comments_, key); }

  private:
    std::string comments_;
};

std::string last_part(const std::string& path) { return path.substr(path.rfind('.') + 1); }

class Documented : public testing::Test {
  protected:
    Documented() {
        const auto workflows = workflows::catalogue();
        std::vector<const kernel::Workflow*> borrowed;
        for (const auto& workflow : workflows) borrowed.push_back(workflow.get());
        const config::Ledger ledger;
        EXPECT_TRUE(config::load(source_dir / "config", borrowed, some_day).configuration);
        for (const auto& entry : ledger.entries()) {
            const auto file = fs::path(entry.file).lexically_relative(source_dir / "config");
            if (entry.kind != config::Ledger::Entry::Kind::secret)
                keys[file.generic_string()].insert(last_part(entry.path));
        }
    }
    std::map<std::string, std::set<std::string>> keys;  // by file
};

TEST_F(Documented, EveryKeyTheLoaderKnowsIsExplainedInItsFile) {
    for (const auto& [file, names] : keys) {
        if (file.starts_with("texts/")) continue;  // codes are data there
        const bool years = file.starts_with("calendars/");
        const Reference reference(source_dir / "config" / (years ? "calendars/README.md" : file));
        const std::string years_text =
            years ? slurp(source_dir / "config/calendars/README.md") : "";
        for (const auto& key : names)
            EXPECT_TRUE(reference.explains(key) || has_word(years_text, key))
                << file << " does not say what " << key << " is";
    }
}

TEST_F(Documented, TheLedgerHeardOfAllFiles) {
    for (const auto* file : {"service.yaml", "channels.yaml", "organisation.yaml", "grading.yaml",
                             "routing.yaml", "ladders.yaml", "workflows/dispute.yaml"})
        EXPECT_GE(keys[file].size(), 2u) << file;
    EXPECT_TRUE(keys["service.yaml"].contains("first_retry"));
    EXPECT_TRUE(keys["ladders.yaml"].contains("rungs"));
}

// A default that the file shows must be the one that is used where the key is left out.
TEST_F(ConfigFolder, DefaultsOfTheServiceAreThoseItsFileShows) {
    config::Faults faults;
    const auto shipped =
        config::read_yaml_text(slurp(source_dir / "config/service.yaml"), "service.yaml", faults);
    write("service.yaml", "zone_name: z\n");
    const config::Ledger ledger;
    EXPECT_TRUE(load().configuration);
    std::size_t compared = 0;
    for (const auto& entry : ledger.entries()) {
        if (entry.kind != config::Ledger::Entry::Kind::fallback ||
            !entry.file.ends_with("service.yaml"))
            continue;
        const config::Tree* at = &shipped;
        std::istringstream parts(entry.path);
        for (std::string part; at != nullptr && std::getline(parts, part, '.');)
            at = at->find(part);
        if (at == nullptr) continue;  // shown in a comment, such as heartbeat
        EXPECT_EQ(config::parse_span(entry.value).value_or(std::chrono::milliseconds{-1}),
                  config::parse_span(at->text).value_or(std::chrono::milliseconds{-1}))
            << entry.path;
        if (!config::parse_span(at->text)) {
            EXPECT_EQ(entry.value, at->text) << entry.path;
        }
        ++compared;
    }
    EXPECT_GT(compared, 20u);
}

}  // namespace
}  // namespace jinqiao::tests
