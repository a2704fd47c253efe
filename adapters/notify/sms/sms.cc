#include "adapters/notify/sms/sms.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/notify/mac.h"
#include "adapters/notify/sms/answer.h"
#include "adapters/notify/sms/phone.h"
#include "adapters/notify/sms/request.h"

namespace jinqiao::adapters::notify::sms {
namespace {

using engine::ports::Outcome;
using engine::ports::Transmission;

std::string event_of(const Transmission& transmission) {
    const auto* event = transmission.body.if_contains("event");
    return event != nullptr && event->is_string() ? std::string(event->as_string()) : std::string();
}

// Those an earlier attempt did not settle.
std::vector<Phone> unsettled(std::vector<Phone> phones, const Transmission& transmission) {
    std::erase_if(phones, [&](const Phone& phone) {
        return std::find(transmission.settled.begin(), transmission.settled.end(), phone.name) !=
               transmission.settled.end();
    });
    return phones;
}

}  // namespace

Sms::Sms(Options options, std::shared_ptr<courier::Courier> courier, Now now, Nonce nonce)
    : options_(std::move(options)),
      courier_(std::move(courier)),
      now_(std::move(now)),
      nonce_(std::move(nonce)) {}

void Sms::send(const Transmission& transmission, std::function<void(Outcome)> done) {
    auto all = phones_of(transmission.address, options_.most_numbers());
    const Template* chosen = options_.template_for(event_of(transmission));
    if (all.empty() || chosen == nullptr) {
        done({Outcome::Kind::rejected,
              all.empty() ? "address" : "no_template",
              {},
              all.empty() ? "the contact is no list of mobile numbers"
                          : "the channel has no template for this event",
              {}});
        return;
    }
    const bool several = all.size() > 1;
    auto phones = unsettled(std::move(all), transmission);
    if (phones.empty()) {
        done(
            {Outcome::Kind::delivered, "settled", {}, "earlier attempts settled every number", {}});
        return;
    }
    auto request = request_for(options_, *chosen, transmission, phones, now_(), nonce_());
    courier_->send(std::move(request),
                   [provider = options_.provider, phones = std::move(phones), several, now = now_,
                    done = std::move(done)](const courier::Response& response) {
                       done(judge(provider, response, phones, several, now()));
                   });
}

std::string Sms::random_nonce() {
    std::array<unsigned char, 16> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    return hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace jinqiao::adapters::notify::sms
