#pragma once
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace jinqiao::adapters::http {

// Threads for what takes long and would keep everybody waiting on the server's own: checking
// passwords, counting figures. What waits is bounded, for it costs memory while it runs and time
// before. Of one account one thing runs at a time and accounts take turns, so that nobody's wishes,
// however many, keep the others' from being seen to.
//
// Threads  post() from any; the work runs on one of ours.
// Errors   What the work throws is logged, and ends nothing but the work.
class Workers {
  public:
    struct Limits {
        std::size_t threads = 1, waiting = 0;
        std::size_t of_one = 0;  // running and waiting, of one account; 0: any
    };
    enum class Taken { yes, full, too_many };  // too_many: of this account

    explicit Workers(Limits limits);
    ~Workers();  // what was posted is finished first

    // `whose`: the account at whose wish; empty: nobody's, which waits for no other.
    Taken post(std::function<void()> work, const std::string& whose = {});

  private:
    using Whose = std::pair<std::string, std::uint64_t>;  // each of nobody's is another
    struct Line {
        std::deque<std::function<void()>> waiting;
        bool running = false;
    };
    struct Job {
        Whose whose;
        std::function<void()> work;
    };

    void run();
    std::optional<Job> begin();
    void end(const Whose& whose);

    const Limits limits_;
    std::mutex mutex_;  // guards what follows
    std::map<Whose, Line> lines_;
    std::deque<Whose> turns_;  // who has something waiting and nothing running
    std::size_t held_ = 0;     // running and waiting
    std::uint64_t nobodys_ = 0;
    boost::asio::thread_pool pool_;  // last: its threads use the others
};

}  // namespace jinqiao::adapters::http
