#include "config/catalogue.h"

#include <fstream>
#include <regex>
#include <set>

#include "config/files.h"
#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

using config::accept_language;
using config::Catalogue;
using config::word_due;
using config::word_instant;
using model::Language;

namespace {

engine::time::Instant at(std::string_view text) { return *engine::time::parse_rfc3339(text); }

Catalogue shipped_texts() {
    config::Faults faults;
    return config::load_texts(source_dir / "config/texts", faults);
}

}  // namespace

TEST(Catalogue, FillsNamedPlacesAndLeavesOtherBracesAlone) {
    Catalogue texts;
    texts.texts["a"] = {"缺{f}，请补", "{f} missing {file: PATH} {n"};
    EXPECT_EQ(texts.text(model::Message{"a", {{"f", "金额"}}}, Language::zh), "缺金额，请补");
    EXPECT_EQ(texts.text(model::Message{"a", {{"f", "amount"}}}, Language::en),
              "amount missing {file: PATH} {n");
    EXPECT_EQ(texts.text(model::Message{"a", {}}, Language::zh), "缺，请补");
}

TEST(Catalogue, ShowsACodeNobodyWordedWithItsArguments) {
    const Catalogue texts;
    EXPECT_EQ(texts.text(model::Message{"G.new", {}}, Language::zh), "G.new");
    EXPECT_EQ(texts.text(model::Message{"G.new", {{"f", "x"}, {"g", "y"}}}, Language::zh),
              "G.new (f=x, g=y)");
}

TEST(Catalogue, WordsArgumentsThatAreCodes) {
    Catalogue texts;
    texts.texts["a"] = {"{b}仍在持续", "{b} going on"};
    texts.texts["arg.b.gate_block"] = {"堵门", "gate blocked"};
    EXPECT_EQ(texts.text(model::Message{"a", {{"b", "gate_block, other"}}}, Language::zh),
              "堵门、other仍在持续");
    EXPECT_EQ(texts.text(model::Message{"a", {{"b", "gate_block"}}}, Language::en),
              "gate blocked going on");
    EXPECT_EQ(texts.text(model::Message{"a", {{"b", ""}}}, Language::en), " going on");
}

TEST(Catalogue, ArgumentsAreNotFilledThemselves) {
    Catalogue texts;
    texts.texts["a"] = {"{f}{g}", "{f}{g}"};
    EXPECT_EQ(texts.text(model::Message{"a", {{"f", "{g}"}, {"g", "1"}}}, Language::zh), "{g}1");
}

TEST(Catalogue, WordsGradesStagesAndBudgets) {
    const Catalogue texts = shipped_texts();
    EXPECT_EQ(texts.grade(model::GradeLevel::red, Language::zh), "红色（Ⅰ级）");
    EXPECT_EQ(texts.stage("coordinate", Language::en), "coordinate");
    EXPECT_EQ(texts.budget({3, engine::time::Unit::working_days}, Language::zh), "3个工作日");
    EXPECT_EQ(texts.budget({10, engine::time::Unit::minutes}, Language::en), "10 minutes");
}

TEST(Catalogue, WordsALineOfASumWithItsDatesAndInstants) {
    const Catalogue texts = shipped_texts();
    EXPECT_EQ(
        texts.line({"rolled", {{"from", "2026-10-03"}, {"to", "2026-10-08"}, {"name", "国庆节"}}},
                   Language::zh),
        "最后一日2026年10月3日在假期内（国庆节），顺延至2026年10月8日（民法典第203条）");
    EXPECT_EQ(texts.line({"budget", {{"amount", "15"}, {"unit", "N"}}}, Language::en),
              "period of 15 days");
    EXPECT_EQ(texts.line({"safe_until", {{"at", "2026-10-08T17:30:00+08:00"}}}, Language::zh),
              "须递交的材料请于2026年10月8日 17:30（下班）前送达");
}

TEST(Catalogue, EveryLineADueTimeCanHaveIsWorded) {
    const Catalogue texts = shipped_texts();
    const engine::time::Calendar calendar;
    for (const bool backward : {false, true})
        for (const char* budget : {"30 min", "3 wh", "15 N", "3 W", "1 months"}) {
            const engine::time::Rule rule{*engine::time::parse_budget(budget), {}, backward, true};
            const auto due = engine::time::due(calendar, rule, at("2026-01-31T10:00:00+08:00"));
            for (const auto& line : due.explain.lines())
                EXPECT_TRUE(texts.has("explain." + line.code)) << line.code;
        }
}

TEST(Catalogue, EveryTextHasBothLanguagesAndTheSamePlaces) {
    const Catalogue texts = shipped_texts();
    const std::regex place("\\{([a-z_0-9]+)\\}");
    const auto places = [&](const std::string& text) {
        std::set<std::string> names;
        for (std::sregex_iterator it(text.begin(), text.end(), place), end; it != end; ++it)
            names.insert((*it)[1]);
        return names;
    };
    for (const auto& [code, text] : texts.texts) {
        EXPECT_FALSE(text.zh.empty()) << code;
        EXPECT_FALSE(text.en.empty()) << code;
        EXPECT_EQ(places(text.zh), places(text.en)) << code;
    }
}

// A fault whose words are missing would be found by the person who made the fault.
// What matches in the sources of a folder.
std::set<std::string> literals(const fs::path& folder, const std::regex& pattern) {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(source_dir / folder)) {
        if (entry.path().extension() != ".cc") continue;
        const std::string source = slurp(entry.path());
        for (std::sregex_iterator it(source.begin(), source.end(), pattern), end; it != end; ++it)
            found.insert((*it)[1]);
    }
    return found;
}

// Codes of what the proof finds.
std::set<std::string> findings() {
    auto found = literals("engine/kernel/proof",
                          std::regex("\"((?:way|case|ladder|rung|reach|deadline|request|route|"
                                     "grading|department)\\.[a-z_]+)\""));
    found.merge(literals("config", std::regex("\"((?:calendar|template)\\.[a-z_]+)\"")));
    return found;
}

TEST(Catalogue, EveryCodeOfTheCheckIsWordedAndNoWordIsLeftOver) {
    const Catalogue texts = shipped_texts();
    const std::regex literal("\"(check\\.[a-z_.0-9]+)\"");
    auto used = literals("config", literal);
    used.merge(literals("engine/kernel/proof", literal));
    used.erase("check.proof.");  // put before a finding's code
    for (const std::string& code : used) EXPECT_TRUE(texts.has(code)) << code;
    for (const std::string& code : findings()) used.insert("check.proof." + code);
    for (const auto& [code, text] : texts.texts)
        EXPECT_TRUE(!code.starts_with("check.") || used.contains(code)) << code;
}

TEST(Catalogue, EveryFindingOfTheProofHasAParagraph) {
    const std::string manual = slurp(source_dir / "config/README.md");
    const auto codes = findings();
    EXPECT_GE(codes.size(), 20U);
    for (const std::string& code : codes)
        EXPECT_NE(manual.find("\n**" + code + "**"), std::string::npos) << code;
}

TEST(LocalTime, DueAtMidnightIsShownAsTwentyFourOfTheDayBefore) {
    EXPECT_EQ(word_due(at("2026-10-10T00:00:00+08:00"), Language::zh), "2026年10月9日 24:00");
    EXPECT_EQ(word_due(at("2026-10-10T00:00:00+08:00"), Language::en), "9 Oct 2026 24:00");
    EXPECT_EQ(word_due(at("2026-01-01T00:00:00+08:00"), Language::zh), "2025年12月31日 24:00");
    EXPECT_EQ(word_instant(at("2026-10-10T00:00:00+08:00"), Language::zh), "2026年10月10日 00:00");
}

TEST(LocalTime, ClockTimesAreShownInShanghaiTime) {
    EXPECT_EQ(word_due(at("2026-02-17T19:10:00Z"), Language::zh), "2026年2月18日 03:10");
    EXPECT_EQ(word_due(at("2026-02-18T00:00:30+08:00"), Language::zh), "2026年2月18日 00:00");
}

TEST(AcceptLanguage, TakesTheBestOfTheTwo) {
    EXPECT_EQ(accept_language("zh-CN,en;q=0.8", Language::en), Language::zh);
    EXPECT_EQ(accept_language("en-GB, zh;q=0.9", Language::zh), Language::en);
    EXPECT_EQ(accept_language("zh;q=0.2, EN;q=0.25", Language::zh), Language::en);
    EXPECT_EQ(accept_language("zh;q=0, en;q=0.001", Language::zh), Language::en);
}

TEST(AcceptLanguage, FallsBackWhereNeitherIsNamed) {
    EXPECT_EQ(accept_language("", Language::zh), Language::zh);
    EXPECT_EQ(accept_language("fr, de;q=0.5, *", Language::en), Language::en);
    EXPECT_EQ(accept_language(";;q=,,x", Language::zh), Language::zh);
    EXPECT_EQ(accept_language("en;q=0", Language::zh), Language::zh);
}

}  // namespace jinqiao::tests
