#include "adapters/http/account.h"

#include <gtest/gtest.h>

#include "adapters/http/digest.h"

namespace jinqiao::adapters::http {
namespace {

engine::ports::AccountRow row(std::string body) {
    return {engine::model::AccountId{"a1"}, std::move(body)};
}

TEST(Account, IsReadFromItsRow) {
    const auto account = read_account(row(
        R"({"roles":["department"],"person":"he","department":"hrss","language":"en","enabled":true})"));
    ASSERT_TRUE(account.ok());
    EXPECT_TRUE(account->has("department"));
    EXPECT_EQ(account->department.value, "hrss");
    EXPECT_EQ(account->language, engine::model::Language::en);
    EXPECT_TRUE(account->enabled);
    EXPECT_EQ(account->actor().account.value, "a1");
    EXPECT_EQ(account->actor().kind, engine::model::Actor::Kind::person);
}

TEST(Account, TellsItsPasswordHashOrNone) {
    EXPECT_EQ(password_hash_of(row(R"({"roles":[],"password":"$argon2id$x"})")), "$argon2id$x");
    for (const auto* body : {"", "[]", R"({"roles":[]})", R"({"roles":[],"password":3})"})
        EXPECT_EQ(password_hash_of(row(body)), "") << body;
}

TEST(Account, MayBeDisabled) {
    EXPECT_FALSE(read_account(row(R"({"roles":[],"enabled":false})"))->enabled);
    EXPECT_TRUE(read_account(row(R"({"roles":[]})"))->enabled);
}

TEST(Account, WhatCannotBeReadIsNoAccount) {
    for (const auto* body : {"", "[]", "{}", R"({"roles":"auditor"})", R"({"roles":[1]})"})
        EXPECT_FALSE(read_account(row(body)).ok()) << body;
}

TEST(Account, TheSchemeIsBearerInAnyCase) {
    EXPECT_EQ(bearer_token("Bearer abc"), "abc");
    EXPECT_EQ(bearer_token("bEARER  abc "), "abc");
    for (const auto* field : {"", "Bearer", "Bearer ", "Basic abc", "abc", "Bearerabc"})
        EXPECT_EQ(bearer_token(field), "") << field;
    EXPECT_EQ(bearer_token("Bearer " + std::string(600, 'x')), "");
}

TEST(Digest, IsSha256) {
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_TRUE(same_digest(token_hash("t"), token_hash("t")));
    EXPECT_FALSE(same_digest(token_hash("t"), token_hash("u")));
    EXPECT_FALSE(same_digest("", ""));
}

}  // namespace
}  // namespace jinqiao::adapters::http
