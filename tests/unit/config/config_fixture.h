#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "config/load.h"
#include "tests/unit/config/toy_workflow.h"

namespace jinqiao::tests {

namespace fs = std::filesystem;

inline const fs::path source_dir{JINQIAO_SOURCE_DIR};
inline const fs::path testdata = source_dir / "tests/unit/config/testdata";
inline const engine::time::Instant some_day =
    *engine::time::parse_rfc3339("2026-06-01T09:00:00+08:00");

inline std::string slurp(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

inline void append(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

// A folder of its own with testdata/good and the shipped texts in it; gone at the end.
class ConfigFolder : public testing::Test {
  protected:
    ConfigFolder() {
        std::string pattern = fs::temp_directory_path() / "jinqiao-config-XXXXXX";
        folder = mkdtemp(pattern.data());
        fs::copy(testdata / "good", folder, fs::copy_options::recursive);
        for (const char* name : {"check.yaml", "engine.yaml", "explain.yaml", "payload.yaml"})
            fs::copy(source_dir / "config/texts" / name, folder / "texts");
        append(folder / "texts/notices.yaml", slurp(source_dir / "config/texts/notices.yaml"));
    }
    ~ConfigFolder() override { fs::remove_all(folder); }

    void write(const fs::path& name, const std::string& text) {
        std::ofstream(folder / name, std::ios::binary) << text;
    }

    config::Loaded load(engine::time::Instant at = some_day) {
        const std::vector<const kernel::Workflow*> workflows{&toy};
        return config::load(folder, workflows, at);
    }

    // Every fault as one line, with paths as seen from the folder.
    std::vector<std::string> described(const config::Faults& faults, const config::Catalogue& texts,
                                       model::Language language = model::Language::en) const {
        std::vector<std::string> lines;
        for (const auto& fault : faults) {
            std::string line = config::describe(fault, texts, language);
            const std::string prefix = folder.string() + "/";
            for (auto at = line.find(prefix); at != std::string::npos; at = line.find(prefix))
                line.erase(at, prefix.size());
            lines.push_back(line);
        }
        return lines;
    }

    fs::path folder;
    ToyWorkflow toy;
};

}  // namespace jinqiao::tests
