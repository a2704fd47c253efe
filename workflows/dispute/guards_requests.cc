// Guards of what needs a second person, and of handing over.
#include <algorithm>
#include <chrono>

#include "engine/policy/grading.h"
#include "workflows/dispute/facts.h"
#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

using model::GradeLevel;

bool holds(const Step& step, const model::PostId& post) {
    return step.draft.directory().holds(model::PersonId{step.person()}, post, step.draft.now());
}

// Neither the one who asked nor who holds the case, compared as persons (I12).
Reason answering(const Step& step) {
    if (step.probing) return {};
    const auto* request = step.kase().request(model::RequestId{text(step.payload(), "request")});
    if (request == nullptr || request->state != model::RequestState::pending)
        return refuse("G.two", {{"why", "no_request"}});
    const model::PersonId person{step.person()};
    if (person == request->by || person == step.kase().owner.person)
        return refuse("G.two", {{"why", "same_person"}});
    const auto& approved = request->approvals;
    if (step.event == "approve_request" &&
        std::find(approved.begin(), approved.end(), person) != approved.end())
        return refuse("G.two", {{"why", "approved_already"}});
    if (!step.draft.directory().acts_for(person, request->approver, step.draft.now()))
        return refuse("G.two", {{"why", "no_right"}});
    return {};
}

// Some actions need a second person in some cases only.
bool alone_is_enough(const Step& step) {
    if (step.event == "close_no_dispute") return step.kase().grade.effective < GradeLevel::orange;
    // Nobody takes a case for a post of their own, or away from one, alone.
    if (step.event == "reassign")
        return !holds(step, step.kase().owner.post) &&
               !holds(step, step.draft.local(model::PostId{text(step.payload(), "to")}));
    return false;
}

Reason two(const Step& step) {
    if (step.event == "approve_request" || step.event == "reject_request") return answering(step);
    if (alone_is_enough(step)) return {};
    if (step.probing) {
        const auto& known = step.data.approvals;
        const bool any = std::any_of(known.begin(), known.end(), [&](const Approval& each) {
            return !each.used && each.action == step.event;
        });
        return any ? Reason{} : refuse("G.two", {{"why", "no_approval"}});
    }
    return approval_for(step) != nullptr ? Reason{} : refuse("G.two", {{"why", "no_approval"}});
}

Reason grade_floor(const Step& step) {
    if (step.from[Region::containment] == "spread") return refuse("G.floor", {{"b", "spread"}});
    if (step.probing) return {};
    const auto wanted = model::parse_grade(text(step.payload(), "to"));
    if (!wanted || *wanted >= step.kase().grade.effective)
        return refuse("G.floor", {{"b", "not_lower"}});
    const auto facts = flat_facts(step.kase(), step.data, step.draft.now());
    const auto found = policy::assess(step.draft.policy().grading, facts, step.today());
    if (!found.floor || *found.floor <= *wanted) return {};
    Texts holding = not_calm(step.data, step.params);
    if (holding.empty()) holding.emplace_back(model::name(*found.floor));
    return refuse("G.floor", {{"b", joined(holding)}});
}

Reason suspend(const Step& step) {
    const GradeLevel grade = step.kase().grade.effective;
    const auto limit = step.params.suspension_limit.find(std::string(model::name(grade)));
    if (grade == GradeLevel::red || limit == step.params.suspension_limit.end())
        return refuse("G.suspend", {{"why", "grade"}});
    if (!calm(step.data, step.params)) return refuse("G.suspend", {{"why", "not_calm"}});
    if (step.from[Region::containment] == "spread") return refuse("G.suspend", {{"why", "spread"}});
    if (step.from[Region::clock] == "suspended") return refuse("G.suspend", {{"why", "suspended"}});
    if (step.probing) return {};
    const auto until = field<time::Date>(step.payload(), "until");
    const auto budget = time::parse_budget(limit->second);
    if (!until || !budget) return refuse("G.suspend", {{"why", "until"}});
    const auto& calendar = step.draft.calendar();
    const auto end = calendar.end_of(*until);
    if (end <= step.draft.now() || end > time::add(calendar, step.draft.now(), *budget))
        return refuse("G.suspend", {{"why", "until"}});
    return {};
}

// What is said to be the cause must be so, where the case itself can tell.
bool borne_out(const Step& step, std::string_view cause) {
    if (cause == "rights_claim") return step.data.facts.rights_claim;
    if (cause != "danger") return true;
    const Texts codes = going_on(step.data);
    return std::any_of(codes.begin(), codes.end(),
                       [&](const std::string& code) { return step.params.danger(code); });
}

Reason skip(const Step& step) {
    if (step.probing) return {};
    const auto cause = text(step.payload(), "cause");
    const std::string& due = step.from[Region::process];
    const auto allowed = step.params.skip.find(cause);
    const bool fits =
        allowed != step.params.skip.end() &&
        std::find(allowed->second.begin(), allowed->second.end(), due) != allowed->second.end();
    return fits && borne_out(step, cause) ? Reason{}
                                          : refuse("G.skip", {{"step", due}, {"cause", cause}});
}

Reason addressee(const Step& step) {
    if (step.probing) return {};
    const auto to = step.draft.local(model::PostId{text(step.payload(), "to")});
    const auto& directory = step.draft.directory();
    if (!directory.posts.contains(to)) return refuse("G.addressee", {{"why", "unknown"}});
    if (to == step.kase().owner.post) return refuse("G.addressee", {{"why", "owner"}});
    const model::Addressee post{model::Addressee::Kind::post, to.value};
    if (!directory.reach(post, step.draft.now()).reachable())
        return refuse("G.addressee", {{"why", "unreachable"}});
    return {};
}

// All that was granted together, this included, puts the due off by no more than the policy allows.
// Compared as instants, so that an extension in hours is held to a limit in working days.
bool extends_too_far(const Step& step, const time::Budget& total) {
    const auto key = text(step.payload(), "clock");
    const auto by = time::parse_budget(text(step.payload(), "budget"));
    const auto& calendar = step.draft.calendar();
    for (const model::Clock& clock : step.kase().clocks) {
        if (!clock.open() || (clock.key() != key && clock.name != key) || !by) continue;
        auto rule = clock.rule;
        rule.extensions.push_back(*by);
        const auto wanted = time::due(calendar, rule, clock.from, clock.ledger);
        rule.extensions.clear();
        const auto first = time::due(calendar, rule, clock.from, clock.ledger).at;
        // A day's end is stored as the next day's beginning: the day it closes is what counts.
        const bool days = time::is_day_kind(rule.budget.unit);
        const auto base = days ? first - std::chrono::milliseconds{1} : first;
        return wanted.unrolled > time::add(calendar, base, total);
    }
    return false;
}

bool rests_too_long(const Step& step, const time::Budget& total) {
    const auto& calendar = step.draft.calendar();
    const auto now = step.draft.now();
    const auto length = [&](const json::object& asked, Instant from) {
        const auto until = field<time::Date>(asked, "until");
        return until ? calendar.end_of(*until) - from : std::chrono::milliseconds{0};
    };
    auto sum = length(step.payload(), now);
    for (const model::Request& each : step.kase().requests)
        if (each.kind == "suspension" && each.state == model::RequestState::approved)
            sum += length(each.asked, each.answered_at.value_or(each.made_at));
    return now + sum > time::add(calendar, now, total);
}

// How often, how long, and on what evidence the policy lets this be asked for.
Reason limit(const Step& step) {
    constexpr std::string_view prefix = "request_";
    const std::string kind = step.event.substr(prefix.size());
    if (auto reason = step.draft.barred(kind, step.probing ? nullptr : &step.payload()))
        return reason;
    const auto& rules = step.draft.policy().requests;
    const auto rule = rules.find(kind);
    if (step.probing || rule == rules.end() || !rule->second.total) return {};
    const auto& total = *rule->second.total;
    const bool over = (kind == "stage_extension" && extends_too_far(step, total)) ||
                      (kind == "suspension" && rests_too_long(step, total));
    if (!over) return {};
    return model::Message{"request.total", {{"kind", kind}, {"total", time::to_string(total)}}};
}

constexpr Guard list[] = {{"G.two", two},         {"G.limit", limit}, {"G.floor", grade_floor},
                          {"G.suspend", suspend}, {"G.skip", skip},   {"G.addressee", addressee}};

}  // namespace

const Approval* approval_for(const Step& step) {
    for (const Approval& each : step.data.approvals)
        if (!each.used && each.action == step.event && each.payload == step.payload()) return &each;
    return nullptr;
}

GradeLevel assessed(const Step& step) {
    Data data = step.data;
    derive(data, step.params);
    const auto facts = flat_facts(step.kase(), data, step.draft.now());
    const auto found = policy::assess(step.draft.policy().grading, facts, step.today());
    return std::max(found.level, step.kase().grade.effective);
}

std::span<const Guard> request_guards() { return list; }

}  // namespace jinqiao::workflows::dispute
