// How the channels fare, and a message by hand to see whether one works.
#include "adapters/http/api.h"
#include "adapters/http/json_text.h"
#include "adapters/http/language.h"
#include "adapters/http/ledger.h"
#include "adapters/http/people_changes.h"
#include "adapters/http/rights.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Message;

namespace {

json::object view_outcome(const ChannelOutcome& outcome, const Lens& lens) {
    return {{"at", lens.instant(outcome.at)},
            {"outcome", outcome.kind},
            {"outcome_text", lens.label("outcome.", outcome.kind)},
            {"code", outcome.code},
            {"detail", lens.remark(outcome.detail)},
            {"took_ms", outcome.took.count()},
            {"test", outcome.trial}};
}

json::object view_facts(const ChannelFacts& facts, const Lens& lens) {
    json::array last;
    for (const auto& outcome : facts.last) last.push_back(view_outcome(outcome, lens));
    return {{"kind", facts.kind},
            {"delivered", facts.delivered},
            {"failed", facts.failed},
            {"test_address", facts.address ? json::value(*facts.address) : json::value(nullptr)},
            {"last", std::move(last)}};
}

Response in_words(json::object body, const Lens& lens) {
    auto response = json_response(200, std::move(body));
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

}  // namespace

// Which channels there are, which of them are left alone for a while because they fail, and what
// was sent by them lately.
Reply Api::channels(Call& call) {
    if (!ever(call.account().roles, Right::letters))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const auto shut =
        parts_.shut_lanes ? parts_.shut_lanes() : std::vector<engine::runtime::ShutLane>{};
    const auto known = parts_.channel_facts ? parts_.channel_facts() : std::vector<ChannelFacts>{};
    json::array items;
    for (const auto& name : call.world().directory->channels) {
        json::array lanes;
        for (const auto& lane : shut)
            if (lane.channel == name)
                lanes.push_back(json::object{{"lane", masked(lane.lane)},
                                             {"reopens_in_ms", lane.reopens.count()}});
        const bool down = !lanes.empty();
        json::object item{{"name", name}, {"down", down}, {"lanes", std::move(lanes)}};
        for (const auto& facts : known)
            if (facts.name == name)
                for (auto& [key, value] : view_facts(facts, call.lens)) item[key] = value;
        items.push_back(std::move(item));
    }
    return in_words({{"items", std::move(items)}}, call.lens);
}

Reply Api::test_channel(Call& call) {
    if (!ever(call.account().roles, Right::configure))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(trial_fields(*parts_.words), *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    if (!call.world().directory->channels.contains(call.args[0]))
        return answered(Problem::of(404, "not_found"), call.lens);
    if (!parts_.try_channel) return answered(Problem::of(503, "unavailable"), call.lens);
    if (auto wait = channel_tests_.take(call.account().id.value))
        return answered(too_many(*wait), call.lens);
    ChannelTrial trial{call.args[0], text_of(*payload, "address"), call.lens.language,
                       call.account().actor()};
    auto lens = call.lens;
    lens.personal = {};
    const auto refuse = [this, lens](const Problem& problem) { return answered(problem, lens); };
    return Errand{[try_channel = parts_.try_channel, trial = std::move(trial), lens, refuse,
                   crowded = busy()](std::function<void(Response)> done) {
        try_channel(trial, [=](ChannelTried tried) {
            using Kind = ChannelTried::Kind;
            const auto wrong = [&](Message message) {
                return refuse(
                    Problem::fault(422, "invalid_payload", "address", std::move(message)));
            };
            if (tried.kind == Kind::unknown) return done(refuse(Problem::of(404, "not_found")));
            if (tried.kind == Kind::busy) return done(refuse(crowded));
            if (tried.kind == Kind::no_address)
                return done(wrong({"channel.no_address", {{"field", "address"}}}));
            if (tried.kind == Kind::unusable)
                return done(wrong(
                    {"channel.unusable", {{"field", "address"}, {"expected", tried.expected}}}));
            auto shown = view_outcome(tried.outcome, lens);
            shown["channel"] = trial.channel;
            shown["id"] = tried.id;
            shown["address_masked"] = tried.address;
            shown["advice"] = tried.advice;
            if (tried.retry_after) shown["retry_after_s"] = tried.retry_after->count();
            done(in_words(std::move(shown), lens));
        });
    }};
}

}  // namespace jinqiao::adapters::http
