#pragma once
#include <memory>

#include "engine/kernel/workflow.h"

namespace jinqiao::tests {

// A second workflow, small enough to read at one sitting: somebody asks for leave.
//
//     drafted ──ask──► asked ──grant──► granted
//                        └────refuse──► refused
//
// beside it the regions clock (running, suspended) and custody (held, offered). It is written
// against engine headers alone, without Boost.MSM, and passes the kernel's contract suite: what a
// workflow needs from the engine is in engine/kernel/workflow.h and nowhere else.
//
// Its policy is expected to know the clocks st.ask, st.decide (suspendable), law.answer (legal),
// sus.until, st.handover, st.answer, asg.sign and arch.keep (reference), the offer for the state
// `asked`, and in its params `desk` (owner of what is filed) and `alone_days` (up to so many days
// the owner may grant alone; beyond that a second person approves).
std::unique_ptr<engine::kernel::Workflow> leave_request();

}  // namespace jinqiao::tests
