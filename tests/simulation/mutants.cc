#include "tests/simulation/mutants.h"

#include <algorithm>
#include <functional>

namespace jinqiao::tests {

using engine::model::PersonId;
using engine::model::PostId;
using engine::policy::Directory;
using engine::policy::Ladder;
using engine::policy::Policy;
using engine::policy::StepKind;

namespace {

class Maker {
  public:
    Maker(const Policy& policy, const Directory& directory, engine::time::Instant at)
        : policy_(std::make_shared<const Policy>(policy)),
          directory_(std::make_shared<const Directory>(directory)),
          at_(at) {}

    std::vector<Mutant> all() {
        ladders();
        clocks();
        posts();
        people();
        ways_to_reach();
        requests();
        tellings();
        return std::move(out_);
    }

  private:
    void policy(const char* kind, const std::string& what, const std::string& clock,
                const std::function<void(Policy&)>& change) {
        auto changed = std::make_shared<Policy>(*policy_);
        change(*changed);
        out_.push_back({kind, what, clock, changed, directory_});
    }

    void directory(const char* kind, const std::string& what,
                   const std::function<void(Directory&)>& change) {
        auto changed = std::make_shared<Directory>(*directory_);
        change(*changed);
        out_.push_back({kind, what, {}, policy_, changed});
    }

    void ladders() {
        for (std::size_t i = 0; i < policy_->ladders.size(); ++i) {
            const auto& ladder = policy_->ladders[i];
            const auto on = [&](const char* kind, const std::function<void(Ladder&)>& change) {
                policy(kind, ladder.name, ladder.clock,
                       [&](Policy& changed) { change(changed.ladders[i]); });
            };
            for (std::size_t r = 0; r < ladder.rungs.size(); ++r)
                policy("rung deleted", ladder.name + "." + ladder.rungs[r].name, ladder.clock,
                       [&](Policy& changed) {
                           auto& rungs = changed.ladders[i].rungs;
                           rungs.erase(rungs.begin() + static_cast<std::ptrdiff_t>(r));
                       });
            on("last rung no longer repeats", [](Ladder& of) { of.rungs.back().every.reset(); });
            on("last rung repeats twice", [](Ladder& of) { of.rungs.back().most = 2; });
            on("nobody but the owner is told", [](Ladder& of) {
                for (auto& rung : of.rungs) {
                    rung.to = {"owner"};
                    rung.step = StepKind::remind;
                }
            });
            on("nobody is told", [](Ladder& of) {
                for (auto& rung : of.rungs) rung.to.clear();
            });
            policy("ladder deleted", ladder.name, ladder.clock, [&](Policy& changed) {
                changed.ladders.erase(changed.ladders.begin() + static_cast<std::ptrdiff_t>(i));
            });
            policy("ladder put first", ladder.name, ladder.clock, [&](Policy& changed) {
                auto first = ladder;
                first.states.clear();
                first.grades.clear();
                changed.ladders.insert(changed.ladders.begin(), first);
            });
        }
    }

    void clocks() {
        for (const auto& [name, rule] : policy_->clocks) {
            const auto times = [&, &clock = name](const char* kind, std::int64_t n,
                                                  std::int64_t d) {
                policy(kind, clock, clock, [&](Policy& changed) {
                    for (auto& budget : changed.clocks.at(clock).budget)
                        if (budget)
                            budget->amount = std::max<std::int64_t>(1, budget->amount * n / d);
                });
            };
            if (rule.cls == engine::model::ClockClass::reference) continue;
            times("deadline stretched to twice", 2, 1);
            times("deadline stretched eightfold", 8, 1);
            times("deadline cut to a third", 1, 3);
        }
    }

    void posts() {
        for (const auto& [id, post] : directory_->posts) {
            const auto& name = id;
            directory("deputies deleted", id.value,
                      [&](Directory& changed) { changed.posts.at(name).deputies.clear(); });
            directory("post deleted", id.value, [&](Directory& changed) {
                changed.posts.erase(name);
                std::erase_if(changed.terms, [&](const auto& each) { return each.post == name; });
                for (auto& [other, of] : changed.posts) std::erase(of.deputies, name);
            });
            if (post.deputies.empty()) continue;
            directory("loop of deputies closed", id.value, [&](Directory& changed) {
                changed.posts.at(post.deputies.back()).deputies = {name};
            });
        }
    }

    void people() {
        for (const auto& [id, post] : directory_->posts) {
            const auto& name = id;
            directory("holder gone", id.value, [&](Directory& changed) {
                std::erase_if(changed.terms, [&](const auto& each) {
                    return each.post == name && each.rank == 0;
                });
            });
            directory("deputy gone", id.value, [&](Directory& changed) {
                std::erase_if(changed.terms,
                              [&](const auto& each) { return each.post == name && each.rank > 0; });
            });
            directory("nobody in the post", id.value, [&](Directory& changed) {
                std::erase_if(changed.terms, [&](const auto& each) { return each.post == name; });
            });
            directory("terms end in five months", id.value, [&](Directory& changed) {
                for (auto& each : changed.terms)
                    if (each.post == name) each.until = at_ + std::chrono::hours{24 * 150};
            });
        }
        for (const auto& [id, person] : directory_->people) {
            const auto& who = id;
            directory("disabled", id.value,
                      [&](Directory& changed) { changed.people.at(who).enabled = false; });
            directory("away for three months", id.value, [&](Directory& changed) {
                changed.absences.push_back(
                    {who, at_ + std::chrono::hours{24 * 60}, at_ + std::chrono::hours{24 * 150}});
            });
        }
    }

    void ways_to_reach() {
        directory("channel deleted", "file", [](Directory& changed) { changed.channels.clear(); });
        for (const auto& [id, post] : directory_->posts) {
            const auto& name = id;
            directory("desk without channel", id.value,
                      [&](Directory& changed) { changed.posts.at(name).contacts.clear(); });
            directory("desk and people without channel", id.value, [&](Directory& changed) {
                changed.posts.at(name).contacts.clear();
                for (const auto& term : changed.terms)
                    if (term.post == name) changed.people.at(term.person).contacts.clear();
            });
        }
    }

    void requests() {
        for (const auto& [kind, rule] : policy_->requests) {
            const auto& of = kind;
            for (const int needed : {2, 5, 12})
                policy("more approvals needed", kind + " " + std::to_string(needed), {},
                       [&](Policy& changed) { changed.requests.at(of).needed = needed; });
            policy("approved by the duty desk", kind, {}, [&](Policy& changed) {
                changed.requests.at(of).approvers = {PostId{"duty_desk"}};
            });
            policy("approved by a post that is not", kind, {}, [&](Policy& changed) {
                changed.requests.at(of).approvers = {PostId{"nowhere"}};
            });
        }
    }

    void tellings() {
        for (const auto& [event, rule] : policy_->notices) {
            const auto& of = event;
            policy("notice deleted", event, {},
                   [&](Policy& changed) { changed.notices.erase(of); });
        }
        for (std::size_t i = 0; i < policy_->routing.routes.size(); ++i)
            policy("route deleted", policy_->routing.routes[i].id, {}, [&](Policy& changed) {
                auto& routes = changed.routing.routes;
                routes.erase(routes.begin() + static_cast<std::ptrdiff_t>(i));
            });
        for (const auto& [state, post] : policy_->offers) {
            const auto& of = state;
            policy("offered to a post that is not", state, {},
                   [&](Policy& changed) { changed.offers.at(of) = PostId{"nowhere"}; });
        }
    }

    std::shared_ptr<const Policy> policy_;
    std::shared_ptr<const Directory> directory_;
    engine::time::Instant at_;
    std::vector<Mutant> out_;
};

}  // namespace

std::vector<Mutant> mutants(const Policy& policy, const Directory& directory,
                            engine::time::Instant at) {
    return Maker(policy, directory, at).all();
}

}  // namespace jinqiao::tests
