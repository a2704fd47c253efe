#include "tests/support/dispute_walk.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "workflows/dispute/machine.h"

namespace jinqiao::tests {

namespace json = boost::json;
namespace kernel = engine::kernel;
namespace model = engine::model;
namespace time = engine::time;
using kernel::FieldType;

namespace {

std::vector<std::string> ids_in(const model::Case& kase, std::string_view list,
                                std::string_view key) {
    std::vector<std::string> found;
    if (const auto* values = kase.data.if_contains(list); values != nullptr && values->is_array())
        for (const auto& each : values->get_array())
            if (const auto* id = each.get_object().if_contains(key); id && id->is_string())
                found.emplace_back(id->get_string());
    return found;
}

// What brings a case on. A walk that took the ways out as often as the ways on would see little
// else, because the ways out are always open.
bool leads_on(std::string_view action) {
    constexpr std::array<std::string_view, 26> on{"acknowledge",          "confirm_facts",
                                                  "attach_plan",          "open_coordination",
                                                  "apply_mediation",      "record_consent",
                                                  "accept_mediation",     "record_session",
                                                  "hold_congress",        "elect_representatives",
                                                  "complete_check",       "reach_agreement",
                                                  "propose_agreement",    "sign_agreement",
                                                  "apply_confirmation",   "record_confirmation",
                                                  "start_performance",    "record_performance",
                                                  "complete_performance", "record_visit",
                                                  "answer_demand",        "close_settled",
                                                  "approve_request",      "reopen",
                                                  "update_facts",         "unmerge"};
    return std::find(on.begin(), on.end(), action) != on.end();
}

}  // namespace

std::string PayloadMaker::instant() {
    const auto back = std::chrono::minutes{number(0, 600)};
    return time::to_rfc3339(std::max(story_.now - back, story_.it().filed_at),
                            story_.calendar.utc_offset());
}

std::string PayloadMaker::date() {
    const auto today = story_.calendar.local_date(story_.now);
    return time::to_string(today + std::chrono::days{number(0, 25)});
}

json::value PayloadMaker::reference(const kernel::Field& field, const model::Case& kase) {
    if (field.name == "plan") return json::value("plan-of-our-own");
    if (field.name == "clock") {
        for (const auto& clock : kase.clocks)
            if (clock.open() && chance(40)) return json::value(clock.key());
        return json::value("st.next");
    }
    if (field.name == "request")
        return kase.requests.empty() ? json::value("none")
                                     : json::value(kase.requests.back().id.value);
    const auto demands = ids_in(kase, "demands", "id");
    return demands.empty() ? json::value("d1") : json::value(pick(demands));
}

json::value PayloadMaker::one(const kernel::Field& field, const model::Case& kase) {
    switch (field.type) {
        case FieldType::code:
            return json::value(pick(field.codes).first);
        case FieldType::integer:
            return json::value(std::max<std::int64_t>(field.least, number(1, 4)));
        case FieldType::money_fen:
            return json::value(number(1, 5000));
        case FieldType::boolean:
            return json::value(chance(80));
        case FieldType::instant:
            return json::value(instant());
        case FieldType::date:
            return json::value(date());
        case FieldType::document:
            return json::value("doc-" + std::to_string(number(1, 9)));
        case FieldType::post: {
            const std::vector<std::string> posts{"liaison", "lead_mediator", "committee_chair",
                                                 "party_secretary", "lead_department"};
            return json::value(pick(posts));
        }
        case FieldType::person:
            return json::value(chance(50) ? "p_mediator_1" : "p_liaison_2");
        case FieldType::case_ref: {
            std::vector<std::string> ids;
            for (const auto& [id, other] : story_.all_cases()) ids.push_back(id);
            return json::value(pick(ids));
        }
        case FieldType::budget:
            return json::value(chance(50) ? "2 W" : "3 h");
        case FieldType::reference:
            return reference(field, kase);
        case FieldType::object:
            return object(field.fields, kase);
        case FieldType::any:
            return approval(kase);
        case FieldType::text:
            break;
    }
    return json::value("字样" + std::to_string(number(1, 9999)));
}

json::object PayloadMaker::object(const kernel::Fields& fields, const model::Case& kase) {
    json::object made;
    for (const auto& field : fields) {
        if (field.name == "occurred_at" || (!field.required && chance(50))) continue;
        if (!field.list) {
            made[field.name] = one(field, kase);
            continue;
        }
        json::array list;
        const int n = number(1, 4);
        for (int i = 0; i < n; ++i) list.push_back(one(field, kase));
        made[field.name] = std::move(list);
    }
    return made;
}

// What is asked to be approved is itself a payload that fits.
json::object PayloadMaker::approval(const model::Case& kase) {
    (void)kase;
    return {{"reason", "批准事项"}};
}

void PayloadMaker::polish(const std::string& action, json::object& payload,
                          const model::Case& kase) {
    const auto people = [](std::initializer_list<const char*> names) {
        json::array list;
        for (const char* name : names) list.push_back(json::object{{"name", name}});
        return list;
    };
    if (action == "elect_representatives" && chance(80)) {
        payload["workers"] = people({"甲", "乙", "丙"});
        payload["employer"] = people({"丁", "戊", "己"});
        payload["chiefs"] = json::object{{"workers", "甲"}, {"employer", "丁"}};
    }
    if (action == "hold_congress" || action == "reach_agreement") {
        payload["delegates"] = payload["members"] = 9;
        payload.erase(action == "hold_congress" ? "members" : "delegates");
        payload["present"] = number(5, 9);
        if (action == "reach_agreement") payload["for"] = number(3, 6);
    }
    if (action == "record_session" || action == "serve_end_notice") {
        const char* key = action == "record_session" ? "heard" : "served";
        json::array both;
        for (const char* side : {"employer", "workers"})
            both.push_back(action == "record_session"
                               ? json::value(side)
                               : json::value(json::object{{"side", side}, {"at", instant()}}));
        payload[key] = std::move(both);
    }
    if (action == "sign_agreement") {
        json::array items;
        for (int no = 1; no <= number(1, 3); ++no)
            items.push_back(json::object{{"no", no}, {"due", date()}, {"amount", 1000}});
        payload["instalments"] = std::move(items);
        payload["mandate"] = "doc-mandate";
        payload.erase("effective_at");
        payload["signatures"] =
            json::object{{"employer", true}, {"workers", true}, {"mediator", true}, {"seal", true}};
    }
    if (action == "record_performance") payload["amount"] = 1000;
    likely(action, payload, kase);
    if (action == "extend_mediation") {
        payload["consents"] = json::array{json::object{{"side", "employer"}, {"at", instant()}},
                                          json::object{{"side", "workers"}, {"at", instant()}}};
        payload["add_days"] = number(1, 20);
        payload.erase("until");
    }
    if (action == "request_approval") {
        const std::string wanted(payload["for"].as_string());
        for (const auto& other : story_.workflow.actions())
            if (other.name == wanted) payload["payload"] = make(other, kase);
    }
}

// Nine times in ten what a person would say who wants to get on.
void PayloadMaker::likely(const std::string& action, json::object& payload,
                          const model::Case& kase) {
    if (chance(10)) return;
    if (action == "update_facts") payload["certainty"] = "seen";
    if (action == "confirm_facts") {
        payload["in_scope"] = true;
        payload["collective"] = chance(30);
        payload.erase("common_claim");
    }
    if (action == "confirm_facts" || action == "update_facts") payload.erase("behaviours");
    if (action == "apply_mediation") {
        payload["mediator_kind"] =
            chance(50) ? "enterprise_committee" : "people_mediation_committee";
        payload["body"] = "park_pmc";
        payload["by"] = "both";
        payload["form"] = "written";
    }
    if (action == "accept_mediation") payload["no_tie"] = true;
    if (action == "apply_confirmation") payload["joint"] = true;
    if (action == "propose_agreement")
        payload["kind"] = kase.state_of("mediation") == "open" ? "mediation" : "settlement";
    if (action == "open_coordination")
        payload["tier"] = kase.grade.effective == model::GradeLevel::red      ? "joint"
                          : kase.grade.effective == model::GradeLevel::orange ? "team"
                                                                              : "committee";
}

json::object PayloadMaker::make(const kernel::Action& action, const model::Case& kase) {
    auto payload = object(action.payload, kase);
    polish(action.name, payload, kase);
    return payload;
}

json::object PayloadMaker::alert() {
    const std::vector<std::string> causes{"wage_arrears", "layoff", "closure", "overtime_leave"};
    const std::vector<std::string> behaviours{"talk",         "talk",     "collective_letter",
                                              "online_posts", "stoppage", "gate_block"};
    json::object event{{"cause", pick(causes)},
                       {"workers_involved", chance(70) ? number(1, 9) : number(10, 150)},
                       {"arrears_months", number(0, 3)},
                       {"behaviours", json::array{json::value(pick(behaviours))}},
                       {"demands", json::array{json::value("compensation")}},
                       {"noticed_at", time::to_rfc3339(story_.now, story_.calendar.utc_offset())}};
    return {{"enterprise", {{"name", "示例企业"}, {"staff", number(100, 500)}}},
            {"event", std::move(event)},
            {"reporter", {{"name", "报告人"}, {"on_site", true}}}};
}

DisputeWalk::DisputeWalk(std::uint32_t seed) : make_(story, seed) {
    story.at("2026-03-02 09:00");
    people_ = {story.duty,
               story.liaison,
               story.chair,
               story.mediator,
               story.supervisor,
               story.supervisor2,
               story.lead_department,
               story.enterprise_union,
               story.holder("p_party_1", {"mediator"}),
               story.holder("p_fallback_1", {"duty_officer"}),
               story.holder("p_liaison_2", {"mediator"})};
    const auto others = story.more_facts;
    story.more_facts = [this, others](const model::Command& command, kernel::Facts& facts) {
        const auto* target = command.payload.if_contains("target");
        if (target != nullptr && target->is_string()) others(command, facts);
    };
    file();
}

void DisputeWalk::file() {
    const auto id = "case" + std::to_string(story.cases() + 1);
    if (!story.file(make_.alert(), people_[0])) std::abort();
    ids_.push_back(id);
    story.about(id);
}

void DisputeWalk::act() {
    const auto& actor = make_.pick(people_);
    kernel::Facts facts = story.facts();
    const auto options = kernel::options(story.workflow, story.it(), actor, facts, story.policy,
                                         story.calendar, story.now);
    std::vector<const kernel::Action*> allowed;
    for (const auto& option : options)
        if (option.reasons.empty()) allowed.push_back(option.action);
    if (allowed.empty()) return;
    const auto* action = make_.pick(allowed);
    for (int i = 0; i < 12 && !leads_on(action->name); ++i) action = make_.pick(allowed);
    model::Command command;
    command.target = story.it().id;
    command.name = action->name;
    command.payload = make_.make(*action, story.it());
    command.actor = actor;
    ++tried;
    if (story.send(command)) ++accepted;
}

void DisputeWalk::run(int steps) {
    for (int i = 0; i < steps; ++i) {
        if (make_.chance(1)) file();
        story.about(make_.pick(ids_));
        story.sign_everything();
        if (make_.chance(20))
            story.run_until(story.now + std::chrono::minutes{make_.number(1, 1500)});
        else
            act();
    }
}

}  // namespace jinqiao::tests
