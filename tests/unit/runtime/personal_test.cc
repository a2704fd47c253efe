#include "engine/runtime/personal.h"

#include <boost/json/serialize.hpp>

#include "engine/runtime/audit.h"
#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;

json::object reporter(const std::string& name, const std::string& phone) {
    return {{"reporter", {{"name", name}, {"phone", phone}, {"role", "worker"}}}};
}

model::CaseId file_with(Office& office, json::object more) {
    const auto answer = office.send(filing(3, std::move(more)));
    const auto* done = accepted(answer);
    return done != nullptr ? done->kase->id : model::CaseId{};
}

json::object payload_of(Office& office, const model::CaseId& id) {
    return office.last_row(id).at("command").as_object().at("payload").as_object();
}

TEST(Personal, ValuesAreKeptApartFromHistoryAndSnapshot) {
    Office office;
    const auto id = file_with(office, reporter("张三", "13800138000"));
    const auto row = office.reader()->find_case(id);
    for (const auto& text : {office.history(id.value)[0].body, (*row)->body, (*row)->summary}) {
        EXPECT_EQ(text.find("张三"), std::string::npos);
        EXPECT_EQ(text.find("13800138000"), std::string::npos);
    }
    const auto name = payload_of(office, id).at("reporter").as_object().at("name").as_object();
    EXPECT_EQ(text(name, "ref"), "p-" + id.value + "-1-1");
    const auto stored = office.reader()->personal(text(name, "ref"));
    ASSERT_TRUE(stored.ok() && *stored);
    EXPECT_EQ((*stored)->value, "张三");
    EXPECT_EQ((*stored)->field, "reporter.name");
    EXPECT_EQ((*stored)->cls, "sealed");
    EXPECT_EQ(payload_of(office, id).at("reporter").as_object().at("role").as_string(), "worker");
}

TEST(Personal, EqualValuesOfOneCaseHaveEqualDigestsAndOfTwoCasesNot) {
    Office office;
    const auto one = file_with(office, {{"witnesses", {"李四", "李四", "王五"}}});
    const auto list = payload_of(office, one).at("witnesses").as_array();
    const auto digest = [](const json::value& item) { return text(item.as_object(), "digest"); };
    EXPECT_EQ(digest(list[0]), digest(list[1]));
    EXPECT_NE(digest(list[0]), digest(list[2]));
    EXPECT_EQ(digest(list[0]).size(), 32U);

    const auto other = file_with(office, {{"witnesses", {"李四"}}});
    EXPECT_NE(digest(payload_of(office, other).at("witnesses").as_array()[0]), digest(list[0]));
}

TEST(Personal, ErasedValueLeavesTheChainWhole) {
    Office office;
    const auto id = file_with(office, reporter("张三", "13800138000"));
    const std::string ref = "p-" + id.value + "-1-1";
    {
        auto batch = office.store.begin();
        ASSERT_TRUE(runtime::erase_personal(**batch, ref, office.clock.now()).ok());
        ASSERT_TRUE((*batch)->commit().ok());
    }
    EXPECT_EQ((*office.reader()->personal(ref))->value, "");
    const auto report = runtime::verify(*office.reader());
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->breaks.empty());
    EXPECT_EQ(report->rows, 1U);
}

TEST(Personal, ChangedValueIsFoundOut) {
    Office office;
    const auto id = file_with(office, reporter("张三", "13800138000"));
    {
        auto batch = office.store.begin();
        auto row = (*batch)->personal("p-" + id.value + "-1-1");
        (*row)->value = "赵六";
        ASSERT_TRUE((*batch)->put_personal(**row).ok());
        ASSERT_TRUE((*batch)->commit().ok());
    }
    const auto report = runtime::verify(*office.reader());
    ASSERT_EQ(report->breaks.size(), 1U);
    EXPECT_EQ(report->breaks[0].what, "personal");
}

TEST(Personal, ErasingAnUnknownReferenceIsNotFound) {
    Office office;
    auto batch = office.store.begin();
    const auto done = runtime::erase_personal(**batch, "p-none-1-1", office.clock.now());
    EXPECT_EQ(done.error().code, model::ErrorCode::not_found);
}

TEST(Personal, InvalidPayloadIsRefusedAndNothingOfItIsStored) {
    Office office;
    json::object bad = reporter("张三", "13800138000");
    bad["days"] = "three";
    const auto answer = office.send(filing(3, bad));
    ASSERT_NE(refused(answer), nullptr);
    EXPECT_EQ(refused(answer)->kind, model::Refusal::Kind::invalid_payload);
    EXPECT_EQ(*office.reader()->count("open_cases"), 0U);
}

// A reference in a payload from outside would show its sender another case's secret.
TEST(Personal, ReferenceFromOutsideIsRefused) {
    Office office;
    const json::object borrowed{{"ref", "p-other-1-1"}, {"digest", "00"}};
    const auto answer =
        office.send(filing(3, {{"reporter", {{"name", borrowed}, {"phone", "1"}}}}));
    ASSERT_NE(refused(answer), nullptr);
    EXPECT_EQ(refused(answer)->kind, model::Refusal::Kind::invalid_payload);
}

}  // namespace
}  // namespace jinqiao::tests
