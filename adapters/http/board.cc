#include "adapters/http/board.h"

#include <array>

#include "adapters/http/view.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using namespace engine::model;
using engine::time::Instant;

namespace {

constexpr std::array<std::string_view, 4> gravest_first = {"red", "orange", "yellow", "blue"};

Count of_grade(const BoardLine& line, std::string_view grade) {
    const auto found = line.grades.find(grade);
    return found == line.grades.end() ? Count{} : found->second;
}

json::object view_count(const Count& count) {
    return {{"cases", count.cases}, {"overdue", count.overdue}};
}

json::object holder(const Addressee& to, std::string_view as, Instant since, const Lens& lens) {
    json::object out{{"as", as},
                     {"addressee", to.text()},
                     {"name", lens.addressee(to)},
                     {"post", nullptr},
                     {"person", nullptr},
                     {"person_name", ""},
                     {"since", lens.instant(since)}};
    const auto reach = lens.world->directory->reach(to, lens.now);
    if (to.kind == Addressee::Kind::post) out["post"] = to.id;
    const auto& person = to.kind == Addressee::Kind::person ? PersonId{to.id} : reach.person;
    if (person.empty()) return out;
    out["person"] = person.value;
    out["person_name"] = lens.actor_name(person);
    return out;
}

}  // namespace

Count& Count::operator+=(const Count& other) {
    cases += other.cases;
    overdue += other.overdue;
    return *this;
}

void BoardLine::add(const std::string& grade, const Count& count) {
    grades[grade] += count;
    all += count;
}

void BoardLine::add(const BoardLine& other) {
    for (const auto& [grade, count] : other.grades) add(grade, count);
}

json::object view_line(const BoardLine& line) {
    json::object grades;
    for (const auto grade : gravest_first) grades[grade] = view_count(of_grade(line, grade));
    return {
        {"cases", line.all.cases}, {"overdue", line.all.overdue}, {"grades", std::move(grades)}};
}

bool more_urgent(const BoardLine& a, const BoardLine& b) {
    if (a.all.overdue != b.all.overdue) return a.all.overdue > b.all.overdue;
    for (const auto grade : gravest_first) {
        const auto ours = of_grade(a, grade).cases, theirs = of_grade(b, grade).cases;
        if (ours != theirs) return ours > theirs;
    }
    return false;
}

const Clock* late_clock(const Case& kase, Instant now) {
    const Clock* found = nullptr;
    for (const auto& clock : kase.clocks)
        if (clock.open() && clock.cls != ClockClass::reference && clock.due.at <= now &&
            (!found || clock.due.at < found->due.at))
            found = &clock;
    return found;
}

json::object view_late(const Case& kase, const Clock& clock,
                       const std::function<Instant()>& owner_since, const Lens& lens) {
    const auto shown = view_clock(clock, kase, lens);
    json::object why;
    for (const auto* key : {"name", "label", "due_at", "kind", "basis", "started_at"})
        why[key] = shown.at(key);
    const auto held = [&]() -> json::object {
        if (const auto* assignment = kase.assignment(AssignmentId{clock.subject}))
            return holder(assignment->addressee, "addressee", assignment->told_at, lens);
        if (const auto* request = kase.request(RequestId{clock.subject}))
            return holder({Addressee::Kind::post, request->approver.value}, "approver",
                          request->made_at, lens);
        return holder({Addressee::Kind::post, kase.owner.post.value}, "owner", owner_since(), lens);
    };
    return {{"clock", std::move(why)}, {"holder", held()}};
}

}  // namespace jinqiao::adapters::http
