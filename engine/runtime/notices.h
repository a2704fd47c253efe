#pragma once
#include <vector>

#include "engine/runtime/case_writer.h"

namespace jinqiao::engine::runtime {

// Words each notice once, for good, and stores it with the delivery that carries it. A notice whose
// key is known already was made before and is left alone. One without a channel cannot be sent to
// anybody: it is stored as dead, where the person who looks after dead letters finds it.
model::Status write_notices(const Tools& tools, Transaction& tx, const model::Case& kase,
                            std::vector<model::Notice> notices);

}  // namespace jinqiao::engine::runtime
