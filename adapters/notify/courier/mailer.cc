#include "adapters/notify/courier/mailer.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/notify/courier/mail_transfer.h"

namespace jinqiao::adapters::notify::courier {
namespace {

using Steady = std::chrono::steady_clock;

MailReport failed(const char* failure) {
    MailReport report;
    report.failure = failure;
    return report;
}

}  // namespace

struct Mailer::Impl {
    struct Job {
        Mail mail;
        std::function<void(MailReport)> done;
        Steady::time_point until;
    };

    Impl(MailServer chosen, std::size_t most_connections)
        : server(std::move(chosen)), connections(most_connections) {}

    ~Impl() {
        {
            std::lock_guard lock(mutex);
            stopping = true;
        }
        changed.notify_all();
        for (std::thread& thread : threads) thread.join();
        for (Job& job : waiting) job.done(failed("aborted"));
    }

    // False: there is no thread to carry it, and the system gives none.
    bool take(Job job) {
        std::lock_guard lock(mutex);
        if (idle <= waiting.size() && threads.size() < connections && !add_thread() &&
            threads.empty())
            return false;
        waiting.push_back(std::move(job));
        changed.notify_one();
        return true;
    }

    bool add_thread() {
        try {
            threads.emplace_back([this] { run(); });
            return true;
        } catch (const std::system_error&) {
            return false;
        }
    }

    void run() {
        MailTransfer transfer(server, stopping);
        std::unique_lock lock(mutex);
        while (true) {
            if (waiting.empty() && !stopping) {
                lock.unlock();
                transfer.hang_up();
                lock.lock();
            }
            ++idle;
            changed.wait(lock, [this] { return stopping || !waiting.empty(); });
            --idle;
            if (stopping) return;
            Job job = std::move(waiting.front());
            waiting.pop_front();
            const bool last = waiting.empty();
            lock.unlock();
            job.done(carry(transfer, job, last));
            job = {};
            lock.lock();
        }
    }

    static MailReport carry(MailTransfer& transfer, Job& job, bool last) {
        const auto left = std::chrono::floor<std::chrono::milliseconds>(job.until - Steady::now());
        if (left.count() <= 0) return failed("busy");
        job.mail.timeout = left;
        return transfer.perform(job.mail, last);
    }

    const MailServer server;
    const std::size_t connections;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job> waiting;             // guarded by mutex
    std::size_t idle = 0;                // guarded by mutex
    std::atomic<bool> stopping = false;  // set under mutex, read by transfers without
    std::vector<std::thread> threads;    // guarded by mutex until the destructor
};

Mailer::Mailer(MailServer server, std::size_t connections)
    : impl_(std::make_unique<Impl>(std::move(server), connections)) {}

Mailer::~Mailer() = default;

void Mailer::send(Mail mail, std::function<void(MailReport)> done) {
    const auto until = Steady::now() + mail.timeout;
    if (impl_->take({std::move(mail), done, until})) return;
    done(failed("busy"));
}

}  // namespace jinqiao::adapters::notify::courier
