#include "adapters/notify/exec/run.h"

#include <poll.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "adapters/notify/exec/child.h"

namespace jinqiao::adapters::notify::exec {
namespace {

using Steady = std::chrono::steady_clock;

bool again() { return errno == EAGAIN || errno == EINTR; }

// One program under way.
class Watch {
  public:
    Watch(Child child, std::string_view request, std::chrono::milliseconds grace)
        : child_(std::move(child)), input_(request), grace_(grace) {
        if (input_.empty()) child_.input.reset();
    }

    Run until(Steady::time_point end, int stop_fd) {
        next_ = end;
        while (!over_) wait(stop_fd);
        // Once more, for what it said last; somebody it left behind may hold the other ends open.
        take_output();
        take_errors();
        kill(-child_.pid, SIGKILL);
        collect();
        return std::move(run_);
    }

  private:
    enum Place { process, stop, input, output, errors, places };

    void wait(int stop_fd) {
        std::array<pollfd, places> all{};
        all[process] = {child_.process.get(), POLLIN, 0};
        all[stop] = {stopping_ ? -1 : stop_fd, POLLIN, 0};
        all[input] = {child_.input.get(), POLLOUT, 0};
        all[output] = {child_.output.get(), POLLIN, 0};
        all[errors] = {child_.errors.get(), POLLIN, 0};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_ - Steady::now());
        const auto most = std::clamp<std::int64_t>(left.count(), 0, 60'000);
        if (poll(all.data(), all.size(), static_cast<int>(most)) < 0 && errno != EINTR)
            end_it(Run::End::timeout);
        if (all[input].revents != 0) give_input();
        if (all[output].revents != 0) take_output();
        if (all[errors].revents != 0) take_errors();
        if (all[stop].revents != 0) call_off(Run::End::stopped);
        if (all[process].revents != 0)
            over_ = true;
        else if (Steady::now() >= next_)
            ours_ ? end_it(run_.end) : call_off(Run::End::timeout);
    }

    void call_off(Run::End why) {
        stopping_ = stopping_ || why == Run::End::stopped;
        if (ours_) return;
        ours_ = true;
        run_.end = why;
        next_ = Steady::now() + grace_;
        kill(-child_.pid, SIGTERM);
    }

    void end_it(Run::End why) {
        if (!ours_) run_.end = why;
        ours_ = true;
        kill(-child_.pid, SIGKILL);
        // A process that cannot be killed sits in the kernel; asking again does no harm.
        next_ = Steady::now() + std::chrono::seconds{1};
    }

    void give_input() {
        const ssize_t written = write(child_.input.get(), input_.data(), input_.size());
        if (written > 0) input_.remove_prefix(static_cast<std::size_t>(written));
        // A program that does not read what it is told may still know what to answer.
        if (input_.empty() || (written < 0 && !again())) child_.input.reset();
    }

    void take_output() {
        take(child_.output, [this](std::string_view bytes) {
            const std::size_t room = most_output - run_.output.size();
            run_.output.append(bytes.substr(0, room));
            if (bytes.size() <= room) return true;
            end_it(Run::End::flooded);
            return false;
        });
    }

    void take_errors() {
        take(child_.errors, [this](std::string_view bytes) {
            run_.errors.append(bytes.substr(0, most_errors - run_.errors.size()));
            return true;
        });
    }

    // A bounded number of times: somebody may write faster than we read.
    template <class Keep>
    static void take(Descriptor& from, Keep keep) {
        std::array<char, 16384> room{};
        for (int i = 0; i < 8 && from.ok(); ++i) {
            const ssize_t got = read(from.get(), room.data(), room.size());
            if (got < 0 && again()) return;
            if (got <= 0 || !keep({room.data(), static_cast<std::size_t>(got)})) from.reset();
        }
    }

    void collect() {
        int status = 0;
        while (waitpid(child_.pid, &status, 0) < 0 && errno == EINTR) continue;
        if (ours_) return;
        run_.end = WIFSIGNALED(status) ? Run::End::killed : Run::End::exited;
        run_.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    }

    Child child_;
    std::string_view input_;
    std::chrono::milliseconds grace_;
    Steady::time_point next_;  // when to press harder
    bool ours_ = false;        // we ended it, for the reason in run_.end
    bool stopping_ = false;
    bool over_ = false;
    Run run_;
};

}  // namespace

Run run(const Options& options, std::string_view input, Steady::time_point until, int stop_fd) {
    Child child = start(options);
    if (child.fault != 0) {
        Run run;
        run.status = child.fault;
        return run;
    }
    return Watch(std::move(child), input, options.grace).until(until, stop_fd);
}

}  // namespace jinqiao::adapters::notify::exec
