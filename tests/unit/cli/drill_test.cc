#include "adapters/cli/drill_result.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <sstream>

namespace jinqiao::adapters::cli {
namespace {

const boost::json::value notices = boost::json::parse(R"({"items": [
  {"addressee": "department:hrss", "addressee_name": "HR", "channel": "file", "state": "delivered",
   "at": "2026-03-03T10:00:00+08:00", "delivered_at": "2026-03-03T10:00:01+08:00",
   "attempts": [{"code": "ok"}]},
  {"addressee": "department:police", "addressee_name": "Police", "channel": "city",
   "state": "pending", "at": "2026-03-03T10:00:00+08:00", "delivered_at": null,
   "attempts": [{"code": "timeout"}, {"code": "503"}]},
  {"addressee": "post:desk", "addressee_name": "Desk", "channel": "city", "state": "dead",
   "at": "2026-03-03T10:00:00+08:00", "delivered_at": null, "attempts": [{"code": "410"}]},
  {"addressee": "post:desk", "addressee_name": "Desk", "channel": "file", "state": "delivered",
   "at": "2026-03-03T10:00:05+08:00", "delivered_at": "2026-03-03T10:00:06+08:00",
   "attempts": [{"code": "ok"}]}]})");
const boost::json::value kase = boost::json::parse(R"({"assignments": [
  {"addressee": "department:hrss", "needs_sign": true, "signed_at": "2026-03-03T10:02:00+08:00"},
  {"addressee": "department:police", "needs_sign": true, "signed_at": null}]})");

TEST(DrillResult, WhoWasNotReachedStandsFirstWithTheReason) {
    const auto told = told_of(kase, notices);
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[0].addressee, "department:police");
    EXPECT_FALSE(told[0].reached());
    EXPECT_EQ(told[0].failure, "503");
    EXPECT_TRUE(told[1].reached() && told[2].reached());
}

TEST(DrillResult, WaysOfOneAddresseeAreOneLine) {
    const auto told = told_of(kase, notices);
    EXPECT_EQ(told[2].addressee, "post:desk");
    EXPECT_EQ(told[2].channels, (std::vector<std::string>{"city", "file"}));
    EXPECT_EQ(told[2].told_at, "2026-03-03T10:00:00+08:00");
    EXPECT_EQ(told[2].delivered_at, "2026-03-03T10:00:06+08:00");
}

TEST(DrillResult, WhoOwesASignatureIsWaitedFor) {
    auto told = told_of(kase, notices);
    EXPECT_TRUE(told[1].settled());  // signed
    EXPECT_TRUE(told[2].settled());  // need not
    told[1].signed_at.clear();
    EXPECT_FALSE(told[1].settled());
}

TEST(DrillResult, TheTableCountsAndNamesThem) {
    std::ostringstream out;
    std::ostringstream err;
    const Speech speech(engine::model::Language::en);
    const Context context{speech, out, err};
    show_told(context, told_of(kase, notices));
    EXPECT_NE(out.str().find("NOT REACHED (503)"), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("3 told, 2 reached, 1 signed."), std::string::npos) << out.str();
    const auto json = told_json(told_of(kase, notices));
    EXPECT_EQ(json.at("not_reached"), (boost::json::value{"department:police"}));
}

}  // namespace
}  // namespace jinqiao::adapters::cli
