#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "adapters/http/lens.h"
#include "engine/model/kase.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::http {

// What people and programs are shown of a case: the shapes of design.md 7. Times are RFC 3339 with
// the calendar's offset. Pure: the same case through the same lens gives the same JSON. What is
// given lives in `memory`: an answer made in a region of its own must not outlive it.
using Memory = boost::json::storage_ptr;

// The answer of POST alerts, POST actions and GET case.
boost::json::object view_case(const engine::model::Case& kase, const Lens& lens,
                              const Memory& memory = {});

// The same lens after a change: relations as they are to the case now.
Lens closer(const Lens& lens, const engine::model::Case& kase);

// One line of a list, from the columns alone.
boost::json::object view_row(const engine::ports::CaseRow& row, const Lens& lens);

boost::json::object view_owner(const engine::model::PostId& post,
                               const engine::model::PersonId& last_known, const Lens& lens,
                               const Memory& memory = {});
boost::json::object view_clock(const engine::model::Clock& clock, const engine::model::Case& kase,
                               const Lens& lens, const Memory& memory = {});
boost::json::object view_assignment(const engine::model::Assignment& assignment,
                                    const engine::model::Case& kase, const Lens& lens,
                                    const Memory& memory = {});
boost::json::object view_request(const engine::model::Request& request,
                                 const engine::model::Case& kase, const Lens& lens);

// One row of the hash chain, with a line for people. Payloads are not repeated here: what a reader
// may see of them is in the case.
boost::json::object view_history(const engine::ports::HistoryRow& row,
                                 const engine::model::Case& kase, const Lens& lens);

// A dead letter: what could not be delivered, to whom, and whose it is to see to. Nothing of what
// the case is about but its number and grade.
boost::json::object view_letter(const engine::ports::DeadLetterRow& letter,
                                const std::vector<engine::ports::NoticeRow>& notices,
                                const std::vector<engine::ports::AttemptRow>& attempts,
                                const Lens& lens);

boost::json::object view_notice(const engine::ports::NoticeRow& row,
                                const engine::model::Case& kase,
                                const std::vector<engine::ports::AttemptRow>& attempts,
                                const Lens& lens);

}  // namespace jinqiao::adapters::http
