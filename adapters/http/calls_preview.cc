// Who would be told, when, by what and why, of a case that has not happened.
#include "adapters/http/api.h"
#include "adapters/http/language.h"
#include "adapters/http/parameters.h"
#include "adapters/http/rights.h"
#include "adapters/http/view_preview.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace kernel = engine::kernel;
using engine::time::Instant;

namespace {

constexpr std::int64_t usual_days = 2, most_days = 14;
constexpr std::int64_t most_people = 1'000'000;

// Whoever files for an enterprise that has a union of its own here, so that its posts take part.
engine::model::Actor filer_of(const engine::policy::Directory& directory, Instant at) {
    engine::model::Actor actor;
    actor.kind = engine::model::Actor::Kind::person;
    actor.roles = {"enterprise_union"};
    for (const auto& [id, post] : directory.posts) {
        if (post.enterprise.empty()) continue;
        const auto acting = directory.acting(id, at);
        if (acting.empty()) continue;
        actor.enterprise = post.enterprise;
        actor.person = acting.front().person;
        break;
    }
    return actor;
}

// What the query says, as POST alerts takes it.
json::object alert_of(Parameters& from, const Lens& lens, Instant at) {
    json::object enterprise{{"name", lens.say("preview.enterprise")}}, event;
    if (const auto staff = from.whole("staff", 1, most_people)) enterprise["staff"] = *staff;
    if (auto ownership = from.text("ownership", 100); !ownership.empty())
        enterprise["ownership"] = ownership;
    if (auto cause = from.text("cause", 100); !cause.empty()) event["cause"] = cause;
    if (const auto workers = from.whole("workers", 1, most_people))
        event["workers_involved"] = *workers;
    json::array behaviours;
    for (const auto& one :
         from.list("behaviour", [](const auto& text) { return text.size() < 100; }))
        behaviours.emplace_back(one);
    if (!behaviours.empty()) event["behaviours"] = std::move(behaviours);
    event["noticed_at"] = lens.instant(at);
    return {{"enterprise", std::move(enterprise)}, {"event", std::move(event)}};
}

}  // namespace

Reply Api::preview(Call& call) {
    if (!ever(call.account().roles, Right::preview))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const auto* workflow = filing_workflow(call.world());
    const auto* policy = workflow ? call.lens.policy(std::string(workflow->name())) : nullptr;
    if (!policy) return answered(Problem::of(503, "unavailable"), call.lens);
    Parameters from(call.target);
    from.only({"cause", "workers", "staff", "ownership", "at", "days", "taken_after"},
              {"behaviour"});
    kernel::Situation situation;
    situation.at = from.instant("at", call.lens.now);
    situation.alert = alert_of(from, call.lens, situation.at);
    situation.horizon =
        std::chrono::hours{24} * from.whole("days", 1, most_days).value_or(usual_days);
    if (const auto after = from.whole("taken_after", 0, most_days * 24 * 60))
        situation.deeds.push_back({std::chrono::minutes{*after}, "acknowledge", {}, {}});
    if (auto problem = from.problem()) return answered(*problem, call.lens);
    situation.filer = filer_of(*call.world().directory, situation.at);

    // Played through on a worker: a week of a red case takes longer than others should wait.
    auto result = std::make_shared<kernel::Preview>();
    const auto until = situation.at + situation.horizon;
    return Chore{[result, workflow, policy, world = call.lens.world, situation] {
                     *result = kernel::preview(
                         {workflow, policy, world->directory.get(), world->calendar.get()},
                         situation);
                 },
                 [this, result, at = situation.at, until, lens = call.lens]() -> Reply {
                     if (result->refusal) return answered(problem_of(*result->refusal), lens);
                     auto response = json_response(200, view_preview(*result, at, until, lens));
                     response.fields.emplace_back("Content-Language", tag(lens.language));
                     return response;
                 },
                 call.account().id.value};
}

}  // namespace jinqiao::adapters::http
