#include "adapters/notify/cap/cap.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "adapters/notify/body.h"
#include "adapters/notify/cap/ledger.h"
#include "adapters/notify/durable.h"
#include "adapters/notify/http_outcome.h"
#include "adapters/notify/safe_name.h"
#include "adapters/notify/workers.h"

namespace jinqiao::adapters::notify::cap {
namespace {

using engine::ports::Outcome;
using engine::ports::Transmission;
using Done = std::function<void(Outcome)>;
using Steady = std::chrono::steady_clock;

Outcome put_off(std::string code, std::string detail) {
    Outcome outcome;
    outcome.code = std::move(code);
    outcome.detail = std::move(detail);
    return outcome;
}

}  // namespace

// Shared with the courier's callbacks, which may come after the channel is gone.
struct Cap::Impl : std::enable_shared_from_this<Cap::Impl> {
    Impl(Options chosen, courier::Courier* carrier, Now clock)
        : options(std::move(chosen)),
          ledger(options.ledger),
          courier(carrier),
          now(std::move(clock)),
          workers(std::make_unique<Workers>(1)) {}

    bool cancels(const Transmission& transmission) const {
        const auto& events = options.cancel_on;
        return std::find(events.begin(), events.end(), body_text(transmission.body, "event")) !=
               events.end();
    }

    void carry(const Transmission& transmission, Steady::time_point until, const Done& done) {
        const auto answer = ledger.relate(transmission, options.issuer, cancels(transmission));
        if (answer.fault != 0) {
            done(disk_failed(answer.fault));
            return;
        }
        std::string document = alert(transmission, options.issuer, answer.relation);
        if (options.folder.empty())
            post(transmission, std::move(document), until, done);
        else
            done(keep(transmission, write(transmission, document)));
    }

    Outcome write(const Transmission& transmission, const std::string& document) const {
        const auto folder = options.folder / safe_name(transmission.address);
        const std::string name = safe_name(identifier(transmission)) + ".xml";
        int fault = write_whole(folder, name, document);
        if (fault == 0) fault = sync_folder(folder);
        if (fault != 0) return disk_failed(fault);
        return {Outcome::Kind::delivered, "written", identifier(transmission), {}, {}};
    }

    // What is not on record as delivered is not referred to later, so an outcome stands even if
    // this fails: the next document then begins anew.
    Outcome keep(const Transmission& transmission, Outcome outcome) const {
        if (outcome.kind == Outcome::Kind::delivered && ledger.delivered(transmission) != 0)
            outcome.detail = "it could not be noted down: later documents do not refer to it";
        return outcome;
    }

    void post(const Transmission& transmission, std::string document, Steady::time_point until,
              const Done& done) {
        const auto left = std::chrono::floor<std::chrono::milliseconds>(until - Steady::now());
        if (left.count() <= 0) {
            done(put_off("busy", "the disk is behind"));
            return;
        }
        courier::Request request = options.reaching.request(left);
        request.url = options.url;
        request.body = std::move(document);
        request.headers.emplace_back("Content-Type: application/cap+xml");
        if (!options.authorization.empty())
            request.headers.push_back("Authorization: " + options.authorization);
        request.most = 4096;  // the answer's body is not read
        courier->send(std::move(request), [self = shared_from_this(), transmission,
                                           done](const courier::Response& response) {
            self->answered(transmission, http_outcome(response, self->now()), done);
        });
    }

    // On the courier's thread, which must not wait for a disk.
    void answered(const Transmission& transmission, const Outcome& outcome, const Done& done) {
        const auto note = [self = shared_from_this(), transmission, outcome, done] {
            done(self->keep(transmission, outcome));
        };
        {
            std::lock_guard lock(mutex);
            if (outcome.kind == Outcome::Kind::delivered && workers && workers->add({note, note}))
                return;
        }
        note();
    }

    const Options options;
    const Ledger ledger;
    courier::Courier* const courier;  // the channel's; used by its own thread, which ends with it
    const Now now;
    std::mutex mutex;
    std::unique_ptr<Workers> workers;  // guarded by mutex; none once the channel is gone
};

Cap::Cap(Options options, std::shared_ptr<courier::Courier> courier, Now now)
    : courier_(std::move(courier)),
      impl_(std::make_shared<Impl>(std::move(options), courier_.get(), std::move(now))) {}

Cap::~Cap() {
    std::unique_ptr<Workers> last;
    {
        std::lock_guard lock(impl_->mutex);
        last = std::move(impl_->workers);
    }
}

void Cap::send(const Transmission& transmission, Done done) {
    if (transmission.address.empty()) {
        done({Outcome::Kind::rejected, "address", {}, "nobody is named to get it", {}});
        return;
    }
    const auto until =
        Steady::now() + std::min(impl_->options.reaching.timeout, transmission.patience);
    const bool taken =
        impl_->workers->add({[impl = impl_.get(), transmission, until, done] {
                                 impl->carry(transmission, until, done);
                             },
                             [done] { done(put_off("aborted", "the daemon ends")); }});
    if (!taken) done(put_off("busy", "too many wait for the disk"));
}

}  // namespace jinqiao::adapters::notify::cap
