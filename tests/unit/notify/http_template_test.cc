#include "adapters/notify/http/template.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "adapters/notify/http/sample.h"
#include "adapters/notify/text.h"
#include "tests/support/hostile.h"

namespace jinqiao::adapters::notify::http {
namespace {

namespace json = boost::json;

std::string filled(const std::string& source, Escape escape, const Values& values) {
    return Template(source, escape).fill(values);
}

TEST(Template, EscapesHoweverItIsAsked) {
    for (const char* source :
         {"\"{{text}}\"", "\"{{{text}}}\"", "\"{{&text}}\"", "\"{{#text}}{{.}}{{/text}}\""})
        EXPECT_EQ(filled(source, Escape::json, {{"text", "a\"b"}}), R"("a\"b")") << source;
}

TEST(Template, WhatIsEmptyIsNotThere) {
    const std::string source =
        "{{#sign_url}}link {{sign_url}}{{/sign_url}}{{^sign_url}}none{{/sign_url}}";
    EXPECT_EQ(filled(source, Escape::text, {{"sign_url", "x"}}), "link x");
    EXPECT_EQ(filled(source, Escape::text, {{"sign_url", ""}}), "none");
    EXPECT_EQ(filled("[{{nothing}}]", Escape::text, {}), "[]");
}

TEST(Template, SecretsHaveNames) {
    EXPECT_EQ(filled("{{secret.token}}", Escape::form, {{"secret.token", "a b"}}), "a%20b");
}

TEST(Template, SaysWhatItNames) {
    const Template pattern("{{a}}{{{ b }}}{{#c}}{{^d}}{{! x }}{{.}}{{/d}}{{/c}}", Escape::text);
    EXPECT_EQ(pattern.fault(), "");
    EXPECT_EQ(pattern.names(), (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST(Template, RefusesWhatIsNoMustacheOrReachesOutside) {
    for (const char* source : {"{{#a}}", "{{/a}}", "{{a", "{{> file}}", "{{=<% %>=}}<% a %>"})
        EXPECT_FALSE(Template(source, Escape::text).fault().empty()) << source;
}

TEST(Template, JsonStaysTheSameJsonWhateverPeopleWrite) {
    const Template pattern(R"({"to": ["{{address}}"], "text": "{{subject}}\n{{text}}"})",
                           Escape::json);
    for (const std::string& text : tests::hostile_texts()) {
        json::error_code wrong;
        const json::value value =
            json::parse(pattern.fill({{"address", "1"}, {"subject", text}, {"text", text}}), wrong);
        ASSERT_FALSE(wrong) << text.substr(0, 40);
        ASSERT_EQ(value.as_object().size(), 2U) << text.substr(0, 40);
        EXPECT_EQ(value.at("text").as_string(), clean_lines(text) + "\n" + clean_lines(text));
    }
}

TEST(Template, XmlStaysTheSameXmlWhateverPeopleWrite) {
    const Template pattern(
        R"(<?xml version="1.0"?><m a="{{text}}"><t>{{text}}</t><c><![CDATA[{{text}}]]></c></m>)",
        Escape::xml);
    const auto marks = [](const std::string& text) {
        return std::count(text.begin(), text.end(), '<') * 1000 +
               std::count(text.begin(), text.end(), '>') * 100 +
               std::count(text.begin(), text.end(), '"');
    };
    const auto expected = marks(pattern.fill({{"text", "x"}}));
    for (const std::string& text : tests::hostile_texts()) {
        const std::string result = pattern.fill({{"text", text}});
        EXPECT_EQ(xml_fault(result), "") << text.substr(0, 40);
        EXPECT_EQ(marks(result), expected) << text.substr(0, 40);
    }
}

TEST(Template, AFormStaysTheSameFormWhateverPeopleWrite) {
    const Template pattern("to={{address}}&text={{text}}", Escape::form);
    for (const std::string& text : tests::hostile_texts()) {
        const std::string result = pattern.fill({{"address", "1"}, {"text", text}});
        EXPECT_EQ(std::count(result.begin(), result.end(), '&'), 1) << text.substr(0, 40);
        EXPECT_EQ(std::count(result.begin(), result.end(), '='), 2) << text.substr(0, 40);
        EXPECT_EQ(result.find_first_of(" \r\n+#?\"<>"), std::string::npos) << text.substr(0, 40);
    }
}

TEST(Template, AHeaderIsOneLineWhateverPeopleWrite) {
    const Template pattern("case {{text}}", Escape::header);
    for (const std::string& text : tests::hostile_texts())
        EXPECT_EQ(pattern.fill({{"text", text}}).find_first_of("\r\n"), std::string::npos)
            << text.substr(0, 40);
}

const Values known{
    {"text", ""}, {"address", ""}, {"exercise", ""}, {"timestamp", ""}, {"grade", ""}};

std::string fault_of(const std::string& source, Escape format) {
    return format_fault(Template(source, format), format, known);
}

TEST(Sample, AcceptsWhatHoldsWhateverPeopleWrite) {
    for (const char* source :
         {R"({"text":"{{text}}","at":{{timestamp}}})",
          R"({"exercise":{{#exercise}}true{{/exercise}}{{^exercise}}false{{/exercise}}})",
          R"(["{{text}}"])", R"({"a":1{{#text}},"b":2{{/text}}{{#grade}},"c":3{{/grade}}})"})
        EXPECT_EQ(fault_of(source, Escape::json), "") << source;
    EXPECT_EQ(fault_of("<a><b c='{{text}}'/>{{text}}</a>", Escape::xml), "");
    EXPECT_EQ(fault_of("to={{address}}&text={{text}}", Escape::form), "");
    EXPECT_EQ(fault_of("anything {{text}}", Escape::text), "");
}

TEST(Sample, FindsWhatPeopleCouldBreak) {
    for (const char* source :
         {R"({"text":{{text}}})", R"({"text":"{{text}}",})", R"({text:"{{text}}"})", "",
          R"({"exercise":{{exercise}}})", R"({"a":"{{text}})", R"({"{{text}}":1})",
          R"({"a":1{{#grade}},"b":{{grade}}{{/grade}}})"})
        EXPECT_NE(fault_of(source, Escape::json), "") << source;
    for (const char* source : {"<a>{{text}}", "<a b={{text}}/>", "{{text}}", "<a></b>", "<a/><b/>",
                               "<{{text}}/>", "<a><!-- {{text}}</a>", "<a {{text}}/>"})
        EXPECT_NE(fault_of(source, Escape::xml), "") << source;
    for (const char* source :
         {"to={{address}} & text={{text}}", "to=\"{{address}}\"", "短信={{text}}"})
        EXPECT_NE(fault_of(source, Escape::form), "") << source;
}

}  // namespace
}  // namespace jinqiao::adapters::notify::http
