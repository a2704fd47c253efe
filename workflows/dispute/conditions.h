#pragma once
#include <string>
#include <utility>
#include <vector>

#include "workflows/dispute/machine.h"

namespace jinqiao::workflows::dispute {

// What a row asks: gates refuse with a reason, routes choose among rows of one source and event.
// A route id that starts with "!" must not hold.
struct Conditions {
    std::vector<std::string> gates;
    std::vector<std::string> routes;
};

// One round of questions: remembers every reason, so that a refusal names all of them at once.
class Asking {
  public:
    explicit Asking(const Questions& questions) : questions_(questions) {}

    // False if a route says otherwise, without asking the gates; else whether all gates hold.
    bool holds(const Conditions& conditions);
    bool routed(const std::vector<std::string>& routes) const;
    bool gates_hold(const std::vector<std::string>& gates);

    // Whether a gate, rather than a route, has said no since the last begin().
    void begin() { refused_ = false; }
    bool refused() const { return refused_; }

    const std::vector<model::Message>& reasons() const { return reasons_; }

  private:
    bool gate_holds(const std::string& id);

    const Questions& questions_;
    std::vector<std::pair<std::string, bool>> asked_;  // gate, and whether it held
    std::vector<model::Message> reasons_;
    bool refused_ = false;
};

}  // namespace jinqiao::workflows::dispute
