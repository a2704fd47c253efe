#include "adapters/http/route.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

#include "adapters/http/api.h"

namespace jinqiao::adapters::http {
namespace {

using Texts = std::vector<std::string>;

constexpr std::array table = {
    Route{"GET", "/cases", "list"},
    Route{"POST", "/cases", "file"},
    Route{"GET", "/cases/{id}", "get"},
    Route{"GET", "/cases/today", "today"},
    Route{"POST", "/cases/{id}/{verb}", "act"},
};

std::string name_of(std::string_view method, const Texts& segments) {
    const auto found = find_route(table, method, segments);
    const auto* match = std::get_if<Found>(&found);
    return match ? std::string(match->route->name) : std::string();
}

TEST(Route, MethodAndPathChooseTheCall) {
    EXPECT_EQ(name_of("GET", {"cases"}), "list");
    EXPECT_EQ(name_of("POST", {"cases"}), "file");
    EXPECT_EQ(name_of("GET", {"cases", "c1"}), "get");
}

TEST(Route, LiteralSegmentsBeatOpenOnes) { EXPECT_EQ(name_of("GET", {"cases", "today"}), "today"); }

TEST(Route, HandsOverWhatStoodAtTheBraces) {
    const auto found = find_route(table, "POST", {"cases", "c1", "sign"});
    EXPECT_EQ(std::get<Found>(found).args, (Texts{"c1", "sign"}));
}

TEST(Route, HeadIsGet) { EXPECT_EQ(name_of("HEAD", {"cases"}), "list"); }

TEST(Route, AnotherMethodNamesTheOnesThereAre) {
    const auto found = find_route(table, "DELETE", {"cases"});
    EXPECT_EQ(std::get<WrongMethod>(found).allow, "GET, HEAD, POST");
    const auto post = find_route(table, "GET", {"cases", "c1", "sign"});
    EXPECT_EQ(std::get<WrongMethod>(post).allow, "POST");
}

TEST(Route, AnotherPathIsNoRoute) {
    for (const Texts& segments :
         {Texts{}, Texts{""}, Texts{"cases", ""}, Texts{"case"}, Texts{"cases", "c1", "sign", "x"}})
        EXPECT_TRUE(std::holds_alternative<NoRoute>(find_route(table, "GET", segments)));
}

TEST(Route, EveryCallOfTheApiHasAHandlerAndANameOfItsOwn) {
    std::set<std::string_view> names;
    for (const auto& route : Api::routes()) {
        EXPECT_NE(route.handler, nullptr) << route.name;
        EXPECT_TRUE(names.insert(route.name).second) << route.name;
    }
}

}  // namespace
}  // namespace jinqiao::adapters::http
