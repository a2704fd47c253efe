#pragma once
#include <cstddef>
#include <functional>
#include <memory>

namespace jinqiao::adapters::notify {

// A few threads for what may block, and a bounded queue before them. Threads are made when they are
// first needed, and take no signals: a broken pipe is an error there, and not the program's end.
//
// Ending     The destructor makes stop_fd() readable, waits for what is under way, and abandons
// what
//            still waits.
class Workers {
  public:
    // Exactly one of the two is called, `work` on a thread of ours.
    struct Job {
        std::function<void()> work;
        std::function<void()> abandon;
    };

    explicit Workers(std::size_t threads, std::size_t most_waiting = 1024);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // False: too many wait, or there is no thread to be had; the job was not taken.
    bool add(Job job);
    // Readable once the end has come: what waits for something else waits for this as well.
    int stop_fd() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify
