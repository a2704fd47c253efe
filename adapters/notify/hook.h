#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/notify/courier/courier.h"
#include "adapters/notify/reach.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify {

// Where one address of a channel goes.
struct HookEndpoint {
    std::string url;                             // a credential: never shown
    std::string secret;                          // what signs, if anything does
    std::map<std::string, std::string> secrets;  // further ones, by name

    // Whether a word holds one of them: whoever was sent a key may put it into an answer.
    bool betrayed_by(const std::string& word) const;
};

// Endpoints by address; "" is for every address that has none of its own.
class HookEndpoints {
  public:
    using Read = std::function<HookEndpoint(engine::ports::Section&)>;
    // Keys of the section: those `read` reads, and endpoints: {<address>: {the same}}.
    static HookEndpoints read(engine::ports::Section& section, const Read& read);

    void put(const std::string& address, HookEndpoint endpoint);
    const HookEndpoint* at(const std::string& address) const;
    // What an address has to be instead of this one; empty: it can be used.
    std::string unusable(const std::string& address) const;
    // Each endpoint is a lane; addresses that share one share the lane.
    std::string lane(const std::string& address) const;

  private:
    std::map<std::string, HookEndpoint> endpoints_;
};

// What a kind of channel puts into the request, and what it makes of the answer. Both are called on
// threads of others, keep no state and do not throw.
struct HookKind {
    using Now = std::function<std::chrono::sys_time<std::chrono::milliseconds>()>;
    // Adds method, address, headers and body. Whatever is the same on every attempt comes of the
    // transmission alone; `now` is for signatures.
    std::function<void(const engine::ports::Transmission&, const HookEndpoint&,
                       std::chrono::sys_time<std::chrono::milliseconds> now, courier::Request&)>
        compose;
    std::function<engine::ports::Outcome(const courier::Response&, std::chrono::sys_seconds now)>
        judge;
};

// A channel that makes one request of a transmission and reads one answer: group robots, gateways.
class Hook : public engine::ports::Notifier {
  public:
    Hook(HookKind kind, HookEndpoints endpoints, Reaching reaching,
         std::shared_ptr<courier::Courier> courier, HookKind::Now now);

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;
    std::string lane(const std::string& address) const override;

  private:
    HookKind kind_;
    std::shared_ptr<const HookEndpoints> endpoints_;  // answers look into it after we are gone
    Reaching reaching_;
    std::shared_ptr<courier::Courier> courier_;
    HookKind::Now now_;
};

}  // namespace jinqiao::adapters::notify
