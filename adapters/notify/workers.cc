#include "adapters/notify/workers.h"

#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace jinqiao::adapters::notify {

struct Workers::Impl {
    Impl(std::size_t threads_at_most, std::size_t waiting_at_most)
        : most_threads(threads_at_most),
          most_waiting(waiting_at_most),
          stop(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

    ~Impl() {
        {
            std::lock_guard lock(mutex);
            stopping = true;
        }
        if (stop >= 0) eventfd_write(stop, 1);
        changed.notify_all();
        for (std::thread& thread : threads) thread.join();
        for (Job& job : waiting) job.abandon();
        if (stop >= 0) close(stop);
    }

    bool add(Job job) {
        std::lock_guard lock(mutex);
        if (stopping || waiting.size() >= most_waiting) return false;
        if (idle <= waiting.size() && threads.size() < most_threads && !add_thread() &&
            threads.empty())
            return false;
        waiting.push_back(std::move(job));
        changed.notify_one();
        return true;
    }

    // A new thread has the signal mask of the one that makes it.
    bool add_thread() {
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        bool made = true;
        try {
            threads.emplace_back([this] { run(); });
        } catch (const std::system_error&) {
            made = false;
        }
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        return made;
    }

    void run() {
        std::unique_lock lock(mutex);
        while (true) {
            ++idle;
            changed.wait(lock, [this] { return stopping || !waiting.empty(); });
            --idle;
            if (stopping) return;
            Job job = std::move(waiting.front());
            waiting.pop_front();
            lock.unlock();
            job.work();
            job = {};
            lock.lock();
        }
    }

    const std::size_t most_threads;
    const std::size_t most_waiting;
    const int stop;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job> waiting;           // guarded by mutex
    std::size_t idle = 0;              // guarded by mutex
    bool stopping = false;             // guarded by mutex
    std::vector<std::thread> threads;  // guarded by mutex until the destructor
};

Workers::Workers(std::size_t threads, std::size_t most_waiting)
    : impl_(std::make_unique<Impl>(threads, most_waiting)) {}

Workers::~Workers() = default;

bool Workers::add(Job job) { return impl_->add(std::move(job)); }

int Workers::stop_fd() const { return impl_->stop; }

}  // namespace jinqiao::adapters::notify
