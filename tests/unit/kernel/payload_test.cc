#include "engine/kernel/payload.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::kernel {
namespace {

namespace json = boost::json;
using Words = std::vector<std::string>;

const time::Instant kNow = time::testing::at("2026-03-03 10:00");

Field field(const std::string& name, FieldType type, bool required = false) {
    Field out;
    out.name = name;
    out.type = type;
    out.required = required;
    out.title = {"题" + name, "title of " + name};
    return out;
}

// Faults as "code field".
Words faults(const Fields& fields, const json::object& payload) {
    Words out;
    for (const auto& fault : validate(fields, payload, kNow)) {
        EXPECT_EQ(fault.args.at(0).first, "field");
        out.push_back(fault.code + " " + fault.args.at(0).second);
    }
    return out;
}

Words one(FieldType type, const json::value& value) {
    return faults({field("f", type)}, {{"f", value}});
}

const Words kNone;
const Words kType{"payload.type f"};

TEST(Payload, AllFaultsAreFoundAtOnce) {
    Fields fields = {field("a", FieldType::text, true), field("b", FieldType::integer),
                     field("c", FieldType::date, true)};
    EXPECT_EQ(
        faults(fields, {{"b", "x"}, {"c", "2026-02-30"}, {"d", 1}}),
        (Words{"payload.unknown d", "payload.required a", "payload.type b", "payload.type c"}));
}

TEST(Payload, NullIsAbsent) {
    EXPECT_EQ(faults({field("a", FieldType::text, true)}, {{"a", nullptr}}),
              Words{"payload.required a"});
    EXPECT_EQ(faults({field("a", FieldType::integer)}, {{"a", nullptr}}), kNone);
}

TEST(Payload, RequiredTextIsNeverBlank) {
    const Fields fields = {field("reason", FieldType::text, true)};
    for (const auto* blank : {"", "   ", "\n\t", "\u3000\u3000 "})
        EXPECT_EQ(faults(fields, {{"reason", blank}}), Words{"payload.blank reason"});
    EXPECT_EQ(faults(fields, {{"reason", "　讨薪"}}), kNone);
    EXPECT_EQ(one(FieldType::text, " "), kNone) << "an optional one may be";
}

TEST(Payload, LengthIsCountedInCharacters) {
    auto text = field("f", FieldType::text);
    text.max_length = 4;
    EXPECT_EQ(faults({text}, {{"f", "劳动争议"}}), kNone);
    EXPECT_EQ(faults({text}, {{"f", "劳动争议案"}}), Words{"payload.length f"});
}

TEST(Payload, ControlCharactersAreRefused) {
    EXPECT_EQ(one(FieldType::text, "line\nline\ttab\r\n"), kNone);
    EXPECT_EQ(one(FieldType::text, json::string("a\0b", 3)), Words{"payload.control f"});
    EXPECT_EQ(one(FieldType::text, "bell\a"), Words{"payload.control f"});
}

TEST(Payload, NumbersAreWholeAndWithinBounds) {
    EXPECT_EQ(one(FieldType::integer, 0), kNone);
    EXPECT_EQ(one(FieldType::integer, -1), Words{"payload.least f"});
    EXPECT_EQ(one(FieldType::integer, 1.0), kType);
    EXPECT_EQ(one(FieldType::integer, "1"), kType);
    EXPECT_EQ(one(FieldType::money_fen, std::uint64_t{1} << 63U), kType);
    EXPECT_EQ(one(FieldType::money_fen, 1'000'000'000'000'001), Words{"payload.least f"});
    auto workers = field("f", FieldType::integer);
    workers.least = 1;
    EXPECT_EQ(faults({workers}, {{"f", 0}}), Words{"payload.least f"});
}

TEST(Payload, EachTypeTakesItsOwn) {
    EXPECT_EQ(one(FieldType::boolean, true), kNone);
    EXPECT_EQ(one(FieldType::boolean, "true"), kType);
    EXPECT_EQ(one(FieldType::instant, "2026-03-03T09:00:00+08:00"), kNone);
    EXPECT_EQ(one(FieldType::instant, "2026-03-03 09:00"), kType);
    EXPECT_EQ(one(FieldType::date, "2026-02-28"), kNone);
    EXPECT_EQ(one(FieldType::date, "2026-02-30"), kType);
    EXPECT_EQ(one(FieldType::budget, "2 W"), kNone);
    EXPECT_EQ(one(FieldType::budget, "two weeks"), kType);
    EXPECT_EQ(one(FieldType::post, "liaison"), kNone);
    EXPECT_EQ(one(FieldType::document, 7), kType);
    EXPECT_EQ(one(FieldType::object, json::array{}), kType);
    EXPECT_EQ(one(FieldType::any, json::array{1, "two"}), kNone);
}

TEST(Payload, CodeIsOneOfThoseListed) {
    auto kind = field("kind", FieldType::code, true);
    kind.codes = {{"talk", {"谈话", "talk"}}, {"mediation", {"调解", "mediation"}}};
    EXPECT_EQ(faults({kind}, {{"kind", "talk"}}), kNone);
    EXPECT_EQ(faults({kind}, {{"kind", "Talk"}}), Words{"payload.code kind"});
}

TEST(Payload, WhatOccurredDidNotOccurInTheFuture) {
    const Fields fields = {field("occurred_at", FieldType::instant),
                           field("until", FieldType::instant)};
    EXPECT_EQ(faults(fields, {{"occurred_at", "2026-03-03T10:00:00+08:00"}}), kNone);
    EXPECT_EQ(faults(fields, {{"occurred_at", "2026-03-03T10:00:01+08:00"}}),
              Words{"payload.future occurred_at"});
    EXPECT_EQ(faults(fields, {{"until", "2027-01-01T00:00:00+08:00"}}), kNone);
}

TEST(Payload, ListsAndObjectsAreCheckedWithTheirPath) {
    auto consents = field("consents", FieldType::object, true);
    consents.list = true;
    consents.fields = {field("at", FieldType::instant, true), field("side", FieldType::text)};
    EXPECT_EQ(faults({consents}, {{"consents", json::array{}}}),
              Words{"payload.required consents"});
    EXPECT_EQ(faults({consents}, {{"consents", "both"}}), Words{"payload.type consents"});
    EXPECT_EQ(
        faults({consents},
               {{"consents",
                 {{{"at", "2026-03-03T09:00:00+08:00"}}, {{"at", "x"}, {"sides", 2}}, "neither"}}}),
        (Words{"payload.unknown consents.1.sides", "payload.type consents.1.at",
               "payload.type consents.2"}));
}

TEST(Payload, ListHasAnEnd) {
    auto list = field("f", FieldType::text);
    list.list = true;
    EXPECT_EQ(faults({list}, {{"f", json::array(500, "x")}}), kNone);
    EXPECT_EQ(faults({list}, {{"f", json::array(501, "x")}}), Words{"payload.length f"});
}

// A personal value is taken out before the decision; its reference stands in its place.
TEST(Payload, ReferenceStandsForAPersonalValueOnly) {
    auto name = field("name", FieldType::text, true);
    const json::object reference{{"name", {{"ref", "r1"}, {"digest", "d1"}}}};
    EXPECT_EQ(faults({name}, reference), Words{"payload.type name"});
    name.personal = true;
    EXPECT_EQ(faults({name}, reference), kNone);
    EXPECT_EQ(faults({name}, {{"name", {{"ref", "r1"}}}}), Words{"payload.type name"});
}

// --- schema -----------------------------------------------------------------------------------

TEST(Schema, NamesOrderTitleAndRequiredFields) {
    const auto made = schema({field("b", FieldType::text, true), field("a", FieldType::boolean)},
                             model::Language::zh);
    EXPECT_EQ(made.at("type"), "object");
    EXPECT_EQ(made.at("x-order"), (json::array{"b", "a"}));
    EXPECT_EQ(made.at("required"), (json::array{"b"}));
    EXPECT_EQ(made.at("additionalProperties"), false);
    const auto& b = made.at("properties").as_object().at("b").as_object();
    EXPECT_EQ(b.at("title"), "题b");
    EXPECT_EQ(b.at("minLength"), 1);
    EXPECT_EQ(b.at("maxLength"), 4000);
    EXPECT_FALSE(schema({field("a", FieldType::any)}, model::Language::en).contains("required"));
}

json::object typed(Field of) {
    const auto made = schema({std::move(of)}, model::Language::en);
    return made.at("properties").as_object().at("f").as_object();
}

TEST(Schema, SaysTheTypeOfEachField) {
    EXPECT_EQ(typed(field("f", FieldType::integer)).at("minimum"), 0);
    EXPECT_EQ(typed(field("f", FieldType::boolean)).at("type"), "boolean");
    EXPECT_EQ(typed(field("f", FieldType::instant)).at("format"), "date-time");
    EXPECT_EQ(typed(field("f", FieldType::date)).at("format"), "date");
    EXPECT_FALSE(typed(field("f", FieldType::any)).contains("type"));
    EXPECT_EQ(typed(field("f", FieldType::money_fen)).at("x-kind"), "money_fen");
    for (const auto& [type, kind] : {std::pair{FieldType::post, "post"},
                                     {FieldType::person, "person"},
                                     {FieldType::document, "document"},
                                     {FieldType::case_ref, "case"},
                                     {FieldType::budget, "budget"},
                                     {FieldType::reference, "reference"}})
        EXPECT_EQ(typed(field("f", type)).at("x-kind"), kind);
}

TEST(Schema, CodesAreOfferedWithTheirTitles) {
    auto kind = field("f", FieldType::code);
    kind.codes = {{"talk", {"谈话", "talk it over"}}};
    const auto made = typed(kind);
    const auto& offered = made.at("oneOf").as_array().at(0).as_object();
    EXPECT_EQ(offered.at("const"), "talk");
    EXPECT_EQ(offered.at("title"), "talk it over");
}

TEST(Schema, ListWrapsItsItems) {
    auto list = field("f", FieldType::object, true);
    list.list = true;
    list.fields = {field("at", FieldType::instant, true)};
    const auto made = typed(list);
    EXPECT_EQ(made.at("type"), "array");
    EXPECT_EQ(made.at("minItems"), 1);
    EXPECT_EQ(made.at("title"), "title of f");
    const auto& items = made.at("items").as_object();
    EXPECT_EQ(items.at("required"), (json::array{"at"}));
}

}  // namespace
}  // namespace jinqiao::engine::kernel
