#include "adapters/cli/replay/agenda.h"

#include <algorithm>

namespace jinqiao::adapters::cli::replay {

using engine::time::Instant;
using workflows::dispute::Behaviour;

void Look::want(std::string action, boost::json::object payload, Wish::Who who) {
    wishes.push_back({who, std::move(action), std::move(payload), false});
}

void Look::want_routine(std::string action, boost::json::object payload) {
    wishes.push_back({Wish::Who::owner, std::move(action), std::move(payload), true});
}

void Look::wait_until(Instant at) {
    if (at > now && (!wait || at < *wait)) wait = at;
}

std::string Look::stamp(Instant at) const {
    return engine::time::to_rfc3339(at, calendar.utc_offset());
}

std::string Look::stamp() const { return stamp(now); }

std::string Look::today(int days) const {
    return engine::time::to_string(calendar.local_date(now) + std::chrono::days{days});
}

bool Look::calm() const {
    return std::none_of(data.behaviours.begin(), data.behaviours.end(), [&](const Behaviour& each) {
        return each.going_on() && !params.calm(each.code);
    });
}

bool Look::may_ask(std::string_view kind) const {
    using engine::model::RequestState;
    return std::none_of(kase.requests.begin(), kase.requests.end(), [&](const auto& request) {
        if (request.kind != kind) return false;
        if (request.state == RequestState::pending) return true;
        return request.state != RequestState::approved &&
               now - request.answered_at.value_or(request.made_at) < std::chrono::hours{24};
    });
}

bool Look::tell(std::string_view clock) const {
    const auto* found = kase.clock(clock);
    if (found == nullptr || !found->open()) return false;
    return now + (found->due.at - found->from) / 2 >= found->due.at;
}

std::string Look::holder(std::string_view post) const {
    const auto acting = directory.acting(engine::model::PostId(std::string(post)), now);
    return acting.empty() ? std::string() : acting.front().person.value;
}

namespace {

// The scene quietens when it was going to, or when an agreement is signed.
void plan_scene(Look& look) {
    if (look.calm()) return;
    const auto* agreement = look.data.agreement();
    const bool signed_now = agreement != nullptr && agreement->signed_at;
    if (look.now < look.intent.calm_at && !signed_now) {
        look.wait_until(look.intent.calm_at);
        return;
    }
    boost::json::array ended;
    for (const Behaviour& each : look.data.behaviours)
        if (each.going_on() && !look.params.calm(each.code))
            ended.push_back({{"code", each.code},
                             {"ended", look.stamp(std::min(look.intent.calm_at, look.now))}});
    look.want_routine("update_facts",
                      {{"behaviours", std::move(ended)}, {"certainty", "confirmed"}});
}

// Once the scene is calm a lower grade is asked for: a red case is reported on every two hours.
void plan_grade(Look& look) {
    using engine::model::GradeLevel;
    if (!look.kase.open || !look.calm() || look.kase.grade.effective < GradeLevel::orange ||
        !look.data.facts.at || !look.may_ask("lower_grade"))
        return;
    for (const char* to : {"blue", "yellow", "orange"})
        look.want_routine("request_lower_grade", {{"to", to}, {"reason", "现场已平稳"}});
}

}  // namespace

void look_around(Look& look) {
    const std::string_view state = look.kase.state_of("pipeline");
    plan_scene(look);
    plan_reports(look);
    plan_grade(look);
    if (!look.kase.open) return plan_end(look);
    if (state == "reported" || state == "verifying") return plan_warning(look);
    if (state == "watching") return plan_watching(look);
    if (state == "committee" || state == "team" || state == "joint") return plan_coordination(look);
    if (state == "agreement" || state == "confirming") return plan_agreement(look);
    return plan_performance(look);
}

}  // namespace jinqiao::adapters::cli::replay
