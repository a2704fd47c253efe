#include "adapters/http/language.h"

#include <gtest/gtest.h>

namespace jinqiao::adapters::http {
namespace {

using engine::model::Language;

TEST(Language, FirstOfEqualQualityWins) {
    EXPECT_EQ(accepted_language("zh-CN, en"), Language::zh);
    EXPECT_EQ(accepted_language("en, zh-CN"), Language::en);
    EXPECT_EQ(accepted_language("en-GB,en;q=0.9"), Language::en);
}

TEST(Language, QualityBeatsOrder) {
    EXPECT_EQ(accepted_language("en;q=0.5, zh;q=0.8"), Language::zh);
    EXPECT_EQ(accepted_language("de, fr;q=0.9, en;q=0.1"), Language::en);
    EXPECT_EQ(accepted_language("zh;q=0.001, en;q=0.002"), Language::en);
}

TEST(Language, ZeroQualityIsARefusal) {
    EXPECT_EQ(accepted_language("zh;q=0, en;q=0.1"), Language::en);
    EXPECT_EQ(accepted_language("zh;q=0"), std::nullopt);
}

TEST(Language, WhatNamesNeitherNamesNone) {
    for (const auto* field : {"", "*", "de-DE", "fr;q=1, *;q=0.5", ",,;q=", "zho"})
        EXPECT_EQ(accepted_language(field), std::nullopt) << field;
}

TEST(Language, CaseAndSpacesDoNotMatter) {
    EXPECT_EQ(accepted_language(" ZH-hans-cn ; Q=1 "), Language::zh);
}

}  // namespace
}  // namespace jinqiao::adapters::http
