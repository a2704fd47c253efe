// What attempts come to is written in English and read in Chinese as well.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "adapters/http/words.h"
#include "config/catalogue.h"
#include "config/files.h"

namespace jinqiao::tests {
namespace {

namespace fs = std::filesystem;
using adapters::http::remark_code;
const fs::path source = JINQIAO_SOURCE_DIR;

std::string content(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Sentences in the sources that say what became of a transmission.
std::set<std::string> said() {
    static const std::regex sentence(
        "\"((?:the|this|too|not|no|none|nobody|earlier|published|more|redirects|an?|as|it),?"
        " [a-z][^\"{}=/]*[^\" :])\"");
    static const std::set<std::string> others = {
        // They are asked for their options there, say why a file cannot be trusted, or log.
        "options.cc", "read_answers.cc", "sample.cc", "signing.cc", "mention.cc",
        "robot.cc",   "trust.cc",        "url.cc",    "remote.cc",  "reach.cc",
        "section.cc", "template.cc",     "phone.cc"};
    std::set<std::string> found;
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(source / "adapters/notify"))
        files.push_back(entry.path());
    for (const auto* name : {"dispatcher.cc", "dispatcher_lanes.cc", "pump.cc"})
        files.push_back(source / "engine/runtime" / name);
    for (const auto& file : files) {
        if (file.extension() != ".cc" || others.contains(file.filename().string())) continue;
        const std::string text = content(file);
        for (std::sregex_iterator it(text.begin(), text.end(), sentence), end; it != end; ++it)
            found.insert((*it)[1]);
    }
    return found;
}

TEST(Remarks, TheCodeIsMadeOfTheWords) {
    EXPECT_EQ(remark_code("the request was sent, no answer came"),
              "remark.the_request_was_sent_no_answer_came");
    EXPECT_EQ(remark_code("The answer is no JSON."), "remark.the_answer_is_no_json");
    EXPECT_EQ(remark_code(""), "remark.");
    EXPECT_EQ(remark_code("拒绝"), "remark.");
}

TEST(Remarks, WhatBecameOfAnAttemptCanBeReadInBothLanguages) {
    config::Faults faults;
    const auto words = config::load_texts(source / "config/texts", faults);
    const auto sentences = said();
    EXPECT_GT(sentences.size(), 60U);
    for (const auto& sentence : sentences) {
        // A delivery without a notice cannot be sent at all: that is for the log.
        if (sentence == "a delivery without a notice" ||
            sentence == "no outcome of a delivery could be recorded")
            continue;
        const auto found = words.texts.find(remark_code(sentence));
        ASSERT_NE(found, words.texts.end()) << sentence;
        EXPECT_EQ(found->second.en, sentence);
        EXPECT_NE(found->second.zh, sentence);
    }
}

TEST(Remarks, NothingIsTranslatedThatNobodySays) {
    config::Faults faults;
    const auto words = config::load_texts(source / "config/texts", faults);
    const auto sentences = said();
    for (const auto& [code, text] : words.texts) {
        if (!code.starts_with("remark.")) continue;
        EXPECT_EQ(remark_code(text.en), code);
        EXPECT_TRUE(sentences.contains(text.en)) << text.en;
    }
}

}  // namespace
}  // namespace jinqiao::tests
