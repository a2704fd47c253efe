#pragma once
#include <filesystem>
#include <vector>

#include "adapters/cli/preview_people.h"

namespace jinqiao::adapters::cli {

// A situation of a batch, and whether it turned out as expected.
struct TriedLine {
    engine::model::Text name;
    bool good = false;
};

// Plays every situation of the file with these people. What is wrong with the file or turned out
// otherwise is noted in `faults`.
std::vector<TriedLine> try_batch(const Setup& setup, const TrialPeople& people,
                                 const std::filesystem::path& file, config::Faults& faults);

}  // namespace jinqiao::adapters::cli
