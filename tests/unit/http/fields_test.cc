#include "adapters/http/fields.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace jinqiao::adapters::http {
namespace {

namespace json = boost::json;

const json::object data = json::parse(R"({
  "alert": {"enterprise": {"name": "X"}, "reporter": {"name": {"ref": "p1", "digest": "d"},
            "phone": {"ref": "p2", "digest": "d"}, "role": "chair"}},
  "demands": [{"code": "compensation"}],
  "sessions": [{"result": "secret talks"}],
  "agreements": [{"text": "…"}],
  "conversation": [{"from": "filer", "text": {"ref": "p1", "digest": "d"}}],
  "private_notes": [{"by": "liu", "text": "mine"}, {"by": "sun", "text": "hers"}]})")
                              .as_object();

json::value value_of(const std::string& ref, bool sealed_too) {
    if (ref == "p1" && !sealed_too) return nullptr;
    return json::string("value of " + ref);
}

json::object seen_by(Reading reading) { return visible(data, FieldRules{}, reading, value_of); }

TEST(Fields, TheReporterIsKnownByRoleOnly) {
    const auto seen = seen_by({engine::model::PersonId{"liu"}, false, false});
    EXPECT_EQ(seen.at("alert").at("reporter"), json::value({{"role", "chair"}}));
    EXPECT_TRUE(seen.contains("sessions"));
}

TEST(Fields, OwnerAndFilerReadNameAndTelephone) {
    const auto seen = seen_by({engine::model::PersonId{"liu"}, false, true});
    EXPECT_EQ(seen.at("alert").at("reporter").at("name"), "value of p1");
    EXPECT_EQ(seen.at("alert").at("reporter").at("phone"), "value of p2");
}

TEST(Fields, PrivateNotesAreForTheirAuthor) {
    const auto seen = seen_by({engine::model::PersonId{"sun"}, false, true});
    ASSERT_EQ(seen.at("private_notes").as_array().size(), 1U);
    EXPECT_EQ(seen.at("private_notes").at(0).at("text"), "hers");
    EXPECT_FALSE(seen_by({engine::model::PersonId{"wu"}, false, true}).contains("private_notes"));
    EXPECT_FALSE(seen_by({engine::model::PersonId{}, false, true}).contains("private_notes"));
}

TEST(Fields, ADepartmentSeesTheEventAndNotTheTalks) {
    const auto seen = seen_by({engine::model::PersonId{"he"}, true, false});
    EXPECT_TRUE(seen.contains("demands"));
    EXPECT_FALSE(seen.contains("sessions"));
    EXPECT_FALSE(seen.contains("agreements"));
}

TEST(Fields, WhatIsSaidWithTheFilerIsForTheOwner) {
    EXPECT_FALSE(seen_by({engine::model::PersonId{"liu"}, false, true}).contains("conversation"));
    EXPECT_FALSE(seen_by({engine::model::PersonId{"he"}, true, false}).contains("conversation"));
    const auto seen = seen_by({engine::model::PersonId{"liu"}, false, false, true});
    EXPECT_EQ(seen.at("conversation").at(0).at("text"), "value of p1");
}

TEST(Fields, AnOpeningIsForItsTwoPersonsAndForItsTime) {
    const auto held = json::parse(R"({"alert": {"filing": "confidential"}, "openings": [
        {"by": "liu", "approver": "qian", "until": "2026-03-03T10:00:00+08:00"},
        {"by": "sun", "approver": "qian", "until": "not a time"}]})")
                          .as_object();
    const auto at = [](const char* text) { return *engine::time::parse_rfc3339(text); };
    const auto open = [&](const char* who, const char* when) {
        return opened_to(held, engine::model::PersonId{who}, at(when));
    };
    EXPECT_TRUE(in_confidence(held));
    EXPECT_FALSE(in_confidence(data));
    EXPECT_TRUE(open("liu", "2026-03-03T09:59:59+08:00"));
    EXPECT_TRUE(open("qian", "2026-03-02T10:00:00+08:00"));
    EXPECT_FALSE(open("liu", "2026-03-03T10:00:00+08:00"));
    EXPECT_FALSE(open("sun", "2026-03-02T10:00:00+08:00"));
    EXPECT_FALSE(open("", "2026-03-02T10:00:00+08:00"));
    EXPECT_FALSE(opened_to(data, engine::model::PersonId{"liu"}, at("2026-03-02T10:00:00+08:00")));
}

TEST(Fields, AReferenceThatCannotBeReadIsNull) {
    const auto seen = visible(data, FieldRules{}, {{}, false, true}, {});
    EXPECT_TRUE(seen.at("alert").at("reporter").at("name").is_null());
}

}  // namespace
}  // namespace jinqiao::adapters::http
