#include "adapters/notify/syslog/syslog.h"

#include <algorithm>
#include <utility>

#include "adapters/notify/syslog/line.h"
#include "adapters/notify/workers.h"

namespace jinqiao::adapters::notify::syslog {
namespace {

using engine::ports::Outcome;
using Steady = std::chrono::steady_clock;

Outcome outcome_of(const std::string& fault) {
    Outcome outcome;
    if (fault.empty()) {
        outcome.kind = Outcome::Kind::delivered;
        outcome.code = "handed_over";
        return outcome;
    }
    outcome.kind = fault == "too_long" ? Outcome::Kind::rejected : Outcome::Kind::retry;
    outcome.code = fault;
    if (fault == "refused_address")
        outcome.detail = "the address is public: in plain text nothing goes there";
    return outcome;
}

}  // namespace

struct Syslog::Impl {
    explicit Impl(Options chosen)
        : options(std::move(chosen)),
          workers(std::make_unique<Workers>(1)),
          line(options, workers->stop_fd()) {}
    // Its thread uses the line, and the line its stop_fd: the thread ends first.
    ~Impl() { workers.reset(); }

    const Options options;
    std::unique_ptr<Workers> workers;
    Line line;
};

Syslog::Syslog(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Syslog::~Syslog() = default;

void Syslog::send(const engine::ports::Transmission& transmission,
                  std::function<void(Outcome)> done) {
    const auto until = Steady::now() + std::min(impl_->options.timeout, transmission.patience);
    const bool taken = impl_->workers->add(
        {[impl = impl_.get(), message = impl_->options.message_of(transmission), until, done] {
             done(outcome_of(Steady::now() >= until ? "busy" : impl->line.say(message, until)));
         },
         [done] { done(outcome_of("aborted")); }});
    if (!taken) done(outcome_of("busy"));
}

}  // namespace jinqiao::adapters::notify::syslog
