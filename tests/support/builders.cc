#include "tests/support/builders.h"

#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace model = engine::model;
namespace policy = engine::policy;
namespace time = engine::time;
using policy::Condition;
using policy::Moment;
using policy::Rung;
using policy::StepKind;

namespace {

std::optional<time::Budget> maybe_budget(const std::string& text) {
    if (text.empty()) return {};
    return time::testing::budget(text);
}

Moment offset(Moment::Base base, const std::string& budget, bool before) {
    Moment out;
    out.base = base;
    out.offset = maybe_budget(budget);
    out.before = before;
    return out;
}

Rung rung(StepKind step, const std::string& name, Moment at, const std::vector<std::string>& to,
          const std::string& every, int most) {
    Rung out;
    out.name = name;
    out.at = std::move(at);
    out.step = step;
    out.to = to;
    out.every = maybe_budget(every);
    out.most = most;
    return out;
}

}  // namespace

DirectoryBuilder::DirectoryBuilder() { directory_.channels = {"file"}; }

DirectoryBuilder& DirectoryBuilder::post(const std::string& id,
                                         const std::vector<std::string>& deputies) {
    policy::Post post;
    post.id = model::PostId{id};
    post.name = {id, id};
    for (const auto& deputy : deputies) post.deputies.emplace_back(deputy);
    directory_.posts.emplace(post.id, post);
    return *this;
}

DirectoryBuilder& DirectoryBuilder::person(const std::string& id, const std::string& post,
                                           int rank) {
    policy::Person person;
    person.id = model::PersonId{id};
    person.name = id;
    person.contacts = {{"file", {}}};
    directory_.people.emplace(person.id, person);
    policy::Term term;
    term.person = person.id;
    term.post = model::PostId{post};
    term.rank = rank;
    term.from = time::testing::at("2020-01-01 00:00");
    directory_.terms.push_back(term);
    return *this;
}

DirectoryBuilder& DirectoryBuilder::department(const std::string& id, const std::string& desk) {
    policy::Department department;
    department.id = model::DepartmentId{id};
    department.name = {id, id};
    department.desk = model::PostId{desk};
    directory_.department_order.push_back(department.id);
    directory_.departments.emplace(department.id, department);
    return *this;
}

DirectoryBuilder& DirectoryBuilder::absent(const std::string& person, time::Instant from,
                                           time::Instant until) {
    directory_.absences.push_back({model::PersonId{person}, from, until});
    return *this;
}

DirectoryBuilder& DirectoryBuilder::fallback(const std::string& post) {
    directory_.fallback = model::PostId{post};
    return *this;
}

DirectoryBuilder& DirectoryBuilder::rota(const std::string& post, time::Instant begins, int hours,
                                         const std::vector<std::string>& order) {
    directory_.posts.at(model::PostId{post}).rota =
        policy::Rota{begins, std::chrono::hours{hours}, "test"};
    if (order.empty()) return *this;
    policy::Rotation rotation{model::PostId{post}, begins, {}};
    for (const auto& person : order) rotation.order.emplace_back(person);
    directory_.rotations.push_back(std::move(rotation));
    return *this;
}

DirectoryBuilder& DirectoryBuilder::natural_pair(const std::string& one, const std::string& other) {
    directory_.posts.at(model::PostId{one}).natural_deputy = model::PostId{other};
    directory_.posts.at(model::PostId{other}).natural_deputy = model::PostId{one};
    return *this;
}

DirectoryBuilder& DirectoryBuilder::inside(const std::string& enterprise, const std::string& post,
                                           const std::string& stands_for) {
    auto& own = directory_.posts.at(model::PostId{post});
    own.enterprise = model::EnterpriseId{enterprise};
    own.stands_for = model::PostId{stands_for};
    return *this;
}

DirectoryBuilder& DirectoryBuilder::unit(const std::string& post, policy::Unit unit) {
    directory_.posts.at(model::PostId{post}).unit = unit;
    return *this;
}

DirectoryBuilder& DirectoryBuilder::quiet(const std::string& person, const std::string& from,
                                          const std::string& until, const std::set<int>& days) {
    const auto minute = [](const std::string& text) {
        return std::chrono::hours{std::stoi(text.substr(0, 2))} +
               std::chrono::minutes{std::stoi(text.substr(3))};
    };
    directory_.people.at(model::PersonId{person})
        .quiet.push_back({minute(from), minute(until), days});
    return *this;
}

void disable(policy::Directory& directory, const std::string& person) {
    directory.people.at(model::PersonId{person}).enabled = false;
}

void end_term(policy::Directory& directory, const std::string& person, time::Instant until) {
    for (auto& term : directory.terms)
        if (term.person.value == person) term.until = until;
}

Moment share(int percent) {
    Moment out;
    out.base = Moment::Base::share;
    out.percent = percent;
    return out;
}

Moment due() { return offset(Moment::Base::due, "", false); }
Moment before_due(const std::string& budget) { return offset(Moment::Base::due, budget, true); }
Moment after_due(const std::string& budget) { return offset(Moment::Base::due, budget, false); }
Moment after_start(const std::string& budget) { return offset(Moment::Base::start, budget, false); }

Rung remind(const std::string& name, Moment at, const std::vector<std::string>& to,
            const std::string& every, int most) {
    return rung(StepKind::remind, name, std::move(at), to, every, most);
}
Rung inform(const std::string& name, Moment at, const std::vector<std::string>& to,
            const std::string& every, int most) {
    return rung(StepKind::inform, name, std::move(at), to, every, most);
}
Rung hand_over(const std::string& name, Moment at, const std::vector<std::string>& to,
               const std::string& every, int most) {
    return rung(StepKind::hand_over, name, std::move(at), to, every, most);
}
Rung raise(const std::string& name, Moment at, const std::string& what, const std::string& every,
           int most) {
    auto out = rung(StepKind::raise, name, std::move(at), {}, every, most);
    out.raise = what;
    return out;
}

policy::Ladder ladder(const std::string& clock, std::vector<Rung> rungs, const std::string& quiet) {
    policy::Ladder out;
    out.name = "ladder of " + clock;
    out.clock = clock;
    out.rungs = std::move(rungs);
    out.quiet = maybe_budget(quiet);
    return out;
}

policy::ClockRule clock_rule(const std::string& name, const std::string& budget,
                             model::ClockClass cls) {
    auto out = clock_rule(name, {budget, budget, budget, budget});
    out.cls = cls;
    return out;
}

policy::ClockRule clock_rule(const std::string& name, std::initializer_list<std::string> by_grade) {
    policy::ClockRule out;
    out.name = name;
    out.label = {name, name};
    out.source = "project default";
    std::size_t i = 0;
    for (const auto& budget : by_grade) out.budget.at(i++) = maybe_budget(budget);
    return out;
}

Condition test(Condition::Op op, const std::string& field, boost::json::value operand) {
    Condition out;
    out.op = op;
    out.field = field;
    out.operand = std::move(operand);
    return out;
}

Condition at_least(const std::string& field, int value) {
    return test(Condition::Op::at_least, field, value);
}

Condition join(Condition::Op op, std::vector<Condition> parts) {
    Condition out;
    out.op = op;
    out.parts = std::move(parts);
    return out;
}

policy::GradingRule lifts_to(const std::string& id, Condition when, model::GradeLevel level) {
    policy::GradingRule out;
    out.id = id;
    out.text = {id, id};
    out.when = std::move(when);
    out.at_least = level;
    return out;
}

policy::Route department_from(const std::string& id, model::GradeLevel from) {
    policy::Route out;
    out.id = id;
    out.from = from;
    return out;
}

model::Actor person(const std::string& id, const std::vector<std::string>& roles) {
    model::Actor out;
    out.kind = model::Actor::Kind::person;
    out.account = model::AccountId{"acc-" + id};
    out.person = model::PersonId{id};
    out.roles = roles;
    return out;
}

model::Actor department_account(const std::string& department) {
    auto out = person("", {"department"});
    out.account = model::AccountId{"acc-" + department};
    out.department = model::DepartmentId{department};
    return out;
}

}  // namespace jinqiao::tests
