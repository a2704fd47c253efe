#pragma once
#include <chrono>
#include <string>

#include "adapters/notify/courier/exchange.h"
#include "engine/ports/notifier.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify {

// How a provider is reached: keys that every channel over HTTP has.
//   timeout:         how long an answer may take          (15 s; 1 s to 60 s)
//   connect_timeout: how long reaching it may take        (5 s; 1 s to 60 s)
//   allow_private:   true lets it reach loopback and private addresses, and plain http (false)
//   authorities:     {file} or {env}: PEM, instead of those of the system
struct Reaching {
    std::chrono::milliseconds timeout{15000};
    std::chrono::milliseconds connect_timeout{5000};
    bool allow_private = false;
    std::string authorities;

    // Notes every fault; what it returns then is not to be used.
    static Reaching read(engine::ports::Section& section);
    // A request as far as this goes.
    courier::Request request(std::chrono::milliseconds patience) const;
    // A fault of `key` where the text is no address to send to. It may be a credential, so it is
    // not quoted.
    void check_url(engine::ports::Section& section, std::string_view key,
                   const std::string& url) const;
};

// How much one message may hold, as its kind would have it or as the section says otherwise:
//   text_limit: bytes of UTF-8             at most `most`
void read_usage(engine::ports::Section& section, engine::ports::Usage& usage, std::size_t most);

}  // namespace jinqiao::adapters::notify
