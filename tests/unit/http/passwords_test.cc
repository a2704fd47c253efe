#include "adapters/http/passwords.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <set>

#include "adapters/http/workers.h"

namespace jinqiao::adapters::http {
namespace {

constexpr PasswordCost cheap{1, std::size_t{8} << 20};

TEST(Passwords, AreArgon2idWithASaltOfTheirOwn) {
    const auto one = hash_password("correct horse", cheap);
    const auto two = hash_password("correct horse", cheap);
    ASSERT_TRUE(one && two);
    EXPECT_TRUE(one->starts_with("$argon2id$v=19$m=8192,t=1,p=1$")) << *one;
    EXPECT_NE(*one, *two);
    EXPECT_TRUE(check_password(*one, "correct horse"));
    EXPECT_FALSE(check_password(*one, "correct horses"));
    EXPECT_FALSE(check_password(*one, ""));
}

TEST(Passwords, OfAnotherCostStayGood) {
    const auto hash = hash_password("金桥一号门", {2, std::size_t{9} << 20});
    EXPECT_TRUE(check_password(*hash, "金桥一号门"));
}

TEST(Passwords, NoHashOpensNothing) {
    for (const std::string hash : {"", "plain", "$argon2id$v=19$m=8192,t=1,p=1$x$y"})
        EXPECT_FALSE(check_password(hash, hash)) << hash;
    EXPECT_FALSE(check_password(std::string(5000, '$'), ""));
}

// Whether a name exists must not show in the time: the hash of nobody has to be one that the
// library really works through, at the cost of a real one.
TEST(Passwords, TheHashOfNobodyIsWellFormedAndCostsTheSame) {
    const auto nobody = hash_of_nobody(cheap);
    const auto real = *hash_password("x", cheap);
    EXPECT_EQ(nobody.size(), real.size());
    EXPECT_EQ(nobody.substr(0, nobody.find('$', 20)), real.substr(0, real.find('$', 20)));
    const auto took = [](const std::string& hash) {
        const auto before = std::chrono::steady_clock::now();
        for (int i = 0; i < 5; ++i) EXPECT_FALSE(check_password(hash, "guess"));
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
    };
    EXPECT_GT(took(nobody), took(real) / 4);
}

TEST(Passwords, TokensAreRandom) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) seen.insert(random_token("jq_"));
    EXPECT_EQ(seen.size(), 100U);
    EXPECT_EQ(seen.begin()->size(), 43U);
}

TEST(Workers, TakeNoMoreThanTheyHaveRoomFor) {
    std::latch go(1);
    std::atomic<int> running{0}, most{0}, done{0};
    {
        Workers workers({2, 3, 0});
        const auto work = [&] {
            const int now = ++running;
            int seen = most;
            while (now > seen && !most.compare_exchange_weak(seen, now)) {
            }
            go.wait();
            --running;
            ++done;
        };
        for (int i = 0; i < 5; ++i) EXPECT_EQ(workers.post(work), Workers::Taken::yes) << i;
        EXPECT_EQ(workers.post(work), Workers::Taken::full);
        EXPECT_EQ(workers.post(work), Workers::Taken::full);
        go.count_down();
    }
    EXPECT_EQ(done, 5);
    EXPECT_LE(most, 2);
}

}  // namespace
}  // namespace jinqiao::adapters::http
