#include "adapters/notify/hook.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace jinqiao::adapters::notify {
namespace {

using engine::ports::Outcome;
using engine::ports::Section;

Outcome rejected(std::string code, std::string detail) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::rejected;
    outcome.code = std::move(code);
    outcome.detail = std::move(detail);
    return outcome;
}

// A key in a few characters would be found in every code.
bool holds(const std::string& word, const std::string& secret) {
    constexpr std::size_t shortest = 8;
    return secret.size() >= shortest && word.size() >= shortest &&
           (word.find(secret) != std::string::npos || secret.find(word) != std::string::npos);
}

}  // namespace

bool HookEndpoint::betrayed_by(const std::string& word) const {
    return holds(word, url) || holds(word, secret) ||
           std::any_of(secrets.begin(), secrets.end(),
                       [&](const auto& entry) { return holds(word, entry.second); });
}

HookEndpoints HookEndpoints::read(Section& section, const Read& read) {
    HookEndpoints result;
    const auto named = section.section("endpoints");
    for (const std::string& address : named->keys()) {
        const auto part = named->section(address);
        result.put(address, read(*part));
    }
    if (section.has("url") || section.has("plain_url") || result.endpoints_.empty())
        result.put("", read(section));
    return result;
}

void HookEndpoints::put(const std::string& address, HookEndpoint endpoint) {
    endpoints_[address] = std::move(endpoint);
}

const HookEndpoint* HookEndpoints::at(const std::string& address) const {
    const auto found = endpoints_.find(lane(address));
    return found == endpoints_.end() ? nullptr : &found->second;
}

std::string HookEndpoints::lane(const std::string& address) const {
    return endpoints_.contains(address) ? address : std::string();
}

std::string HookEndpoints::unusable(const std::string& address) const {
    if (at(address) != nullptr) return {};
    std::string names;
    for (const auto& [name, each] : endpoints_) names += (names.empty() ? "" : ", ") + name;
    return "one of the endpoints " + names;
}

Hook::Hook(HookKind kind, HookEndpoints endpoints, Reaching reaching,
           std::shared_ptr<courier::Courier> courier, HookKind::Now now)
    : kind_(std::move(kind)),
      endpoints_(std::make_shared<const HookEndpoints>(std::move(endpoints))),
      reaching_(std::move(reaching)),
      courier_(std::move(courier)),
      now_(std::move(now)) {}

std::string Hook::lane(const std::string& address) const { return endpoints_->lane(address); }

void Hook::send(const engine::ports::Transmission& transmission,
                std::function<void(Outcome)> done) {
    const HookEndpoint* endpoint = endpoints_->at(transmission.address);
    if (endpoint == nullptr) {
        done(rejected("no_endpoint", "the channel has no such address"));
        return;
    }
    courier::Request request = reaching_.request(transmission.patience);
    try {
        kind_.compose(transmission, *endpoint, now_(), request);
    } catch (const std::exception&) {
        done(rejected("not_composed", "no message could be made of the notice"));
        return;
    }
    courier_->send(std::move(request), [kind = kind_, now = now_, endpoints = endpoints_, endpoint,
                                        done = std::move(done)](const courier::Response& response) {
        Outcome outcome = kind.judge(response, std::chrono::floor<std::chrono::seconds>(now()));
        for (std::string* word : {&outcome.code, &outcome.provider_id})
            if (response.status != 0 && endpoint->betrayed_by(*word)) *word = "hidden";
        done(std::move(outcome));
    });
}

}  // namespace jinqiao::adapters::notify
