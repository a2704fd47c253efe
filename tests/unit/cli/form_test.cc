// Questions made from a schema, answered by a person who makes mistakes.
#include "adapters/cli/ask/form.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>

namespace jinqiao::adapters::cli::ask {
namespace {

namespace json = boost::json;

const engine::time::Instant now = *engine::time::parse_rfc3339("2026-11-20T08:40:12+08:00");

class FormTest : public ::testing::Test {
  protected:
    // What comes out when the person types these lines.
    std::optional<json::object> answers(const std::string& schema, const std::string& typed,
                                        json::object known = {}) {
        std::istringstream in(typed);
        Asker asker(speech_, in, shown_, {});
        return Form(asker, now).all(json::parse(schema).as_object(), std::move(known));
    }
    std::string text(const std::string& schema, const std::string& typed) {
        const auto got = answers(schema, typed);
        return got ? json::serialize(*got) : "given up";
    }
    // A schema of one field `a`.
    static std::string one(const std::string& field, bool needed = false) {
        return R"({"properties": {"a": )" + field + R"(}, "x-order": ["a"])" +
               (needed ? R"(, "required": ["a"]})" : "}");
    }

    Speech speech_{engine::model::Language::en};
    std::ostringstream shown_;
};

const std::string grades = R"({"title": "Grade", "type": "string",
    "oneOf": [{"const": "red", "title": "Red"}, {"const": "blue", "title": "Blue"}]})";

TEST_F(FormTest, AsksInOrderAndLeavesOutWhatIsNotKnown) {
    EXPECT_EQ(text(R"({"properties": {"b": {"title": "Second", "type": "string"},
                                      "a": {"title": "First", "type": "string"},
                                      "c": {"title": "Third", "type": "string"}},
                       "x-order": ["a", "b", "c"]})",
                   "  one \n\nthree\n"),
              R"({"a":"one","c":"three"})");
    EXPECT_LT(shown_.str().find("First"), shown_.str().find("Second"));
}

TEST_F(FormTest, WhatIsNeededIsAskedForUntilItIsThere) {
    EXPECT_EQ(text(one(R"({"title": "Reason", "type": "string"})", true), "\n\nso\n"),
              R"({"a":"so"})");
    EXPECT_NE(shown_.str().find("This one is needed"), std::string::npos);
}

TEST_F(FormTest, CodesAreAnsweredByNumberCodeOrTitle) {
    EXPECT_EQ(text(one(grades), "2\n"), R"({"a":"blue"})");
    EXPECT_EQ(text(one(grades), "red\n"), R"({"a":"red"})");
    EXPECT_EQ(text(one(grades), "Blue\n"), R"({"a":"blue"})");
    EXPECT_EQ(text(one(grades), "3\n0\n1 2\n1\n"), R"({"a":"red"})");
    EXPECT_EQ(text(one(grades), "\n"), "{}");
}

TEST_F(FormTest, SeveralCodesMayBeGivenOnceEach) {
    const std::string list = R"({"title": "Grades", "type": "array", "items": )" + grades + "}";
    EXPECT_EQ(text(one(list), "2 1 2\n"), R"({"a":["blue","red"]})");
    EXPECT_EQ(text(one(list), "1，2\n"), R"({"a":["red","blue"]})");
    EXPECT_EQ(text(one(list), "1 9\n2\n"), R"({"a":["blue"]})");
    EXPECT_EQ(text(one(list), "\n"), "{}");
}

TEST_F(FormTest, NumbersFlagsAndDatesAreChecked) {
    EXPECT_EQ(text(one(R"({"title": "N", "type": "integer", "minimum": 0})"), "many\n-1\n1.5\n7\n"),
              R"({"a":7})");
    EXPECT_EQ(text(one(R"({"title": "F", "type": "boolean"})"), "perhaps\nn\n"), R"({"a":false})");
    EXPECT_EQ(text(one(R"({"title": "F", "type": "boolean"})"), "是\n"), R"({"a":true})");
    EXPECT_EQ(text(one(R"({"title": "D", "type": "string", "format": "date"})"),
                   "2026-02-30\n2026-02-28\n"),
              R"({"a":"2026-02-28"})");
    EXPECT_EQ(text(one(R"({"title": "T", "type": "string", "maxLength": 2})"), "三个字\n两字\n"),
              R"({"a":"两字"})");
}

TEST_F(FormTest, TimesAreWrittenAsPeopleDo) {
    EXPECT_EQ(instant_of("now", now), "2026-11-20T08:40:12+08:00");
    EXPECT_EQ(instant_of("现在", now), "2026-11-20T08:40:12+08:00");
    EXPECT_EQ(instant_of("8:05", now), "2026-11-20T08:05:00+08:00");
    EXPECT_EQ(instant_of("2026-11-19 23:30", now), "2026-11-19T23:30:00+08:00");
    EXPECT_EQ(instant_of("2026-11-19T15:30:00Z", now), "2026-11-19T23:30:00+08:00");
    EXPECT_FALSE(instant_of("25:00", now));
    EXPECT_FALSE(instant_of("yesterday", now));
    EXPECT_FALSE(instant_of("", now));
}

TEST_F(FormTest, PartsAreAskedForOnlyIfWanted) {
    const std::string part = R"({"title": "Lay-off", "type": "object",
        "properties": {"on": {"title": "On", "type": "string", "format": "date"}},
        "x-order": ["on"]})";
    EXPECT_EQ(text(one(part), "\n"), "{}");
    EXPECT_EQ(text(one(part), "y\n2026-12-01\n"), R"({"a":{"on":"2026-12-01"}})");
    EXPECT_EQ(text(one(part), "y\n\n"), "{}");
    const std::string list = R"({"title": "Consents", "type": "array", "items": )" + part + "}";
    EXPECT_EQ(text(one(list), "y\n2026-12-01\ny\n2026-12-02\n\n"),
              R"({"a":[{"on":"2026-12-01"},{"on":"2026-12-02"}]})");
    EXPECT_EQ(text(one(list, true), "2026-12-01\n\n"), R"({"a":[{"on":"2026-12-01"}]})");
}

TEST_F(FormTest, EndOfInputGivesUp) {
    EXPECT_EQ(text(one(grades), ""), "given up");
    EXPECT_EQ(text(one(R"({"title": "Reason", "type": "string"})", true), "\n\n"), "given up");
}

TEST_F(FormTest, WhatIsKnownIsNotAskedForAgain) {
    const auto got = answers(one(grades), "", {{"a", "red"}});
    ASSERT_TRUE(got);
    EXPECT_EQ(shown_.str(), "");
}

TEST_F(FormTest, SomeFieldsOfPartsByTheirPath) {
    std::istringstream in("Factory\n\n");
    Asker asker(speech_, in, shown_, {});
    json::object into;
    const auto schema = json::parse(R"({"properties": {"firm": {"type": "object",
        "properties": {"name": {"title": "Name", "type": "string"},
                       "site": {"title": "Site", "type": "string"}}}}})")
                            .as_object();
    EXPECT_TRUE(Form(asker, now).some(schema, {"firm.name", "firm.site", "no.such"}, into));
    EXPECT_EQ(json::serialize(into), R"({"firm":{"name":"Factory"}})");
}

TEST_F(FormTest, SummaryIsInWords) {
    std::istringstream in;
    Asker asker(speech_, in, shown_, {});
    const auto schema = json::parse(one(grades)).as_object();
    Form(asker, now).show(schema, {{"a", "blue"}});
    EXPECT_NE(shown_.str().find("Grade  Blue"), std::string::npos) << shown_.str();
}

}  // namespace
}  // namespace jinqiao::adapters::cli::ask
