#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/ids.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::model {

// Who asks. Roles come from the account; relations to a case are worked out by the kernel.
struct Actor {
    enum class Kind { person, engine } kind = Kind::engine;
    AccountId account;
    PersonId person;
    std::vector<std::string> roles;  // enterprise_union, duty_officer, mediator, department,
                                     // supervisor, administrator, auditor
    EnterpriseId enterprise;         // of an enterprise union
    DepartmentId department;         // of a department account

    bool has(std::string_view role) const;
    static Actor engine() { return {}; }
};

// What a case is asked to do. Timers, deliveries and imports make commands too: there is no second
// way to change a case.
struct Command {
    CaseId target;     // for "file": the id the new case gets
    std::string name;  // action or engine event
    boost::json::object payload;
    Actor actor;
    std::optional<std::uint64_t> expected_version;  // If-Match
    std::string cause;  // history reference of the command that led to this one, for follow-ups
};

// What happened, recorded in history and shown in the timeline.
struct Event {
    std::string name;  // "state_changed", "clock_started", "grade_raised", ...
    boost::json::object data;
};

boost::json::object encode(const Command& command, const boost::json::storage_ptr& memory = {});
boost::json::object encode(const Actor& actor, const boost::json::storage_ptr& memory = {});

}  // namespace jinqiao::engine::model
