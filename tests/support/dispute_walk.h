#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "engine/kernel/payload.h"
#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

// Makes payloads that fit a schema and mostly make sense on a case: references lead somewhere,
// instants lie behind us, dates ahead of us. The same seed makes the same walk.
class PayloadMaker {
  public:
    PayloadMaker(DisputeStory& story, std::uint32_t seed) : story_(story), random_(seed) {}

    boost::json::object make(const engine::kernel::Action& action, const engine::model::Case& kase);
    boost::json::object alert();

    bool chance(int percent) { return number(0, 99) < percent; }
    int number(int least, int most) {
        return std::uniform_int_distribution<int>(least, most)(random_);
    }
    template <class List>
    const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(number(0, static_cast<int>(list.size()) - 1))];
    }

  private:
    DisputeStory& story_;
    std::mt19937 random_;

    boost::json::object object(const engine::kernel::Fields& fields,
                               const engine::model::Case& kase);
    boost::json::value one(const engine::kernel::Field& field, const engine::model::Case& kase);
    boost::json::value reference(const engine::kernel::Field& field,
                                 const engine::model::Case& kase);
    std::string instant();
    std::string date();
    void polish(const std::string& action, boost::json::object& payload,
                const engine::model::Case& kase);
    void likely(const std::string& action, boost::json::object& payload,
                const engine::model::Case& kase);
    boost::json::object approval(const engine::model::Case& kase);
};

// Walks at random through whatever is allowed, for so many steps: actions by people who may do
// them, time that passes, people who leave. What was carried out is told to `after`.
class DisputeWalk {
  public:
    explicit DisputeWalk(std::uint32_t seed);

    DisputeStory story;
    std::uint64_t accepted = 0, tried = 0;

    void run(int steps);

  private:
    PayloadMaker make_;
    std::vector<engine::model::Actor> people_;
    std::vector<std::string> ids_;

    void act();
    void file();
};

}  // namespace jinqiao::tests
