#pragma once
#include <vector>

#include "engine/runtime/case_writer.h"

namespace jinqiao::engine::runtime {

// Words each notice once, for good. Touches no store; any thread.
std::vector<ports::NoticeRow> word_notices(const Wording& with, const model::Case& kase,
                                           std::vector<model::Notice> notices);

// Stores each notice with the delivery that carries it. A notice whose key is known already was
// made before and is left alone. One without a channel cannot be sent to anybody: it is stored as
// dead, where the person who looks after dead letters finds it. One held for quiet hours is ready
// when they end; a later one to the same address that is not held takes it along.
model::Status write_notices(const Tools& tools, Transaction& tx, const model::Case& kase,
                            const std::vector<ports::NoticeRow>& notices);

// Words and stores one notice of the directory. `seq` is the history row that made it; `sign_url`
// may be empty.
model::Status write_notice(const Tools& tools, Transaction& tx, model::Notice notice,
                           std::uint64_t seq, std::string sign_url);

}  // namespace jinqiao::engine::runtime
