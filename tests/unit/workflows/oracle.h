#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/dispute/machine.h"

// Answers for the table's questions without a case behind them.
namespace jinqiao::workflows::dispute {

// Says yes to every gate but the named ones, and only to the named routes.
class Fixed : public Questions {
  public:
    explicit Fixed(std::set<std::string, std::less<>> routes = {},
                   std::set<std::string, std::less<>> refusing = {})
        : routes_(std::move(routes)), refusing_(std::move(refusing)) {}

    std::optional<model::Message> gate(std::string_view id) const override {
        if (!refusing_.contains(id)) return std::nullopt;
        return model::Message{std::string(id), {}};
    }
    bool route(std::string_view id) const override { return routes_.contains(id); }

  private:
    std::set<std::string, std::less<>> routes_, refusing_;
};

// Walks through every combination of answers that could be asked for, and no other: a question met
// for the first time is a fork; answers already given stay. One-of families ("R.to(team)",
// "R.to(joint)") never say yes twice, and R.last and R.before do say yes once.
//
//   Forks forks;
//   do { forks.rewind(); fire(configuration, event, forks); } while (forks.next());
class Forks : public Questions {
  public:
    // Answers that follow from what is known and are no forks.
    std::map<std::string, bool, std::less<>> settled;

    void rewind() { asked_.clear(); }
    bool next();

    std::optional<model::Message> gate(std::string_view id) const override {
        if (answer(id)) return std::nullopt;
        return model::Message{std::string(id), {}};
    }
    bool route(std::string_view id) const override { return answer(id); }

    // The answer given in this round; false if it was not asked.
    bool said(std::string_view id) const;

  private:
    struct Answer {
        std::string id;
        bool yes;
        bool forced;
    };
    bool answer(std::string_view id) const;
    std::optional<bool> implied(std::string_view id) const;

    std::vector<Answer> path_;           // decisions of this round and those to come back to
    mutable std::vector<Answer> asked_;  // in order, this round
};

}  // namespace jinqiao::workflows::dispute
