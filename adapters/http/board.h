#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/http/lens.h"
#include "engine/model/kase.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::http {

struct Count {
    std::uint64_t cases = 0, overdue = 0;
    Count& operator+=(const Count& other);
};

// One line of a board: cases counted by grade.
struct BoardLine {
    std::map<std::string, Count, std::less<>> grades;
    Count all;

    void add(const std::string& grade, const Count& count);
    void add(const BoardLine& other);
};

// "cases", "overdue" and "grades", where every grade stands that there is.
boost::json::object view_line(const BoardLine& line);
// What wants most attention comes first: most overdue, then the more serious, then the more.
bool more_urgent(const BoardLine& a, const BoardLine& b);

// Why a case is late: of its deadlines that are over the one that has been over longest. Null if
// there is none.
const engine::model::Clock* late_clock(const engine::model::Case& kase, engine::time::Instant now);

// The clock, and who holds what is late: who was asked to sign, who has to answer a request, else
// the owner, who has owned it since then.
boost::json::object view_late(const engine::model::Case& kase, const engine::model::Clock& clock,
                              const std::function<engine::time::Instant()>& owner_since,
                              const Lens& lens);

}  // namespace jinqiao::adapters::http
