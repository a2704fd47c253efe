// Guards of what needs a second person, and of handing over.
#include <algorithm>

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

constexpr Guard list[] = {{"G.two", two},
                          {"G.floor", grade_floor},
                          {"G.suspend", suspend},
                          {"G.skip", skip},
                          {"G.addressee", addressee}};

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
