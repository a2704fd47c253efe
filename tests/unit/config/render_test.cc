#include "config/render.h"

#include "config/files.h"
#include "tests/unit/config/config_fixture.h"

namespace jinqiao::tests {

using model::Addressee;
using model::GradeLevel;
using model::Language;
using model::Notice;

namespace {

class Rendering : public testing::Test {
  protected:
    Rendering() {
        config::Faults faults;
        auto texts = std::make_shared<config::Catalogue>(
            config::load_texts(source_dir / "config/texts", faults));
        texts->notices["test"] = {{"{{x}}", "{{x}}"}, {"{{reason}}|{{to}}", "{{reason}}|{{to}}"}};
        renderer = std::make_unique<config::MustacheRenderer>(
            texts, config::Labels{{"state:watching", {"关注中", "watching"}},
                                  {"clock:st.watch", {"关注复核", "review"}},
                                  {"post:liaison", {"园区联络员", "Park liaison"}},
                                  {"department:hrss", {"人社局", "HR"}}});
        notice.event = "rung.remind";
        notice.kase = model::CaseId("c1");
        notice.addressee = {Addressee::Kind::post, "liaison"};
        notice.grade = GradeLevel::orange;
    }

    engine::ports::Rendered render(const boost::json::object& values,
                                   Language language = Language::zh) {
        return renderer->render(notice, values, language);
    }

    std::unique_ptr<config::MustacheRenderer> renderer;
    Notice notice;
    const boost::json::object vars{
        {"number", "JQ-2026-000001"},
        {"state", "watching"},
        {"clock", "st.watch"},
        {"rung", "soon"},
        {"repeat", 0},
        {"due_ms", engine::time::to_ms(*engine::time::parse_rfc3339("2026-10-10T00:00:00+08:00"))},
        {"sign_url", "https://x/s/abc"}};
};

}  // namespace

TEST_F(Rendering, SaysTheEssentialFirstInChinese) {
    const auto said = render(vars);
    EXPECT_EQ(said.subject, "【橙色（Ⅱ级）】JQ-2026-000001 关注复核：即将到期");
    EXPECT_EQ(said.text,
              "即将到期：关注复核\n到期时间：2026年10月9日 24:00\n"
              "案件 JQ-2026-000001｜橙色（Ⅱ级）｜关注中\n请签收：https://x/s/abc");
}

TEST_F(Rendering, SaysTheSameInEnglish) {
    const auto said = render(vars, Language::en);
    EXPECT_EQ(said.subject, "[orange (II)] JQ-2026-000001 review: due soon");
    EXPECT_EQ(said.text,
              "due soon: review\nDue: 9 Oct 2026 24:00\n"
              "Case JQ-2026-000001 | orange (II) | watching\nPlease sign for it: https://x/s/abc");
}

TEST_F(Rendering, MarksAnExerciseInSubjectAndText) {
    notice.exercise = true;
    EXPECT_TRUE(render(vars).subject.starts_with("【演练】"));
    EXPECT_TRUE(render(vars).text.starts_with("【演练】"));
    EXPECT_TRUE(render(vars, Language::en).subject.starts_with("[EXERCISE] "));
}

TEST_F(Rendering, CountsRepetitionsFromTheSecondTime) {
    boost::json::object again = vars;
    again["repeat"] = 2;
    EXPECT_NE(render(again).text.find("第3次"), std::string::npos);
    EXPECT_EQ(render(vars).text.find("次"), std::string::npos);
}

TEST_F(Rendering, EscapesNothingAndKeepsSubjectsOnOneLine) {
    notice.event = "test";
    EXPECT_EQ(render({{"x", "a<b>&\"c\"\r\nd"}}).subject, "a<b>&\"c\"  d");
}

// What a person wrote may name somebody, and a template may one day ask for it.
TEST_F(Rendering, LeavesOutWhatPeopleWrote) {
    notice.event = "test";
    EXPECT_EQ(render({{"reason", "张三不在"}, {"to", "post:liaison"}}).text, "|园区联络员");
    notice.reason = "post:liaison: nobody holds the post";
    EXPECT_EQ(render({{"to", "hrss"}}).text, "园区联络员：岗位无人任职|人社局");
    notice.reason = "deputy post liaison";
    EXPECT_EQ(render({{"to", "red"}}, Language::en).text, "deputy: Park liaison|red (I)");
}

TEST_F(Rendering, OfAnUnknownEventUsesTheDefaultAndNeverFails) {
    notice.event = "something_new";
    EXPECT_EQ(render(vars).subject, "【橙色（Ⅱ级）】JQ-2026-000001 案件通知");
    EXPECT_FALSE(render({}).text.empty());
}

TEST_F(Rendering, DoesNotRunTemplatesFoundInValues) {
    notice.event = "test";
    EXPECT_EQ(render({{"x", "{{to}}{{{to}}}"}, {"to", "hrss"}}).subject, "{{to}}{{{to}}}");
}

// A channel with words of its own: those of the event, then its default, then the general ones.
class ChannelWords : public Rendering {
  protected:
    ChannelWords() {
        config::Faults faults;
        auto texts = std::make_shared<config::Catalogue>(
            config::load_texts(source_dir / "config/texts", faults));
        texts->notices["test"] = {{"主题", "subject"}, {"第一行\n第二行\n{{sign_url}}", "text"}};
        texts->sets["tiny"]["test"] = {{}, {"短：{{subject}}", "short: {{subject}}"}};
        texts->sets["tiny"]["default"] = {{"默认", "default"}, {}};
        renderer = std::make_unique<config::MustacheRenderer>(
            texts, config::Labels{}, std::chrono::minutes{480},
            config::TextsByChannel{
                {"tiny", {"tiny", 0}}, {"narrow", {"no such set", 40}}, {"gateway", {"short", 0}}});
        notice.event = "test";
    }
};

TEST_F(ChannelWords, ThoseOfTheEventGoBeforeTheGeneralOnes) {
    notice.channel = "tiny";
    const auto said = render(vars);
    EXPECT_EQ(said.subject, "主题");
    EXPECT_EQ(said.text, "短：主题");
    EXPECT_TRUE(said.pattern.starts_with("test@tiny ")) << said.pattern;
    notice.event = "alert";
    EXPECT_EQ(render(vars).subject, "默认");
    EXPECT_NE(render(vars).text, "短：默认");
    notice.channel = "elsewhere";
    notice.event = "test";
    EXPECT_TRUE(render(vars).pattern.starts_with("test ")) << render(vars).pattern;
    notice.event = "nobody_words_it";
    EXPECT_TRUE(render(vars).pattern.starts_with("default ")) << render(vars).pattern;
}

TEST_F(ChannelWords, APatternNamesItsWording) {
    const auto first = render(vars).pattern;
    EXPECT_EQ(render(vars).pattern, first);
    EXPECT_NE(render(vars, Language::en).pattern, first);
}

TEST_F(ChannelWords, ATextThatIsTooLongForTheChannelKeepsItsLink) {
    notice.channel = "narrow";
    const auto said = render(vars);
    EXPECT_LE(said.text.size(), 40U);
    EXPECT_TRUE(said.text.ends_with("https://x/s/abc")) << said.text;
    EXPECT_TRUE(said.text.starts_with("第一行")) << said.text;
}

TEST_F(ChannelWords, ShippedShortWordsAreOneLine) {
    notice.channel = "gateway";
    notice.event = "alert";
    const auto said = render(vars);
    EXPECT_EQ(said.text, said.subject + " https://x/s/abc");
    notice.exercise = true;
    EXPECT_TRUE(render(vars).text.starts_with("【演练】")) << render(vars).text;
}

}  // namespace jinqiao::tests
