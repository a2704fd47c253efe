#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <sstream>

#include "adapters/cli/client_show.h"

namespace jinqiao::adapters::cli {
namespace {

std::string shown(const std::string& json,
                  engine::model::Language language = engine::model::Language::en) {
    const Speech speech(language);
    std::ostringstream out, err;
    const Context context{speech, out, err};
    show_case(context, boost::json::parse(json));
    return out.str();
}

const std::string base = R"({"number": "JQ-2026-000001", "grade": "yellow", "clocks": [], )";

// The day on which the limitation ends is what a worker must know; it stood in the data only.
TEST(Show, LimitationThatBeganAnewHasItsNewDate) {
    const auto text = shown(base + R"("data": {"resets": [{"reason": "arbitration",
        "at": "2026-10-12T11:00:00+08:00", "due": "2027-10-13T00:00:00+08:00"}]}})");
    EXPECT_NE(text.find("Limitation: began anew 2026-10-12 11:00: arbitration applied for; "
                        "ends 2027-10-13 00:00"),
              std::string::npos)
        << text;
}

TEST(Show, EachGroupSaysHowManyHaveSignedAndHowManyAreNeeded) {
    const auto text =
        shown(base + R"("answers": [{"group": "", "told": 5, "signed": 2, "enough": 3},
        {"group": "law", "told": 2, "signed": 1, "enough": 1}]})");
    EXPECT_NE(text.find("Signed: 2 of 5, 3 needed"), std::string::npos) << text;
    EXPECT_NE(text.find("law: 1 of 2, 1 needed"), std::string::npos) << text;
}

TEST(Show, TaskForceIsShownWhileThereIsOne) {
    const std::string formed =
        R"("data": {"task_force": {"post": "supervisor2", "formed_at": "2026-03-25T00:00:00+08:00")";
    EXPECT_NE(shown(base + formed + "}}}").find("led by supervisor2, 0 reviews"),
              std::string::npos);
    EXPECT_EQ(shown(base + formed + R"(, "dissolved_at": "2026-03-26T00:00:00+08:00"}}})")
                  .find("supervisor2"),
              std::string::npos);
}

// Whoever has just filed must not read that nobody was reached while the messages are on their way.
TEST(Show, ASideThatWasToldIsNotCalledUnreached) {
    const auto text = shown(base + R"("sides": {"union": {"told": 1, "reached": false},
        "government": {"told": 0, "reached": false}}})");
    EXPECT_NE(text.find("Union side: sent, not yet delivered"), std::string::npos) << text;
    EXPECT_NE(text.find("Government side: not reached"), std::string::npos) << text;
}

// Sixteen departments that are told at once filled a page.
TEST(Show, HistoryIsInWordsAndCountsWhatIsAlike) {
    const Speech speech(engine::model::Language::zh);
    std::ostringstream out, err;
    const Context context{speech, out, err};
    show_history(context, boost::json::parse(R"({"items": [{"seq": 1,
        "at": "2026-11-20T08:30:00+08:00", "command": "file", "text": "提交预警",
        "actor": {"person": "p_1", "person_name": "示例甲"},
        "events": [{"name": "told", "text": "已通知"}, {"name": "told", "text": "已通知"},
                   {"name": "odd", "text": ""}]}]})"));
    EXPECT_NE(out.str().find("1     2026-11-20 08:30  提交预警  示例甲  已通知 ×2、odd"),
              std::string::npos)
        << out.str();
}

TEST(Show, ChineseIsChinese) {
    const auto text = shown(base + R"("data": {"resets": [{"reason": "no_deal",
        "at": "2026-10-12T11:00:00+08:00", "due": "2027-10-13T00:00:00+08:00"}]}})",
                            engine::model::Language::zh);
    EXPECT_NE(text.find("仲裁时效"), std::string::npos) << text;
    EXPECT_NE(text.find("调解不成"), std::string::npos) << text;
}

}  // namespace
}  // namespace jinqiao::adapters::cli
