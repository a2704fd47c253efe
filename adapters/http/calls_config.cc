// The configuration in force, and another one while the daemon runs.
#include <boost/json/serialize.hpp>

#include "adapters/http/api.h"
#include "adapters/http/language.h"
#include "adapters/http/people_changes.h"
#include "adapters/http/rights.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace runtime = engine::runtime;

namespace {

bool flag(const json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

// What stands in the way, beside the problem: faults, or the cases that would change.
Response with_details(const Problem& problem, json::object details, const Lens& lens) {
    auto body = describe(problem, *lens.words, lens.language);
    for (auto& [key, value] : details) body[key] = std::move(value);
    auto response = json_response(problem.status, std::move(body));
    response.content_type = "application/problem+json; charset=utf-8";
    if (problem.retry_after)
        response.fields.emplace_back("Retry-After", std::to_string(problem.retry_after->count()));
    return response;
}

constexpr std::size_t most_cases_named = 50;  // of one change; `count` has them all

void name_a_few(json::object& body) {
    auto* takeover = body.if_contains("takeover");
    if (takeover == nullptr || !takeover->is_object()) return;
    for (const auto* list : {"at_once", "on_migration", "new_cases"})
        if (auto* changes = takeover->get_object().if_contains(list);
            changes != nullptr && changes->is_array())
            for (auto& change : changes->get_array())
                if (auto& cases = change.at("cases").as_array(); cases.size() > most_cases_named)
                    cases.resize(most_cases_named);
}

Response said(Reloaded outcome, const Lens& lens, std::chrono::seconds retry_after) {
    using Kind = Reloaded::Kind;
    switch (outcome.kind) {
        case Kind::taken:
        case Kind::tried:
            return json_response(200, std::move(outcome.body));
        case Kind::faulty:
            return with_details(Problem::of(422, "configuration_faulty"), std::move(outcome.body),
                                lens);
        case Kind::differs:
            return with_details(Problem::of(409, "configuration_differs"), std::move(outcome.body),
                                lens);
        case Kind::under_way: {
            auto problem = Problem::of(409, "reload_under_way");
            problem.retry_after = retry_after;
            return with_details(problem, {}, lens);
        }
        case Kind::failed:
            break;
    }
    const auto error = outcome.error.value_or(engine::model::Error{});
    return with_details(problem_of(error, retry_after), {}, lens);
}

}  // namespace

Reply Api::configuration(Call& call) {
    if (!ever(call.account().roles, Right::settings))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const auto state = parts_.configuration ? parts_.configuration() : ConfigurationState{};
    if (!state.values) return answered(Problem::of(503, "unavailable"), call.lens);
    return json_response(200, json::object{{"configuration", state.running},
                                           {"since", call.lens.instant(state.since)},
                                           {"values", *state.values}});
}

Reply Api::reload_configuration(Call& call) {
    if (!ever(call.account().roles, Right::configure))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(reload_fields(*parts_.words), *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    if (!parts_.reload) return answered(Problem::of(503, "unavailable"), call.lens);

    ReloadOrder order;
    order.actor = call.account().actor();
    order.language = call.lens.language;
    order.confirm = flag(*payload, "confirm");
    order.dry_run = flag(*payload, "dry_run");
    if (const auto* hash = payload->if_contains("configuration"); hash && hash->is_string())
        order.configuration = std::string(hash->get_string());
    if (!call.body_hash.empty())
        order.keep = [account = call.account().id.value, key = call.request.idempotency_key,
                      hash = call.body_hash, now = call.lens.now](runtime::Submission& submission,
                                                                  const json::object& answer) {
            submission.account = account;
            submission.key = key;
            submission.body_hash = hash;
            submission.compose = [=, text = json::serialize(answer)](const runtime::Accepted&) {
                return engine::ports::StoredAnswer{account, key, hash, 200, text, {}, {}, now};
            };
        };
    auto lens = call.lens;
    lens.personal = {};
    return Errand{[reload = parts_.reload, order = std::move(order), lens = std::move(lens),
                   wait = settings_.retry_after](std::function<void(Response)> done) {
        reload(order, [lens, wait, done = std::move(done)](Reloaded outcome) {
            auto response = said(std::move(outcome), lens, wait);
            response.fields.emplace_back("Content-Language", tag(lens.language));
            done(std::move(response));
        });
    }};
}

// What is on the disk, beside what is in force: nothing of it is taken over.
Reply Api::look_at_files(Call& call, ReloadOrder order) {
    if (!ever(call.account().roles, Right::settings))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (auto problem = unknown_parameter(call, {})) return answered(*problem, call.lens);
    if (!parts_.reload) return answered(Problem::of(503, "unavailable"), call.lens);
    order.actor = call.account().actor();
    order.language = call.lens.language;
    auto lens = call.lens;
    lens.personal = {};
    return Errand{[reload = parts_.reload, order = std::move(order), lens = std::move(lens),
                   wait = settings_.retry_after](std::function<void(Response)> done) {
        reload(order, [lens, wait, done = std::move(done)](Reloaded outcome) {
            name_a_few(outcome.body);
            auto response = said(std::move(outcome), lens, wait);
            response.fields.emplace_back("Content-Language", tag(lens.language));
            done(std::move(response));
        });
    }};
}

Reply Api::check_configuration(Call& call) {
    ReloadOrder order;
    order.check = true;
    return look_at_files(call, std::move(order));
}

Reply Api::compare_configuration(Call& call) {
    ReloadOrder order;
    order.dry_run = true;
    return look_at_files(call, std::move(order));
}

}  // namespace jinqiao::adapters::http
