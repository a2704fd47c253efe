#pragma once
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/runtime/core.h"

namespace jinqiao::adapters::http {

// Which cases changed last, for those who watch. Each case is kept once, as it is now: whoever fell
// behind wants to know where it stands, not how it came there. Bounded: who asks for more than is
// kept has to look at the lists again.
//
// Threads  publish() on the committer's thread; the others on any.
class ChangeFeed {
  public:
    struct Change {
        std::uint64_t order = 0;  // rises by one with every change of any case
        std::shared_ptr<const engine::model::Case> kase;
    };

    // `run` tells one life of the program from the next; ids of another life are not ours.
    explicit ChangeFeed(std::string run, std::size_t kept = 512);

    void publish(std::span<const engine::runtime::Accepted> changes);
    // Called after each publish(), on its thread, under the feed's lock: only posts. Once on_news()
    // has returned, the one before is called no more.
    void on_news(std::function<void()> news);

    // The cases changed since, in order, each at its last change. Empty: that is no longer known.
    std::optional<std::vector<Change>> after(std::uint64_t order) const;
    std::uint64_t last() const;

    // The id of an event, and back. Empty: of another life of the program, or no id at all.
    std::string id_of(std::uint64_t order) const;
    std::optional<std::uint64_t> order_of(std::string_view id) const;

  private:
    const std::string run_;
    const std::size_t kept_;

    mutable std::mutex mutex_;
    std::function<void()> news_;
    std::uint64_t last_ = 0;
    std::uint64_t forgotten_ = 0;  // the latest change that is known no more
    std::list<Change> changes_;    // by order
    std::unordered_map<std::string, std::list<Change>::iterator> of_case_;
};

}  // namespace jinqiao::adapters::http
