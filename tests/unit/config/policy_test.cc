#include <boost/json/parse.hpp>

#include "config/read_policy.h"
#include "config/tree.h"
#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

using engine::policy::Policy;

namespace {

class PolicyText : public ConfigFolder {
  protected:
    std::shared_ptr<const Policy> policy() {
        const auto loaded = load();
        EXPECT_TRUE(loaded.configuration);
        return loaded.configuration ? loaded.configuration->policies.at("toy") : nullptr;
    }
};

}  // namespace

TEST_F(PolicyText, IsCanonicalJsonUnderItsOwnHash) {
    const auto one = policy();
    EXPECT_EQ(one->id.value, config::content_hash(one->text));
    EXPECT_EQ(one->id.value.size(), 64u);
    EXPECT_TRUE(one->text.starts_with(R"({"grading":{"rules":[{"at_least":"yellow","id":"many")"));
}

TEST_F(PolicyText, DoesNotChangeWithCommentsOrderOrSpacing) {
    const auto before = policy()->id;
    write("routing.yaml", R"(# the same, written otherwise
government_side: ["hrss"]
union_side:
  - union
routes:
  - source: test
    department: "hrss"
    copy_below: yellow
    from: blue
  - {source: test, from: blue, department: union}
)");
    EXPECT_EQ(policy()->id, before);
}

TEST_F(PolicyText, ChangesWithAnyValue) {
    const auto before = policy()->id;
    append(folder / "grading.yaml",
           "periods: [{id: p, text: {zh: 期, en: p}, from: 2026-10-01, to: 2026-10-07}]\n");
    EXPECT_NE(policy()->id, before);
}

TEST_F(PolicyText, IsReadBackAsItWas) {
    const auto one = policy();
    const auto again = config::read_policy(one->text);
    ASSERT_TRUE(again.ok()) << again.error().what;
    const Policy& read = *again.value();
    EXPECT_EQ(read.text, one->text);
    EXPECT_EQ(read.id, one->id);
    EXPECT_EQ(read.workflow, "toy");
    EXPECT_EQ(read.params.at("limit"), 3);
    EXPECT_EQ(read.offers.at("waiting").value, "duty_desk");
    EXPECT_EQ(read.requests.at("lower_grade").approvers.front().value, "duty_desk");
    EXPECT_EQ(read.requests.at("lower_grade").answer_clock, "st.answer");
    EXPECT_EQ(read.notices.at("something_happened").to, std::vector<std::string>{"owner"});
    ASSERT_EQ(read.ladders.size(), one->ladders.size());
    EXPECT_EQ(read.ladders[0].rungs[0].at.percent, 50);
    EXPECT_EQ(read.ladders[0].rungs[1].step, engine::policy::StepKind::hand_over);
    EXPECT_EQ(read.grading.rules[0].when.op, engine::policy::Condition::Op::at_least);
    EXPECT_TRUE(engine::policy::holds(read.grading.rules[0].when, {{"workers", 10}}));
}

TEST_F(PolicyText, ClocksHaveABudgetForEachGradeThatNamesOne) {
    const auto one = policy();
    const auto* ack = one->clock("st.ack");
    ASSERT_NE(ack, nullptr);
    EXPECT_EQ(engine::time::to_string(*ack->budget[0]), "4 h");
    EXPECT_EQ(engine::time::to_string(*ack->budget[3]), "10 min");
    const auto* answer = one->clock("st.answer");
    EXPECT_FALSE(answer->budget[0]) << "a dash is no clock";
    EXPECT_FALSE(answer->budget[1]) << "an absent grade is no clock";
    EXPECT_TRUE(answer->budget[3]);
    const auto* legal = one->clock("legal.end");
    for (const auto& budget : legal->budget) EXPECT_EQ(engine::time::to_string(*budget), "15 N");
    ASSERT_EQ(legal->also.size(), 1u);
    EXPECT_EQ(legal->also[0].first, "national");
}

// A case filed last year still names the department that is gone; it must remain readable.
TEST_F(PolicyText, OfACaseMayNameWhatIsNoLongerThere) {
    std::string text = policy()->text;
    for (auto at = text.find("hrss"); at != std::string::npos; at = text.find("hrss"))
        text.replace(at, 4, "gone");
    EXPECT_TRUE(config::read_policy(text).ok());
}

TEST(PolicyTextStored, ThatCannotBeReadIsCorruptNotAnException) {
    for (const char* text : {"", "[]", "{}", "{\"grading\":", "\xff",
                             R"({"workflow":1,"grading":{},"routing":{},"ladders":{}})"}) {
        const auto read = config::read_policy(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, model::ErrorCode::corrupt);
    }
}

TEST(Conditions, ReadEveryTest) {
    const auto holds = [](const std::string& yaml, const char* facts) {
        config::Faults faults;
        const auto tree = config::read_yaml_text("when: " + yaml, "x", faults);
        const auto condition = config::read_condition(*tree.find("when"), faults);
        EXPECT_TRUE(faults.empty()) << yaml;
        return engine::policy::holds(condition, boost::json::parse(facts).as_object());
    };
    EXPECT_TRUE(holds("{n: {at_least: 3}}", R"({"n": 3})"));
    EXPECT_FALSE(holds("{n: {over: 3}}", R"({"n": 3})"));
    EXPECT_TRUE(holds("{n: {at_most: 3, over: 1}}", R"({"n": 3})"));
    EXPECT_FALSE(holds("{n: {under: 3}}", R"({"n": 3})"));
    EXPECT_TRUE(holds("{n: 3}", R"({"n": 3})"));
    EXPECT_TRUE(holds("{n: {equals: true}}", R"({"n": true})"));
    EXPECT_TRUE(holds("{c: {one_of: [a, b]}}", R"({"c": "b"})"));
    EXPECT_TRUE(holds("{l: {contains: [a, b]}}", R"({"l": ["x", "b"]})"));
    EXPECT_TRUE(holds("{l: {contains: a}}", R"({"l": ["a"]})"));
    EXPECT_TRUE(holds("{any: [{n: 1}, {m: 1}]}", R"({"m": 1})"));
    EXPECT_FALSE(holds("{all: [{n: 1}, {m: 1}]}", R"({"m": 1})"));
    EXPECT_TRUE(holds("{not: {n: {at_least: 10}}}", R"({})")) << "unknown fails the inner test";
    EXPECT_FALSE(holds("{n: 1, not: {m: 1}}", R"({"n": 1, "m": 1})"));
}

}  // namespace jinqiao::tests
