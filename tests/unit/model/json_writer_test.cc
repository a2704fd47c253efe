#include "engine/model/json_writer.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <limits>

namespace jinqiao::engine::model {
namespace {

namespace json = boost::json;

std::string written(const json::value& tree) {
    JsonWriter out;
    out.value(tree);
    return std::move(out).take();
}

// The library's own serializer is the oracle.
TEST(JsonWriter, WritesWhatTheLibraryWrites) {
    const json::value trees[] = {
        nullptr,
        true,
        false,
        0,
        std::numeric_limits<std::int64_t>::min(),
        std::numeric_limits<std::uint64_t>::max(),
        0.1,
        -1e300,
        "",
        "讨薪 [{:,}] \"quoted\" \\ / \x7f",
        json::array{},
        json::object{},
        {1, "a", {2, {}}, json::object{}, json::array{}, json::array{json::array{}}},
        {{"", ""}, {"{", "["}, {"list", {1, 2}}, {"deep", {{"er", {{"k", nullptr}}}}}},
    };
    for (const auto& tree : trees) EXPECT_EQ(written(tree), json::serialize(tree));
}

TEST(JsonWriter, EveryByteComesBack) {
    for (int code = 0; code < 128; ++code) {
        const std::string bytes{static_cast<char>(code), 'x', static_cast<char>(code)};
        const json::string text(bytes);
        EXPECT_EQ(json::parse(written(text)), json::value(text)) << code;
        EXPECT_EQ(written(text), json::serialize(text)) << code;
    }
}

TEST(JsonWriter, MembersStandAsWritten) {
    JsonWriter out;
    out.begin_object().member("b", 1).member("a:", "x:").key("list").begin_array();
    out.value("[").value(std::uint64_t{7}).begin_object().end_object().begin_array().end_array();
    out.end_array().member("flag", false).end_object();
    EXPECT_EQ(std::move(out).take(), R"({"b":1,"a:":"x:","list":["[",7,{},[]],"flag":false})");
}

}  // namespace
}  // namespace jinqiao::engine::model
