#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/model/assignment.h"
#include "engine/model/grade.h"
#include "engine/model/ids.h"
#include "engine/time/instant.h"

namespace jinqiao::engine::model {

// One message about one event to one addressee by one channel.
// key = (case, event, repetition, addressee, channel): the same again after a crash is
// recognisable.
struct Notice {
    NoticeId id;
    std::string key;
    CaseId kase;
    std::string event;        // catalogue key of the template: "alert_filed", "rung.inform", ...
    Addressee addressee;      // as asked for
    PersonId person;          // who acts for it now, where known
    std::string channel;      // channel name of the configuration, "file"
    std::string address;      // within the channel; for "file" the folder
    AssignmentId assignment;  // empty: for information
    GradeLevel grade = GradeLevel::blue;
    bool exercise = false;
    bool urgent = false;  // quiet hours do not hold it
    time::Instant at;
    std::optional<time::Instant> not_before = {};  // held until then: quiet hours
    boost::json::object vars;                      // template variables; no names of persons
    std::string reason;                            // why this addressee, e.g. "fallback: no holder"
};

enum class DeliveryState { pending, delivered, rejected, dead };

std::string_view name(DeliveryState state);

}  // namespace jinqiao::engine::model
