// Guards of the three steps (三步走): congress, representatives, bargaining.
#include <algorithm>
#include <array>

#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

// SH-SC 30: papers reach the delegates seven days ahead. The day to act by must lie ahead still,
// the papers must have gone out by then, or a second person must have approved a shorter time.
Reason papers(const Step& step) {
    if (step.probing || approval_for(step) != nullptr) return {};
    const auto* rule = step.draft.policy().clock("cg.papers");
    const auto on = field<time::Date>(step.payload(), "on");
    if (rule == nullptr || !on) return {};
    const auto& budget = rule->budget[static_cast<std::size_t>(step.kase().grade.effective)];
    if (!budget) return {};
    const auto& calendar = step.draft.calendar();
    const auto due =
        time::due(calendar, {*budget, {}, rule->backward, rule->roll}, calendar.start_of(*on));
    const auto sent = field<Instant>(step.payload(), "papers_at").value_or(step.at);
    if (sent < due.at) return {};
    return refuse("G.papers", {{"on", engine::time::to_string(*on)}});
}

Reason order(const Step& step) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> needs{
        {{"elect_representatives", "congress"}, {"reach_agreement", "elect"}}};
    for (const auto& [event, earlier] : needs)
        if (step.event == event && !step.data.done(earlier))
            return refuse("G.order", {{"step", std::string(earlier)}});
    return {};
}

// SH-SC 28: two thirds of the delegates.
Reason congress(const Step& step) {
    if (step.probing) return {};
    const auto& payload = step.payload();
    const auto delegates = number(payload, "delegates");
    const auto present = number(payload, "present");
    const bool quorum = delegates > 0 && present <= delegates &&
                        step.params.congress_quorum.reached(present, delegates);
    if (quorum && !text(payload, "topic").empty() && !text(payload, "minutes").empty()) return {};
    return refuse("G.congress",
                  {{"present", std::to_string(present)}, {"delegates", std::to_string(delegates)}});
}

struct Person {
    std::string name;
    bool outside = false;
};

struct Side {
    std::vector<Person> people;
    std::string chief;

    bool has(std::string_view name) const {
        return std::any_of(people.begin(), people.end(),
                           [&](const Person& each) { return each.name == name; });
    }
    std::int64_t size() const { return static_cast<std::int64_t>(people.size()); }
    std::int64_t outsiders() const {
        return std::count_if(people.begin(), people.end(),
                             [](const Person& each) { return each.outside; });
    }
    bool distinct() const {
        for (std::size_t i = 0; i < people.size(); ++i)
            for (std::size_t j = i + 1; j < people.size(); ++j)
                if (people[i].name == people[j].name) return false;
        return true;
    }
    // The chief is one of them and the enterprise's own (CCP 23).
    bool led() const {
        return std::any_of(people.begin(), people.end(),
                           [&](const Person& each) { return each.name == chief && !each.outside; });
    }
};

Side side_of(const json::object& payload, std::string_view name) {
    Side side;
    for (const json::object& each : objects(payload, name))
        side.people.push_back({identity(each, "name"), flag(each, "outside")});
    side.chief = identity(object(payload, "chiefs"), name);
    return side;
}

bool bargaining_reps(const RepsRule& rule, const Side& workers, const Side& employer) {
    for (const Side* side : {&workers, &employer}) {
        if (side->size() < rule.side_least || !side->led() || !side->distinct()) return false;
        if (rule.outside_most.d * side->outsiders() > rule.outside_most.n * side->size())
            return false;
    }
    return workers.size() == employer.size() &&
           std::none_of(workers.people.begin(), workers.people.end(),
                        [&](const Person& each) { return employer.has(each.name); });
}

bool rights_claim_skip(const Data& data) {
    return std::any_of(data.process.skipped.begin(), data.process.skipped.end(),
                       [](const Skip& each) { return each.cause == "rights_claim"; });
}

Reason reps(const Step& step) {
    if (step.probing) return {};
    const RepsRule& rule = step.params.representatives;
    const Side workers = side_of(step.payload(), "workers");
    const Side employer = side_of(step.payload(), "employer");
    const bool fits = text(step.payload(), "kind") == "dispute"
                          ? rights_claim_skip(step.data) && workers.distinct() &&
                                workers.size() >= rule.dispute_least &&
                                workers.size() <= rule.dispute_most
                          : bargaining_reps(rule, workers, employer);
    if (fits) return {};
    return refuse("G.reps", {{"workers", std::to_string(workers.size())},
                             {"employer", std::to_string(employer.size())}});
}

Reason sufficient(const Step& step) {
    Texts missing;
    for (const char* which : {"facts", "law", "individual"})
        if (!step.data.checks.contains(which)) missing.emplace_back(which);
    return missing.empty() ? Reason{} : refuse("G.sufficient", {{"c", joined(missing)}});
}

// Bargaining representatives bring the draft to a vote of all (CCP 36, SH-CC 22); dispute
// representatives need the consent of each one they stand for (O33 63).
Reason vote(const Step& step) {
    if (step.probing) return {};
    const auto& payload = step.payload();
    const auto members = number(payload, "members");
    const auto present = number(payload, "present");
    const auto in_favour = number(payload, "for");
    const auto& elected = step.data.process.representatives;
    const bool sane = members > 0 && present <= members && in_favour <= members;
    const bool carried = elected && elected->kind == "dispute"
                             ? in_favour == members
                             : step.params.vote_quorum.reached(present, members) &&
                                   in_favour <= present &&
                                   step.params.vote_majority.reached(in_favour, members);
    if (sane && carried) return {};
    return refuse("G.vote", {{"present", std::to_string(present)},
                             {"for", std::to_string(in_favour)},
                             {"members", std::to_string(members)}});
}

// Design.md 4: a collective case comes to an agreement by the three steps only.
Reason process(const Step& step) {
    const std::string& state = step.from[Region::process];
    if (state == "agreed" || (state == "not_required" && !step.data.collective)) return {};
    return refuse("G.process", {{"step", state}});
}

constexpr Guard list[] = {
    {"G.papers", papers}, {"G.order", order},     {"G.congress", congress},    {"G.reps", reps},
    {"G.vote", vote},     {"G.process", process}, {"G.sufficient", sufficient}};

}  // namespace

std::span<const Guard> process_guards() { return list; }

}  // namespace jinqiao::workflows::dispute
