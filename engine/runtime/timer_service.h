#pragma once
#include <chrono>
#include <memory>
#include <optional>

#include "engine/runtime/committer.h"
#include "engine/runtime/lateness.h"

namespace boost::asio {
class io_context;
}

namespace jinqiao::engine::runtime {

struct TimerSettings {
    std::chrono::milliseconds window{std::chrono::minutes{2}};  // how far ahead memory looks
    std::size_t window_rows = 10'000;                           // and how much it holds
    // Timers handed to the committer at once: two of its batches, so that the next one stands ready
    // while one is being written. What people ask for goes before them.
    std::size_t in_flight = 600;
    // Where so many submissions wait for the committer, what a timer will come to is worked out
    // here meanwhile; where fewer do, the committer has time to do it itself.
    std::size_t foresee_behind = 32;
    std::size_t catch_up_per_s = 2'000;                       // of what came due while down
    std::chrono::milliseconds jump{std::chrono::minutes{5}};  // forward; 0: not watched
    // How long to hold after one, unless somebody confirms the clock or it goes back: long enough
    // to look at it, short enough that no deadline waits for a confirmation that never comes.
    std::chrono::milliseconds settle{std::chrono::minutes{15}};
};

struct TimerStats {
    Lateness lateness;  // of timers that came due while running
    std::uint64_t fired = 0;
    std::uint64_t after_downtime = 0;
    std::uint64_t stuck = 0;  // due, but their case cannot be decided; tried again now and then
    std::size_t waiting = 0;  // in memory
    bool holding = false;     // after a jump of the clock
    std::optional<std::chrono::milliseconds> oldest_overdue;
};

// Submits timers when they are due by the wall clock, never before. The table is the truth: memory
// holds the next minutes of it, kept in step by the commits, and is read again at start.
//
// Threads  Runs on the io_context it is given (a strand of it). case_changed() and wake() may be
//          called from any thread; stats() too. start() once, then stop() while the io_context
//          still runs or after it has ended.
// Time     A steady timer of at most one second looks at the wall clock again, and a realtime timer
//          descriptor tells at once when somebody sets it.
class TimerService {
  public:
    struct Parts {
        boost::asio::io_context* io = nullptr;
        ports::Store* store = nullptr;
        const ports::WallClock* clock = nullptr;
        const WorldHolder* world = nullptr;
        Committer* committer = nullptr;
        const Core* core = nullptr;  // asked what a timer will come to; null: nobody is
    };
    TimerService(Parts parts, TimerSettings settings);
    ~TimerService();

    model::Status start();
    void stop();
    // From Core::on_commit.
    void cases_changed(std::span<const Accepted> changes);
    void wake();           // look at the clock now
    void confirm_clock();  // somebody says that the clock is right
    TimerStats stats() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace jinqiao::engine::runtime
