#pragma once
#include <variant>
#include <vector>

#include "tests/bench/support/raw_sqlite.h"
#include "tests/bench/support/statements.h"

namespace jinqiao::tests::bench {

struct Write {
    Statement statement;
    std::vector<Value> values;
};

using Writes = std::vector<Write>;  // of one committed transaction

struct Maintain {
    bool idle = false;
};

// What a run wrote, in order: transactions, and when the log was to be moved into the file.
using Recording = std::vector<std::variant<Writes, Maintain>>;

struct Size {
    std::uint64_t commits = 0, writes = 0, bytes = 0;  // bytes: of the values
};

Size size_of(const Recording& recording);

}  // namespace jinqiao::tests::bench
