#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "adapters/http/lens.h"
#include "engine/policy/directory.h"

namespace jinqiao::adapters::http {

// Names and addresses of people are shown to supervisors, administrators and themselves; others see
// ids (PIPL Art. 6: no more than the purpose needs).
boost::json::object view_person(const engine::policy::Person& person, const Lens& lens);
// Those that last or are to come.
boost::json::array view_absences(const engine::model::PersonId& person, const Lens& lens);
boost::json::array view_terms(const engine::model::PostId& post, const Lens& lens);
boost::json::object view_post(const engine::policy::Post& post, const Lens& lens);
// `post` empty: every post that has duty.
boost::json::object view_duty(const std::string& post, engine::time::Instant from,
                              engine::time::Instant until, const Lens& lens);
boost::json::object view_coverage(engine::time::Instant at, const Lens& lens);

}  // namespace jinqiao::adapters::http
