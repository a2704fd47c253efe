#pragma once
#include <chrono>
#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace jinqiao::adapters::http {

// How often: `burst` at once, then one each `every`. A burst of 0 is no limit.
struct Rate {
    std::size_t burst = 0;
    std::chrono::milliseconds every{1000};
};

// Token buckets by key: an account, an address. Whoever was not seen for longest is forgotten when
// there are too many, which forgives and never locks out.
//
// Threads  one.
class Buckets {
  public:
    using Clock = std::chrono::steady_clock;
    using Time = Clock::time_point;

    Buckets(Rate rate, std::size_t most_keys) : rate_(rate), most_(most_keys) {}

    // Takes one, or says how long until there is one to take.
    std::optional<std::chrono::milliseconds> take(const std::string& key, Time now = Clock::now());
    // Puts one back: it was not what this limit is for.
    void give_back(const std::string& key);
    std::size_t size() const { return order_.size(); }

  private:
    struct Bucket {
        std::string key;
        double tokens = 0;
        Time at;
    };
    using Place = std::list<Bucket>::iterator;

    Bucket& bucket(const std::string& key, Time now);

    Rate rate_;
    std::size_t most_;
    std::list<Bucket> order_;  // the last seen first
    std::unordered_map<std::string, Place> places_;
};

// Whole seconds for Retry-After, never none.
std::chrono::seconds whole_seconds(std::chrono::milliseconds wait);

}  // namespace jinqiao::adapters::http
