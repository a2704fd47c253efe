#include "workflows/dispute/alert.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "workflows/dispute/described.h"
#include "workflows/dispute/step.h"

namespace jinqiao::workflows::dispute {

BOOST_DESCRIBE_STRUCT(AlertEnterprise, (),
                      (name, uscc, address, industry, ownership, home_country, staff, fortune500,
                       mediation_committee))
BOOST_DESCRIBE_STRUCT(AlertEvent, (),
                      (cause, place, workers_involved, workers_present, arrears_months, injured,
                       amount, media, cross_enterprise, owner_unreachable, started_at, noticed_at))
BOOST_DESCRIBE_STRUCT(Alert, (), (enterprise, event, filing, note))

namespace {

// Lists that have a place of their own in Data.
constexpr std::array<std::string_view, 3> own_place{"behaviours", "demands", "layoff"};

bool blank(const json::value& value) {
    if (const auto* list = value.if_array()) return list->empty();
    const auto* words = value.if_string();
    return value.is_null() ||
           (words != nullptr && words->find_first_not_of(" \t\r\n") == json::string::npos);
}

void merge(json::object& into, const json::object& from) {
    for (const auto& [key, value] : from) {
        if (std::find(own_place.begin(), own_place.end(), std::string_view(key)) !=
                own_place.end() ||
            blank(value))
            continue;
        if (const auto* inner = value.if_object()) {
            json::value& held = into[key];
            if (!held.is_object()) held.emplace_object();
            merge(held.get_object(), *inner);
        } else {
            into[key] = value;
        }
    }
}

Behaviour* current(Data& data, std::string_view code) {
    for (Behaviour& each : data.behaviours)
        if (each.code == code && each.going_on()) return &each;
    return nullptr;
}

// A code alone says "this goes on"; with an end it closes the stretch that was going on.
void take_behaviour(Data& data, const json::value& reported, Instant at) {
    Behaviour behaviour;
    if (const auto* code = reported.if_string()) {
        behaviour.code = std::string(*code);
    } else if (const auto* object = reported.if_object()) {
        behaviour.code = text(*object, "code");
        behaviour.started = field<Instant>(*object, "started");
        behaviour.ended = field<Instant>(*object, "ended");
    }
    if (behaviour.code.empty()) return;
    if (Behaviour* known = current(data, behaviour.code)) {
        if (behaviour.started) known->started = behaviour.started;
        if (behaviour.ended) known->ended = behaviour.ended;
        return;
    }
    if (!behaviour.started && !behaviour.ended) behaviour.started = at;
    data.behaviours.push_back(std::move(behaviour));
}

void take_demand(Data& data, std::string_view code) {
    const bool known = std::any_of(data.demands.begin(), data.demands.end(),
                                   [&](const Demand& each) { return each.code == code; });
    if (known) return;
    Demand demand;
    demand.id = "d" + std::to_string(data.demands.size() + 1);
    demand.code = code;
    data.demands.push_back(std::move(demand));
}

void take_layoff(Data& data, const json::object& reported) {
    if (auto date = field<Date>(reported, "announced")) data.layoff.announced = date;
    if (auto date = field<Date>(reported, "planned_for")) data.layoff.planned_for = date;
    if (auto date = field<Date>(reported, "explained_on")) data.layoff.explained_on = date;
}

void take_lists(Data& data, const json::object& from, Instant at) {
    if (const auto* list = from.if_contains("behaviours"); list != nullptr && list->is_array())
        for (const json::value& each : list->get_array()) take_behaviour(data, each, at);
    for (const std::string& code : texts(from, "demands")) take_demand(data, code);
    take_layoff(data, object(from, "layoff"));
}

const json::value* at_path(const json::object& from, std::string_view path) {
    const auto dot = path.find('.');
    const json::value* found = from.if_contains(path.substr(0, dot));
    if (found == nullptr || dot == std::string_view::npos) return found;
    return found->is_object() ? at_path(found->get_object(), path.substr(dot + 1)) : nullptr;
}

bool known(const Data& data, std::string_view path) {
    if (path == "event.behaviours") return !data.behaviours.empty();
    if (path == "event.demands") return !data.demands.empty();
    const json::value* found = at_path(data.alert, path);
    return found != nullptr && !blank(*found);
}

engine::model::Message required(std::string_view path) {
    return {"payload.required", {{"field", std::string(path)}}};
}

bool given(const json::object& payload, std::string_view path) {
    const json::value* found = at_path(payload, path);
    return found != nullptr && !blank(*found);
}

}  // namespace

bool Alert::foreign() const {
    return enterprise.ownership == "foreign" || enterprise.ownership == "joint" ||
           (!enterprise.home_country.empty() && enterprise.home_country != "CN");
}

Alert read_alert(const Data& data) {
    Alert alert;
    read(data.alert, alert);
    return alert;
}

std::vector<engine::model::Message> unfit_for_filing(const json::object& payload) {
    std::vector<engine::model::Message> faults;
    if (!given(payload, "enterprise.name") && !given(payload, "event.place"))
        faults.push_back(required("enterprise.name"));
    if (!given(payload, "event.cause") && !given(payload, "event.behaviours") &&
        !given(payload, "note"))
        faults.push_back(required("event.cause"));
    if (!given(payload, "event.noticed_at")) faults.push_back(required("event.noticed_at"));
    return faults;
}

namespace {

// Whoever may read the alert may read what came with it, which the list of all documents of the
// case does not tell from what was said in talks.
void take_documents(json::object& alert, const json::object& payload) {
    const json::value* sent = payload.if_contains("documents");
    if (sent == nullptr || !sent->is_array() || sent->get_array().empty()) return;
    json::value& held = alert["documents"];
    if (!held.is_array()) held.emplace_array();
    json::array& ids = held.get_array();
    for (const json::value& id : sent->get_array())
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

}  // namespace

void take_over(Data& data, const json::object& payload, Instant at) {
    for (const std::string_view part : {"enterprise", "event", "reporter"})
        if (payload.contains(part)) {
            json::value& held = data.alert[part];
            if (!held.is_object()) held.emplace_object();
            merge(held.get_object(), object(payload, part));
        }
    for (const std::string_view part : {"filing", "note"})
        if (const std::string words = text(payload, part);
            !words.empty() && data.alert.if_contains(part) == nullptr)
            data.alert[part] = words;
    take_documents(data.alert, payload);
    if (const std::string certainty = text(payload, "certainty"); !certainty.empty())
        data.certainty = certainty;
    take_lists(data, object(payload, "event"), at);
    take_lists(data, payload, at);
}

void set_workers(Data& data, std::int64_t workers) {
    json::value& event = data.alert["event"];
    if (!event.is_object()) event.emplace_object();
    event.get_object()["workers_involved"] = workers;
}

void see_collective(Data& data, const Params& params) {
    if (!data.facts.common_claim.empty() &&
        read_alert(data).workers() >= params.collective_threshold)
        data.collective = true;
}

std::vector<std::string> unknown_of(const Data& data, const std::vector<std::string>& paths) {
    std::vector<std::string> unknown;
    for (const std::string& path : paths)
        if (!known(data, path)) unknown.push_back(path);
    return unknown;
}

std::vector<std::string> missing_fields(const Data& data, const Params& params) {
    auto missing = unknown_of(data, params.starred);
    if (text(data.alert, "filing") != "anonymous") {
        auto reporter = unknown_of(data, params.starred_reporter);
        missing.insert(missing.begin(), reporter.begin(), reporter.end());
    }
    return missing;
}

}  // namespace jinqiao::workflows::dispute
