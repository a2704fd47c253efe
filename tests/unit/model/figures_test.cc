#include "engine/model/figures.h"

#include <gtest/gtest.h>

#include "tests/support/figures.h"

namespace jinqiao::tests {
namespace {

using engine::model::decode_figures;
using engine::model::encode;

TEST(Figures, AreReadAsTheyWereWritten) {
    for (const auto& figures : FiguresMaker(7).many(300)) {
        const auto again = decode_figures(encode(figures));
        ASSERT_TRUE(again.ok()) << encode(figures);
        EXPECT_EQ(*again, figures) << encode(figures);
    }
}

TEST(Figures, WhatNobodyCouldHaveWrittenIsCorrupt) {
    for (const auto* text :
         {"", "[]", "{}", R"({"filed_ms":"today"})", R"({"filed_ms":1,"told":[["a"]]})",
          R"({"filed_ms":1,"acknowledged":[1]})", R"({"filed_ms":1,"grade":3})",
          R"({"filed_ms":1,"escalations":[["a",null,null]]})", R"({"filed_ms":1)"}) {
        const auto figures = decode_figures(text);
        ASSERT_FALSE(figures.ok()) << text;
        EXPECT_EQ(figures.error().code, engine::model::ErrorCode::corrupt);
    }
}

// A year of a busy zone is read at once.
TEST(Figures, OfAnOrdinaryCaseAreSmall) {
    for (const auto& figures : FiguresMaker(9).many(50)) EXPECT_LT(encode(figures).size(), 900U);
}

}  // namespace
}  // namespace jinqiao::tests
