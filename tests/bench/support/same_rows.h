#pragma once
#include <cstdint>
#include <filesystem>

namespace jinqiao::tests::bench {

struct Same {
    std::uint64_t tables = 0, rows = 0;
};

// Compares two closed files table by table, row by row in the order they are stored in, value by
// value. The first difference ends the program: two ways of writing did not do the same work.
Same expect_same_rows(const std::filesystem::path& left, const std::filesystem::path& right);

}  // namespace jinqiao::tests::bench
