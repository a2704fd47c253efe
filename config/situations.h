#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/fault.h"
#include "config/tree.h"
#include "engine/kernel/preview.h"

namespace jinqiao::config {

// What a zone expects of its own policy in one situation: a line of its test suite.
struct Expectation {
    std::optional<engine::model::GradeLevel> grade;  // right after filing
    std::vector<std::string> told;                   // ids of departments and posts, at filing
    std::vector<std::string> not_told;               // never in the time looked at
    // Told so long after filing at the latest, but not at filing.
    std::vector<std::pair<std::string, std::chrono::milliseconds>> reached;
    std::string owner;  // post that owns the case in the end
};

struct TriedSituation {
    engine::model::Text name;
    engine::kernel::Situation situation;  // without filer
    Expectation expect;
    Tree tree;  // where it is written
};

// `situations:` of config/situations.yaml, which says what its keys mean. Shape only.
std::vector<TriedSituation> read_situations(const Tree& tree, Faults& faults);

// Plays one through; what turned out otherwise is noted at its line. True: as expected.
bool try_situation(const TriedSituation& tried, const engine::kernel::Trial::World& world,
                   const engine::model::Actor& filer, Faults& faults);

}  // namespace jinqiao::config
