// The configuration as shipped, against the workflows of this program.

#include <algorithm>

#include "config/check.h"
#include "tests/unit/config/config_fixture.h"
#include "workflows/catalogue.h"

namespace jinqiao::tests {

namespace {

class Shipped : public testing::Test {
  protected:
    Shipped() : workflows(workflows::catalogue()) {
        std::vector<const kernel::Workflow*> borrowed;
        for (const auto& workflow : workflows) borrowed.push_back(workflow.get());
        loaded = config::load(source_dir / "config", borrowed, some_day);
    }
    const engine::policy::Policy& policy() { return *loaded.configuration->policies.at("dispute"); }

    std::vector<std::shared_ptr<const kernel::Workflow>> workflows;
    config::Loaded loaded;
};

}  // namespace

TEST_F(Shipped, HasNoFaultAndNoWarning) {
    for (const auto& fault : loaded.faults)
        ADD_FAILURE() << config::describe(fault, *loaded.texts, model::Language::en);
    EXPECT_TRUE(loaded.configuration);
}

// Every clock that can be late is on a ladder that begins before it is and ends with somebody.
TEST_F(Shipped, EveryLegalClockWithABudgetHasALadder) {
    ASSERT_TRUE(loaded.configuration);
    for (const auto& [name, rule] : policy().clocks) {
        if (rule.cls != model::ClockClass::legal || !rule.budget[0]) continue;
        EXPECT_NE(engine::policy::ladder_for(policy().ladders, name, "verifying",
                                             model::GradeLevel::yellow),
                  nullptr)
            << name;
    }
}

TEST_F(Shipped, EveryStageClockIsLadderedInEveryState) {
    ASSERT_TRUE(loaded.configuration);
    for (const auto& [name, rule] : policy().clocks)
        for (const auto grade : {model::GradeLevel::blue, model::GradeLevel::red})
            for (const auto& state : workflows.front()->states()) {
                const bool runs = rule.cls == model::ClockClass::stage &&
                                  rule.budget[static_cast<std::size_t>(grade)];
                const auto* ladder =
                    engine::policy::ladder_for(policy().ladders, name, state.name, grade);
                EXPECT_TRUE(!runs || ladder != nullptr) << name << " " << state.name;
            }
}

// A case that nobody touched rang its supervisor some two hundred times a day, for ever.
TEST_F(Shipped, WhatNobodyAnswersRingsAtMostThriceADayInTheEnd) {
    ASSERT_TRUE(loaded.configuration);
    for (const auto& ladder : policy().ladders) {
        const auto& every = ladder.rungs.back().every;
        if (!every) continue;  // of a clock that ends by itself when it is due
        const auto next = engine::time::add(*loaded.configuration->calendar, some_day, *every);
        EXPECT_GE(next - some_day, std::chrono::hours{8}) << ladder.name;
    }
}

TEST_F(Shipped, PolicyReadsBackFromItsText) {
    ASSERT_TRUE(loaded.configuration);
    const auto again = config::read_policy(policy().text);
    ASSERT_TRUE(again.ok()) << again.error().where << " " << again.error().what;
    EXPECT_EQ(again.value()->id, policy().id);
    EXPECT_EQ(again.value()->clocks.size(), policy().clocks.size());
    EXPECT_EQ(again.value()->params, policy().params);
}

// The table of dispute-machine.md 1.3, red to blue.
TEST_F(Shipped, SafetyClocksAreThoseOfTheTable) {
    ASSERT_TRUE(loaded.configuration);
    const auto spelled = [&](const char* clock) {
        std::string text;
        const auto& budget = policy().clock(clock)->budget;
        for (auto at = budget.rbegin(); at != budget.rend(); ++at)
            text += (text.empty() ? "" : " / ") + (*at ? engine::time::to_string(**at) : "-");
        return text;
    };
    EXPECT_EQ(spelled("st.ack"), "10 min / 20 min / 1 h / 4 h");
    EXPECT_EQ(spelled("st.dispatch"), "15 min / 30 min / 2 h / -");
    EXPECT_EQ(spelled("st.on_site"), "1 h / 2 h / 1 W / -");
    EXPECT_EQ(spelled("rep.first"), "30 min / 1 h / 4 h / 24 h");
    EXPECT_EQ(spelled("st.progress"), "24 h / 2 W / 3 W / 5 W");
    EXPECT_EQ(spelled("st.handover"), "10 min / 30 min / 4 wh / 4 wh");
}

TEST_F(Shipped, RefusalsSpeakWordsNotCodes) {
    const auto& texts = *loaded.texts;
    EXPECT_EQ(texts.text(model::Message{"G.calm", {{"b", "gate_block"}}}, model::Language::zh),
              "堵门 仍在持续，不能结案");
    EXPECT_EQ(texts.text(model::Message{"G.two", {{"why", "same_person"}}}, model::Language::zh),
              "须由另一人批准（不得由同一人批准）");
    const auto no_row = texts.text(
        model::Message{"no_transition", {{"state", "reported"}, {"event", "close_settled"}}},
        model::Language::zh);
    EXPECT_EQ(no_row.find("reported"), std::string::npos) << no_row;
    EXPECT_EQ(no_row.find("close_settled"), std::string::npos) << no_row;
}

// In a list of notices people read what each is about, not its code.
TEST_F(Shipped, EveryNoticeHasAName) {
    const auto& texts = *loaded.texts;
    EXPECT_GT(texts.notices.size(), 40u);
    for (const auto& [event, text] : texts.notices)
        EXPECT_TRUE(event == "default" || texts.has("notice." + event)) << event;
}

}  // namespace jinqiao::tests
