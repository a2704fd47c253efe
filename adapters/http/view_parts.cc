// Clocks, assignments, requests, owners: the parts a case is shown in.
#include <boost/json/array.hpp>

#include "adapters/http/time_left.h"
#include "adapters/http/view.h"
#include "engine/time/budget.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using namespace engine::model;
namespace time = engine::time;

namespace {

json::value at_or_null(const std::optional<time::Instant>& at, const Lens& lens,
                       const Memory& memory = {}) {
    if (!at) return nullptr;
    return json::string(lens.instant(*at), memory);
}

json::array explanation(const Clock& clock, const Lens& lens, const Memory& memory) {
    json::array out(memory);
    for (const auto& line : clock.due.explain.lines())
        out.emplace_back(lens.words->line(line, lens.language));
    return out;
}

json::array suspensions(const Clock& clock, const Lens& lens) {
    json::array out;
    for (const auto& one : clock.ledger)
        out.push_back(json::object{{"from", lens.instant(one.from)},
                                   {"until", at_or_null(one.until, lens)},
                                   {"reason", one.reason}});
    return out;
}

std::string label_of(const Clock& clock, const Case& kase, const Lens& lens) {
    const auto* policy = lens.policy(kase.workflow);
    const auto* rule = policy ? policy->clock(clock.name) : nullptr;
    return rule ? rule->label.in(lens.language) : clock.name;
}

// The clock that runs until an assignment is signed for or a request answered.
const Clock* clock_about(const Case& kase, const std::string& subject) {
    const Clock* found = nullptr;
    for (const auto& clock : kase.clocks)
        if (!subject.empty() && clock.subject == subject) found = &clock;
    return found;
}

json::value due_about(const Case& kase, const std::string& subject, const Lens& lens,
                      const Memory& memory = {}) {
    const auto* clock = clock_about(kase, subject);
    if (!clock || !clock->open()) return nullptr;
    return json::string(lens.instant(clock->due.at), memory);
}

// Why one department gives a task back is between it and whoever answers for the case; that it did,
// the others see, because somebody has to take its place.
bool reads_reason(const Assignment& assignment, const Lens& lens) {
    return !lens.department_only() ||
           is_for(assignment.addressee, lens.account, *lens.world->directory, lens.now);
}

}  // namespace

json::object view_owner(const PostId& post, const PersonId& last_known, const Lens& lens,
                        const Memory& memory) {
    const auto chain = lens.world->directory->acting(post, lens.now);
    const auto& person = chain.empty() ? last_known : chain.front().person;
    return json::object({{"post", post.value},
                         {"post_name", lens.post(post)},
                         {"person", person.value},
                         {"person_name", lens.actor_name(person)}},
                        memory);
}

json::object view_clock(const Clock& clock, const Case& kase, const Lens& lens,
                        const Memory& memory) {
    json::object out({{"name", clock.name},
                      {"label", label_of(clock, kase, lens)},
                      {"instance", clock.instance},
                      {"due_at", lens.instant(clock.due.at)},
                      {"kind", name(clock.cls)},
                      {"basis", clock.source},
                      {"budget", time::to_string(clock.rule.budget)},
                      {"explain", explanation(clock, lens, memory)},
                      {"state", name(clock.state)},
                      {"started_at", lens.instant(clock.from)},
                      {"ended_at", at_or_null(clock.ended_at, lens, memory)},
                      {"outcome", clock.outcome},
                      {"unrolled_at", lens.instant(clock.due.unrolled)},
                      {"safe_until", at_or_null(clock.due.safe_until, lens, memory)},
                      {"provisional", clock.due.provisional},
                      {"late", clock.late || (clock.open() && clock.due.at <= lens.now)},
                      {"calendar", clock.calendar_version}},
                     memory);
    if (clock.open()) out["left"] = time_left(clock, lens);
    if (!clock.subject.empty()) out["subject"] = clock.subject;
    if (!clock.ledger.empty()) out["suspensions"] = suspensions(clock, lens);
    if (clock.quiet_until) out["quiet_until"] = lens.instant(*clock.quiet_until);
    return out;
}

json::object view_assignment(const Assignment& assignment, const Case& kase, const Lens& lens,
                             const Memory& memory) {
    return json::object(
        {{"id", assignment.id.value},
         {"case", kase.id.value},
         {"number", kase.number},
         {"addressee", lens.hidden_filer(assignment.addressee, kase) ? std::string("filer")
                                                                     : assignment.addressee.text()},
         {"addressee_name", lens.addressee(assignment.addressee, kase)},
         {"task", assignment.task},
         {"task_label", lens.label("task.", assignment.task)},
         {"about", assignment.about},
         {"round", assignment.round},
         {"state", name(assignment.state)},
         {"needs_sign", assignment.needs_sign},
         {"group", assignment.group},
         {"returns", assignment.returns},
         {"ruled", assignment.ruled},
         {"in_place_of", assignment.before.value},
         {"told_at", lens.instant(assignment.told_at)},
         {"delivered_at", at_or_null(assignment.delivered_at, lens, memory)},
         {"signed_at", at_or_null(assignment.signed_at, lens, memory)},
         {"signed_by", lens.actor_id(assignment.signed_by, kase)},
         {"signed_by_name", lens.actor_name(assignment.signed_by, kase)},
         {"closed_at", at_or_null(assignment.closed_at, lens, memory)},
         {"due_at", due_about(kase, assignment.id.value, lens, memory)},
         {"reason", reads_reason(assignment, lens) ? assignment.reason : std::string()}},
        memory);
}

json::object view_request(const engine::model::Request& request, const Case& kase,
                          const Lens& lens) {
    json::array approvals;
    for (const auto& person : request.approvals)
        approvals.push_back(json::object{{"person", lens.actor_id(person, kase)},
                                         {"name", lens.actor_name(person, kase)}});
    return {{"id", request.id.value},
            {"kind", request.kind},
            {"by", json::object{{"post", request.by_post.value},
                                {"post_name", lens.post(request.by_post)},
                                {"person", lens.actor_id(request.by, kase)},
                                {"person_name", lens.actor_name(request.by, kase)}}},
            {"reason", request.reason},
            {"evidence", request.evidence},
            {"asked", request.asked},
            {"needed", request.needed},
            {"approvals", std::move(approvals)},
            {"approver", request.approver.value},
            {"approver_name", lens.post(request.approver)},
            {"made_at", lens.instant(request.made_at)},
            {"due_at", due_about(kase, request.id.value, lens)},
            {"state", name(request.state)},
            {"answered_at", at_or_null(request.answered_at, lens)},
            {"answer", request.answer},
            {"on_expiry", request.on_expiry},
            {"escalated", request.escalated}};
}

}  // namespace jinqiao::adapters::http
