#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/text.h"
#include "workflows/dispute/data.h"
#include "workflows/dispute/params.h"

// What was reported of a dispute (design.md 7). Half-known facts are normal: everything but the
// few either-or requirements of filing may be unknown, and unknown lifts nothing.

namespace jinqiao::workflows::dispute {

struct AlertEnterprise {
    std::string name, uscc, address, industry, ownership, home_country;
    std::optional<std::int64_t> staff;
    bool fortune500 = false;
    std::optional<bool> mediation_committee;
};

struct AlertEvent {
    std::string cause, place;
    std::optional<std::int64_t> workers_involved;
    std::int64_t workers_present = 0, arrears_months = 0, injured = 0, amount = 0;  // amount: fen
    bool media = false, cross_enterprise = false, owner_unreachable = false;
    std::optional<Instant> started_at, noticed_at;
};

struct Alert {
    AlertEnterprise enterprise;
    AlertEvent event;
    std::string filing, note;
    std::int64_t workers() const { return event.workers_involved.value_or(0); }
    bool foreign() const;
};

Alert read_alert(const Data& data);

// Why this cannot be filed at all: payload faults with argument "field". Design.md 7.
std::vector<engine::model::Message> unfit_for_filing(const boost::json::object& payload);

// Takes over what `file` or `update_facts` reports: fields merge, behaviours begin and end, demands
// add up, nothing is forgotten. `at` dates what carries no time of its own.
void take_over(Data& data, const boost::json::object& payload, Instant at);

void set_workers(Data& data, std::int64_t workers);

// Collective from now on if the figures and a common claim say so (LDMAA 7); never ends.
void see_collective(Data& data, const Params& params);

// Paths of the fields of a list that are still unknown ("enterprise.staff").
std::vector<std::string> unknown_of(const Data& data, const std::vector<std::string>& paths);
// Starred fields of the first report still unknown.
std::vector<std::string> missing_fields(const Data& data, const Params& params);

}  // namespace jinqiao::workflows::dispute
