#include "engine/runtime/receipts.h"

#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

TEST(Receipts, OpenTheCaseTheyWereGivenForAndNothingElse) {
    Office office;
    auto one = submission(filing(3));
    one.receipt = "hash-1";
    const auto answer = office.send(std::move(one));
    const auto* done = accepted(answer);
    ASSERT_NE(done, nullptr);
    const auto reader = office.reader();
    EXPECT_EQ(runtime::case_of_receipt(*reader, "hash-1").value(), done->kase->id);
    EXPECT_FALSE(runtime::case_of_receipt(*reader, "hash-2").value().has_value());
    EXPECT_FALSE(runtime::case_of_receipt(*reader, "").value().has_value());
}

TEST(Receipts, OfARefusedFilingAreNotKept) {
    Office office;
    auto one = submission(filing(-3));
    one.receipt = "hash-1";
    EXPECT_NE(refused(office.send(std::move(one))), nullptr);
    EXPECT_FALSE(runtime::case_of_receipt(*office.reader(), "hash-1").value().has_value());
}

}  // namespace
}  // namespace jinqiao::tests
