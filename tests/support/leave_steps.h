#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/kernel/draft.h"
#include "engine/model/refusal.h"

// The inside of the leave request: what its rows ask and do.
namespace jinqiao::tests {

struct LeaveRow {
    std::string region, source, action, target;
    std::vector<std::string> gates;
};

// Why a gate is shut; nothing if it is open. A gate that reads the payload is open without it.
std::optional<engine::model::Message> leave_gate(const std::string& gate,
                                                 const engine::kernel::Draft& draft,
                                                 bool with_payload);

std::optional<engine::model::Refusal> leave_opened(engine::kernel::Draft& draft);
std::optional<engine::model::Refusal> leave_step(engine::kernel::Draft& draft, const LeaveRow& row);
void leave_resumed(engine::kernel::Draft& draft);
void leave_answered(engine::kernel::Draft& draft, engine::model::Request& request);

}  // namespace jinqiao::tests
