#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/replay/intent.h"
#include "engine/model/kase.h"
#include "engine/policy/directory.h"
#include "engine/time/calendar.h"
#include "workflows/dispute/data.h"
#include "workflows/dispute/params.h"

namespace jinqiao::adapters::cli::replay {

// Something somebody would do now. Tried in order; the first that is allowed is done.
struct Wish {
    enum class Who { owner, commissioner } who = Who::owner;
    std::string action;
    boost::json::object payload;
    bool routine = false;  // a report or the like: done beside what one came for
};

// One look at one case by whoever has it in hand.
struct Look {
    const engine::model::Case& kase;
    const workflows::dispute::Data& data;
    const workflows::dispute::Params& params;
    const Intent& intent;
    const engine::policy::Directory& directory;
    const engine::time::Calendar& calendar;
    engine::time::Instant now;

    std::vector<Wish> wishes;
    std::optional<engine::time::Instant> wait;  // nothing to do before this

    void want(std::string action, boost::json::object payload, Wish::Who who = Wish::Who::owner);
    void want_routine(std::string action, boost::json::object payload);
    void wait_until(engine::time::Instant at);
    std::string stamp() const;  // now, as payloads want it
    std::string stamp(engine::time::Instant at) const;
    std::string today(int days = 0) const;
    bool calm() const;
    // No request of the kind waits for an answer, and none was turned down within a day.
    bool may_ask(std::string_view kind) const;
    bool tell(std::string_view clock) const;          // that clock is open and will soon be over
    std::string holder(std::string_view post) const;  // who acts for it now
};

// Fills in what there is to do, by the state the case is in.
void look_around(Look& look);

// Parts of it, by stage.
void plan_warning(Look& look);
void plan_watching(Look& look);
void plan_coordination(Look& look);
void plan_three_steps(Look& look);
void plan_mediation(Look& look);
void plan_agreement(Look& look);
void plan_performance(Look& look);
void plan_end(Look& look);
void plan_reports(Look& look);
void plan_exit(Look& look);

}  // namespace jinqiao::adapters::cli::replay
