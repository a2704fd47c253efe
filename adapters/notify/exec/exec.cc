#include "adapters/notify/exec/exec.h"

#include <algorithm>
#include <utility>

#include "adapters/notify/exec/answer.h"
#include "adapters/notify/exec/run.h"
#include "adapters/notify/exec/trust.h"
#include "adapters/notify/text.h"
#include "adapters/notify/workers.h"

namespace jinqiao::adapters::notify::exec {
namespace {

using engine::ports::Outcome;
using engine::ports::Transmission;
using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

Outcome put_off(std::string code, std::string detail, bool lane) {
    Outcome outcome;
    outcome.code = std::move(code);
    outcome.detail = std::move(detail);
    outcome.concerns_lane = lane;
    return outcome;
}

}  // namespace

struct Exec::Impl {
    Impl(Options chosen, Log taken)
        : options(std::move(chosen)), log(std::move(taken)), workers(options.concurrency) {}

    Outcome carry(const Transmission& transmission, Steady::time_point until) {
        const auto left = std::chrono::floor<milliseconds>(until - Steady::now());
        if (left.count() <= 0) return put_off("busy", "as many programs run as may at once", false);
        if (const auto fault = distrust(options.command); !fault.empty())
            return put_off("distrust", "the program is " + fault, true);
        const Run ran = run(options, request(transmission, left), until, workers.stop_fd());
        if (log && !ran.errors.empty()) log(tame(ran.errors));
        Outcome outcome = judge(ran);
        outcome.detail = tame(std::move(outcome.detail));
        return outcome;
    }

    std::string tame(std::string text) const {
        for (const auto& [name, value] : options.secrets)
            for (auto at = text.find(value); !value.empty() && at != std::string::npos;
                 at = text.find(value, at + 3))
                text.replace(at, value.size(), "***");
        return fit(one_line(text), 1024);
    }

    const Options options;
    const Log log;
    Workers workers;  // last: its threads use the others
};

Exec::Exec(Options options, Log log)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(log))) {}

Exec::~Exec() = default;

void Exec::send(const Transmission& transmission, std::function<void(Outcome)> done) {
    const auto until = Steady::now() + std::min(impl_->options.timeout, transmission.patience);
    const bool taken =
        impl_->workers.add({[impl = impl_.get(), transmission, until, done] {
                                done(impl->carry(transmission, until));
                            },
                            [done] { done(put_off("aborted", "the daemon ends", false)); }});
    if (!taken) done(put_off("busy", "too many wait for the program", false));
}

}  // namespace jinqiao::adapters::notify::exec
