#include "engine/runtime/incidents.h"

#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

// What a decision about another case of the same enterprise would read now.
std::vector<engine::kernel::EarlierCase> earlier(Office& office, const model::CaseId& like,
                                                 bool exercise) {
    const auto enterprise = office.stored(like).enterprise;
    auto batch = office.store.begin();
    EXPECT_TRUE(batch.ok());
    runtime::CaseCache cache{10};
    runtime::Transaction tx(**batch, cache, office.clock.now(), office.world.get());
    runtime::Incidents incidents;
    auto found = incidents.before(tx, enterprise, model::CaseId{"another"}, exercise);
    EXPECT_TRUE(found.ok());
    return found.ok() ? *found : std::vector<engine::kernel::EarlierCase>{};
}

// An exercise used to be told as a real case, and counted as the second incident of its enterprise.
TEST(Incidents, ExerciseIsKnownAsOne) {
    Office office;
    const auto real = office.file();
    office.clock.forward(std::chrono::minutes{1});
    ASSERT_NE(accepted(office.send(filing(3, {{"exercise", true}}))), nullptr);
    const auto real_ones = earlier(office, real, false);
    ASSERT_EQ(real_ones.size(), 1U);
    EXPECT_EQ(real_ones[0].id, real);
    EXPECT_FALSE(real_ones[0].exercise);
    const auto exercises = earlier(office, real, true);
    ASSERT_EQ(exercises.size(), 1U);
    EXPECT_TRUE(exercises[0].exercise);
}

}  // namespace
}  // namespace jinqiao::tests
