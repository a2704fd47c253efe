#pragma once
#include <initializer_list>
#include <string>
#include <vector>

#include "engine/kernel/facts.h"
#include "engine/model/command.h"
#include "engine/policy/directory.h"
#include "engine/policy/policy.h"

// Short ways to write down in a test what a decision reads: who is who, and what the policy says.
namespace jinqiao::tests {

// Everybody built here holds the post from 2020 on and is reached through the channel "file".
class DirectoryBuilder {
  public:
    DirectoryBuilder();

    DirectoryBuilder& post(const std::string& id, const std::vector<std::string>& deputies = {});
    // Rank 0 is the holder, 1 the first deputy. A person may be added to several posts.
    DirectoryBuilder& person(const std::string& id, const std::string& post, int rank = 0);
    DirectoryBuilder& department(const std::string& id, const std::string& desk);
    DirectoryBuilder& absent(const std::string& person, engine::time::Instant from,
                             engine::time::Instant until);
    DirectoryBuilder& fallback(const std::string& post);
    // Shifts of so many hours from `begins` on, taken by these people in turn. They hold the post.
    DirectoryBuilder& rota(const std::string& post, engine::time::Instant begins, int hours,
                           const std::vector<std::string>& order = {});
    // The two stand in for each other.
    DirectoryBuilder& natural_pair(const std::string& one, const std::string& other);
    // A post of an enterprise, which is the zone's `stands_for` there.
    DirectoryBuilder& inside(const std::string& enterprise, const std::string& post,
                             const std::string& stands_for);
    DirectoryBuilder& unit(const std::string& post, engine::policy::Unit unit);
    // "22:00" and "07:00"; past midnight where until is not after from.
    DirectoryBuilder& quiet(const std::string& person, const std::string& from,
                            const std::string& until, const std::set<int>& days = {});
    engine::policy::Directory build() const { return directory_; }

  private:
    engine::policy::Directory directory_;
};

// Takes a person out of service, or a channel out of the world.
void disable(engine::policy::Directory& directory, const std::string& person);
void end_term(engine::policy::Directory& directory, const std::string& person,
              engine::time::Instant until);

// --- ladders ----------------------------------------------------------------------------------

engine::policy::Moment share(int percent);
engine::policy::Moment due();
engine::policy::Moment before_due(const std::string& budget);
engine::policy::Moment after_due(const std::string& budget);
engine::policy::Moment after_start(const std::string& budget);

engine::policy::Rung remind(const std::string& name, engine::policy::Moment at,
                            const std::vector<std::string>& to, const std::string& every = "",
                            int most = 0);
engine::policy::Rung inform(const std::string& name, engine::policy::Moment at,
                            const std::vector<std::string>& to, const std::string& every = "",
                            int most = 0);
engine::policy::Rung hand_over(const std::string& name, engine::policy::Moment at,
                               const std::vector<std::string>& to, const std::string& every = "",
                               int most = 0);
engine::policy::Rung raise(const std::string& name, engine::policy::Moment at,
                           const std::string& what, const std::string& every = "", int most = 0);

engine::policy::Ladder ladder(const std::string& clock, std::vector<engine::policy::Rung> rungs,
                              const std::string& quiet = "");

// --- the rest of a policy ---------------------------------------------------------------------

// One budget for all grades, or four of them: blue, yellow, orange, red; "" = no such clock.
engine::policy::ClockRule clock_rule(
    const std::string& name, const std::string& budget,
    engine::model::ClockClass cls = engine::model::ClockClass::stage);
engine::policy::ClockRule clock_rule(const std::string& name,
                                     std::initializer_list<std::string> by_grade);

engine::policy::Condition test(engine::policy::Condition::Op op, const std::string& field,
                               boost::json::value operand);
engine::policy::Condition at_least(const std::string& field, int value);
engine::policy::Condition join(engine::policy::Condition::Op op,
                               std::vector<engine::policy::Condition> parts);

engine::policy::GradingRule lifts_to(const std::string& id, engine::policy::Condition when,
                                     engine::model::GradeLevel level);
engine::policy::Route department_from(const std::string& id, engine::model::GradeLevel from);

// --- people -----------------------------------------------------------------------------------

// The account is named after the person: "wang" has the account "acc-wang".
engine::model::Actor person(const std::string& id, const std::vector<std::string>& roles = {});
engine::model::Actor department_account(const std::string& department);

}  // namespace jinqiao::tests
