#include "adapters/http/change_feed.h"

#include <charconv>

namespace jinqiao::adapters::http {

ChangeFeed::ChangeFeed(std::string run, std::size_t kept) : run_(std::move(run)), kept_(kept) {}

void ChangeFeed::publish(std::span<const engine::runtime::Accepted> changes) {
    std::lock_guard lock(mutex_);
    for (const auto& change : changes) {
        if (!change.kase) continue;
        const auto [entry, fresh] = of_case_.try_emplace(change.kase->id.value);
        if (!fresh) changes_.erase(entry->second);
        entry->second = changes_.insert(changes_.end(), {++last_, change.kase});
    }
    while (changes_.size() > kept_) {
        forgotten_ = changes_.front().order;
        of_case_.erase(changes_.front().kase->id.value);
        changes_.pop_front();
    }
    if (news_) news_();
}

void ChangeFeed::on_news(std::function<void()> news) {
    std::lock_guard lock(mutex_);
    news_ = std::move(news);
}

std::optional<std::vector<ChangeFeed::Change>> ChangeFeed::after(std::uint64_t order) const {
    std::lock_guard lock(mutex_);
    if (order < forgotten_ || order > last_) return std::nullopt;
    std::vector<Change> out;
    for (auto at = changes_.rbegin(); at != changes_.rend() && at->order > order; ++at)
        out.push_back(*at);
    return std::vector<Change>(out.rbegin(), out.rend());
}

std::uint64_t ChangeFeed::last() const {
    std::lock_guard lock(mutex_);
    return last_;
}

std::string ChangeFeed::id_of(std::uint64_t order) const {
    return run_ + '-' + std::to_string(order);
}

std::optional<std::uint64_t> ChangeFeed::order_of(std::string_view id) const {
    if (!id.starts_with(run_) || id.size() <= run_.size() + 1 || id[run_.size()] != '-')
        return std::nullopt;
    const auto digits = id.substr(run_.size() + 1);
    std::uint64_t order = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), order);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return order;
}

}  // namespace jinqiao::adapters::http
