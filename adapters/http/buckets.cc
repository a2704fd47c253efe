#include "adapters/http/buckets.h"

#include <algorithm>
#include <cmath>

namespace jinqiao::adapters::http {

namespace {

// What sums of fractions are off by.
constexpr double tiny = 1e-6;

}  // namespace

std::optional<std::chrono::milliseconds> Buckets::take(const std::string& key, Time now) {
    if (rate_.burst == 0) return {};
    auto& held = bucket(key, now);
    if (held.tokens >= 1 - tiny) {
        held.tokens -= 1;
        return {};
    }
    const auto missing = (1 - tiny - held.tokens) * static_cast<double>(rate_.every.count());
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil(missing))};
}

void Buckets::give_back(const std::string& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return;
    auto& tokens = found->second->tokens;
    tokens = std::min(tokens + 1, static_cast<double>(rate_.burst));
}

Buckets::Bucket& Buckets::bucket(const std::string& key, Time now) {
    const auto full = static_cast<double>(rate_.burst);
    if (const auto found = places_.find(key); found != places_.end()) {
        order_.splice(order_.begin(), order_, found->second);
        auto& held = *found->second;
        const std::chrono::duration<double, std::milli> passed = now - held.at;
        held.tokens =
            std::min(full, held.tokens + passed.count() / static_cast<double>(rate_.every.count()));
        held.at = now;
        return held;
    }
    if (places_.size() >= most_) {
        places_.erase(order_.back().key);
        order_.pop_back();
    }
    order_.push_front({key, full, now});
    places_.emplace(key, order_.begin());
    return order_.front();
}

std::chrono::seconds whole_seconds(std::chrono::milliseconds wait) {
    return std::max(std::chrono::seconds{1}, std::chrono::ceil<std::chrono::seconds>(wait));
}

}  // namespace jinqiao::adapters::http
