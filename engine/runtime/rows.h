#pragma once
#include <vector>

#include "engine/kernel/decide.h"
#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

// The stored form of a case: its snapshot with what lists and searches need beside it.
ports::CaseRow make_row(const model::Case& kase);

ports::TimerRow make_row(const model::CaseId& id, const kernel::Timer& timer);
kernel::Timer timer_of(const ports::TimerRow& row);

// What must change in the timer table. Slots are unique within a case.
struct TimerChanges {
    std::vector<kernel::Timer> put;
    std::vector<std::string> erase;
};
TimerChanges difference(const std::vector<kernel::Timer>& before,
                        const std::vector<kernel::Timer>& after);

}  // namespace jinqiao::engine::runtime
