#include "adapters/http/json_text.h"

#include <gtest/gtest.h>

#include <boost/json/value.hpp>

namespace jinqiao::adapters::http {
namespace {

JsonFault fault_of(std::string_view text) {
    auto parsed = parse_object(text);
    const auto* fault = std::get_if<JsonFault>(&parsed);
    if (!fault) {
        ADD_FAILURE() << "was taken: " << text;
        return {};
    }
    return *fault;
}

TEST(JsonText, TakesAnObjectWithAnythingInIt) {
    auto parsed = parse_object(R"( {"a": [1, {"b": null}], "中": "文 😀"} )");
    ASSERT_TRUE(std::holds_alternative<boost::json::object>(parsed));
    EXPECT_EQ(std::get<boost::json::object>(parsed).size(), 2U);
}

TEST(JsonText, NamesTheDuplicateByItsPath) {
    EXPECT_EQ(fault_of(R"({"a": 1, "a": 2})").kind, JsonFault::Kind::duplicate);
    EXPECT_EQ(fault_of(R"({"event": {"workers": 1, "workers": 2}})").field, "event.workers");
    EXPECT_EQ(fault_of(R"({"l": [{"x": 1}, {"x": 1, "x": 1}]})").field, "l.1.x");
    EXPECT_EQ(fault_of("{\"a\": 1, \"\\u0061\": 2}").kind, JsonFault::Kind::duplicate);
}

TEST(JsonText, TheSameNameInTwoObjectsIsNoDuplicate) {
    auto parsed = parse_object(R"({"l": [{"x": 1}, {"x": 2}], "x": {"x": 3}})");
    EXPECT_TRUE(std::holds_alternative<boost::json::object>(parsed));
}

TEST(JsonText, RefusesWhatIsNotJson) {
    for (const auto* text :
         {"", " ", "{", "{]", "{\"a\":}", "{\"a\":1,}", "{'a':1}", "{\"a\":NaN}", "{\"a\":1} x",
          "{\"a\":1}{}", "// c\n{}", "{\"a\":01}", "{\"a\":\"\n\"}", "{\"a\":\"\\ud800\"}"})
        EXPECT_EQ(fault_of(text).kind, JsonFault::Kind::malformed) << text;
}

TEST(JsonText, RefusesWhatIsNoObject) {
    for (const auto* text : {"[]", "1", "\"a\"", "null", "true"})
        EXPECT_EQ(fault_of(text).kind, JsonFault::Kind::not_object) << text;
}

TEST(JsonText, RefusesWrongEncodings) {
    for (const auto* text : {"{\"a\":\"\xff\"}", "{\"a\":\"\xc0\xaf\"}", "{\"a\":\"\xed\xa0\x80\"}",
                             "{\"a\":\"\xe4\xb8\"}", "\xef\xbb\xff{}", "{\"a\":\"\\udc00x\"}"})
        EXPECT_EQ(fault_of(text).kind, JsonFault::Kind::encoding) << text;
}

TEST(JsonText, RefusesNulInsideTexts) {
    const auto fault = fault_of("{\"note\": \"a\\u0000b\"}");
    EXPECT_EQ(fault.kind, JsonFault::Kind::control);
    EXPECT_EQ(fault.field, "note");
}

TEST(JsonText, RefusesWhatIsNestedTooDeeply) {
    const auto nested = [](int depth) {
        std::string text;
        for (int i = 0; i < depth; ++i) text += "{\"a\":";
        text += "1";
        for (int i = 0; i < depth; ++i) text += "}";
        return text;
    };
    EXPECT_TRUE(std::holds_alternative<boost::json::object>(parse_object(nested(32))));
    EXPECT_EQ(fault_of(nested(33)).kind, JsonFault::Kind::too_deep);
    EXPECT_EQ(fault_of(nested(5000)).kind, JsonFault::Kind::too_deep);
}

TEST(JsonText, LongTextsAndNamesAreWhole) {
    const std::string name(200, 'k');
    const std::string value(100000, 'v');
    auto parsed = parse_object("{\"" + name + "\":\"" + value + "\"}");
    ASSERT_TRUE(std::holds_alternative<boost::json::object>(parsed));
    EXPECT_EQ(std::get<boost::json::object>(parsed).at(name).as_string(), value);
}

}  // namespace
}  // namespace jinqiao::adapters::http
