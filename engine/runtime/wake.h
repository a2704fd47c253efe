#pragma once
#include <atomic>
#include <boost/asio/post.hpp>
#include <utility>

namespace jinqiao::engine::runtime {

// However often somebody is woken before it has got up, it gets up once. Threads: any.
class Wake {
  public:
    // `work` keeps alive what this is a part of.
    template <class Executor, class Work>
    void post(const Executor& strand, Work work) {
        if (posted_.exchange(true)) return;
        boost::asio::post(strand, [this, work = std::move(work)] {
            posted_ = false;
            work();
        });
    }

  private:
    std::atomic<bool> posted_{false};
};

}  // namespace jinqiao::engine::runtime
