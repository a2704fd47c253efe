#include "adapters/http/workers.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <exception>

namespace jinqiao::adapters::http {

Workers::Workers(Limits limits) : limits_(limits), pool_(limits.threads) {}

Workers::~Workers() { pool_.join(); }

Workers::Taken Workers::post(std::function<void()> work, const std::string& whose) {
    {
        const std::lock_guard lock(mutex_);
        if (held_ >= limits_.threads + limits_.waiting) return Taken::full;
        const Whose key{whose, whose.empty() ? ++nobodys_ : 0};
        const auto known = lines_.find(key);
        const auto of_one = known == lines_.end()
                                ? 0
                                : known->second.waiting.size() + (known->second.running ? 1 : 0);
        if (limits_.of_one > 0 && of_one >= limits_.of_one) return Taken::too_many;
        lines_[key].waiting.push_back(std::move(work));
        ++held_;
        if (of_one == 0) turns_.push_back(key);
    }
    boost::asio::post(pool_, [this] { run(); });
    return Taken::yes;
}

// Whoever finds nothing to begin leaves it to the threads that are at work: each looks again when
// it is done.
void Workers::run() {
    while (auto job = begin()) {
        try {
            job->work();
        } catch (const std::exception& error) {
            spdlog::error("http: a chore ended: {}", error.what());
        } catch (...) {
            spdlog::error("http: a chore ended");
        }
        job->work = {};
        end(job->whose);
    }
}

std::optional<Workers::Job> Workers::begin() {
    const std::lock_guard lock(mutex_);
    if (turns_.empty()) return {};
    Job job{std::move(turns_.front()), {}};
    turns_.pop_front();
    auto& line = lines_[job.whose];
    line.running = true;
    job.work = std::move(line.waiting.front());
    line.waiting.pop_front();
    return job;
}

void Workers::end(const Whose& whose) {
    const std::lock_guard lock(mutex_);
    --held_;
    auto& line = lines_[whose];
    line.running = false;
    if (line.waiting.empty())
        lines_.erase(whose);
    else
        turns_.push_back(whose);
}

}  // namespace jinqiao::adapters::http
