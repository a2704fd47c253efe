#pragma once
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::webhook {

// Where one address of the channel goes, and the keys that sign for it.
struct Endpoint {
    std::string url;                // a credential: never shown
    std::vector<std::string> keys;  // decoded; the current one first, the previous one after it
};

// Keys of a channel of kind `webhook`:
//   url:             {file: PATH} or {env: NAME}; where everything goes that has no endpoint of its
//   own secret:          {file} or {env}: whsec_…; one for each receiver previous_secret: {file} or
//   {env}; signs too while a receiver changes over endpoints:       {<address>: {url, secret,
//   previous_secret}} timeout:         how long an answer may take          (15 s; 1 s to 60 s)
//   connect_timeout: how long a connection may take       (5 s)
//   allow_private:   true lets it reach loopback and private addresses, and plain http (false)
//   source:          CloudEvents source                   (/jinqiao)
struct Options {
    std::map<std::string, Endpoint> endpoints;  // "" is the channel's own
    std::chrono::milliseconds timeout{15000};
    std::chrono::milliseconds connect_timeout{5000};
    bool allow_private = false;
    std::string source = "/jinqiao";

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section);
    // What an address has to be instead of this one; empty: it can be used.
    std::string unusable(const std::string& address) const;
    const Endpoint* endpoint(const std::string& address) const;
};

}  // namespace jinqiao::adapters::notify::webhook
