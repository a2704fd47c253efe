#pragma once
#include <vector>

#include "adapters/http/icalendar.h"
#include "adapters/http/lens.h"
#include "adapters/http/settings.h"
#include "engine/model/kase.h"

namespace jinqiao::adapters::http {

// The deadlines of a case that are for this reader to keep: of whoever owns it those of the case,
// of others those of what they were told, offered or asked. Those that have ended lately come as
// cancelled, so that a calendar program takes them off. Number, grade and the clock's words; no
// names.
std::vector<CalendarEntry> deadlines_of(const engine::model::Case& kase, const Lens& lens,
                                        const CalendarSettings& settings);

}  // namespace jinqiao::adapters::http
