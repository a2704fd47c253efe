#include <gtest/gtest.h>

#include <set>

#include "engine/model/assignment.h"
#include "engine/model/clock.h"
#include "engine/model/command.h"
#include "engine/model/grade.h"
#include "engine/model/notice.h"
#include "engine/model/request.h"
#include "engine/model/result.h"

namespace jinqiao::engine::model {
namespace {

// The spelling of every enumerator from 0 up to `last`.
template <class E>
std::vector<std::string> spelled(E last) {
    std::vector<std::string> out;
    for (int i = 0; i <= static_cast<int>(last); ++i) out.emplace_back(name(static_cast<E>(i)));
    return out;
}

using Words = std::vector<std::string>;

// These words are on disk: a change here needs a migration.
TEST(Names, StoredSpellingsStay) {
    EXPECT_EQ(spelled(GradeLevel::red), (Words{"blue", "yellow", "orange", "red"}));
    EXPECT_EQ(spelled(ClockClass::reference), (Words{"stage", "legal", "reference"}));
    EXPECT_EQ(spelled(ClockState::closed),
              (Words{"running", "suspended", "met", "missed", "closed"}));
    EXPECT_EQ(spelled(AssignmentState::done),
              (Words{"told", "delivered", "signed", "accepted", "returned", "done"}));
    EXPECT_EQ(spelled(RequestState::void_),
              (Words{"pending", "approved", "rejected", "lapsed", "void"}));
    EXPECT_EQ(spelled(DeliveryState::dead), (Words{"pending", "delivered", "rejected", "dead"}));
    EXPECT_EQ(spelled(Addressee::Kind::person), (Words{"department", "post", "person"}));
    EXPECT_EQ(spelled(ErrorCode::internal),
              (Words{"invalid", "not_found", "conflict", "forbidden", "busy", "unavailable",
                     "disk_full", "unknown", "corrupt", "internal"}));
}

TEST(Names, GradeIsReadBackFromItsName) {
    for (auto level : {GradeLevel::blue, GradeLevel::yellow, GradeLevel::orange, GradeLevel::red})
        EXPECT_EQ(parse_grade(name(level)), level);
    EXPECT_FALSE(parse_grade("Red"));
    EXPECT_FALSE(parse_grade(""));
}

TEST(Names, AddresseeIsReadBackFromItsText) {
    for (const auto* text : {"department:hrss", "post:duty_desk", "person:p-7", "post:a:b"}) {
        const auto parsed = Addressee::parse(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(parsed->text(), text);
    }
    EXPECT_EQ(Addressee::parse("post:a:b")->id, "a:b");
    EXPECT_FALSE(Addressee::parse("hrss"));
    EXPECT_FALSE(Addressee::parse("office:hrss"));
}

TEST(Names, ErrorPathGrowsFromTheOutside) {
    const Error error{ErrorCode::invalid, "no such post", "owner"};
    EXPECT_EQ(error.under("dispute").where, "dispute.owner");
    EXPECT_EQ((Error{ErrorCode::busy, "full", ""}.under("store").where), "store");
}

TEST(Names, IdsOfTwoKindsAreTwoTypes) {
    static_assert(!std::is_convertible_v<PostId, DepartmentId>);
    static_assert(!std::is_convertible_v<std::string, PostId>);
    EXPECT_LT(CaseId{"a"}, CaseId{"b"});
    EXPECT_TRUE(CaseId{}.empty());
}

}  // namespace
}  // namespace jinqiao::engine::model
