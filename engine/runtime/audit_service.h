#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "engine/runtime/auditor.h"
#include "engine/runtime/committer.h"

namespace boost::asio {
class io_context;
}

namespace jinqiao::engine::runtime {

struct AuditSettings {
    AuditorSettings looks;
    std::chrono::milliseconds every{std::chrono::seconds{10}};
    // While something stays wrong those in charge are told again.
    std::chrono::milliseconds alarm_again{std::chrono::hours{1}};
};

// The auditor at work: looks every few seconds, has those in charge told of what it finds (the
// posts that hear of gaps, by the ordinary way of notices), told again while it lasts and once more
// when it is over, and gives a sign of life to the outside only while it is content, so that
// whoever waits for that sign hears of a dead daemon too.
//
// It also sees to it that dead letters nobody has dealt with climb to the next post in line.
//
// What was told last is stored with the directory: a daemon started again neither repeats an alarm
// nor forgets to end it.
//
// Cost     That of Auditor::look once in `every`, on the io_context's thread: some tens of
//          milliseconds in which no timer fires there.
// Threads  Runs on the io_context it is given (a strand of it); report() from any thread. start()
//          once, then stop() while the io_context still runs or after it has ended.
class AuditService {
  public:
    struct Parts {
        boost::asio::io_context* io = nullptr;
        ports::Store* store = nullptr;
        const ports::WallClock* clock = nullptr;
        const WorldHolder* world = nullptr;
        Committer* committer = nullptr;
        std::function<bool()> clock_held;    // firing is held since the clock jumped ahead
        std::function<void()> sign_of_life;  // may be empty; called on the strand, returns at once
    };
    AuditService(Parts parts, AuditSettings settings);
    ~AuditService();

    model::Status start();
    void stop();
    // From the next look on. Any thread.
    void use(AuditSettings settings);
    void wake();  // look now; for tests that turn the clock by hand
    AuditorReport report() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace jinqiao::engine::runtime
