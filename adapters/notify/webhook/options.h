#pragma once
#include <map>
#include <string>
#include <vector>

#include "adapters/notify/reach.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::webhook {

// Where one address of the channel goes, and the keys that sign for it.
struct Endpoint {
    std::string url;                // a credential: never shown
    std::vector<std::string> keys;  // decoded; the current one first, the previous one after it
};

// Keys of a channel of kind `webhook`, beside those of Reaching:
//   url              {file} or {env}: where everything goes that has no endpoint of its own
//   secret           {file} or {env}: whsec_…; one for each receiver
//   previous_secret  {file} or {env}: signs too while a receiver changes over   (none)
//   endpoints        {ADDRESS: {url, secret, previous_secret}}                  (none)
//   source           CloudEvents source                                         (/jinqiao)
struct Options {
    std::map<std::string, Endpoint> endpoints;  // "" is the channel's own
    Reaching reaching;
    std::string source = "/jinqiao";

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section);
    // What an address has to be instead of this one; empty: it can be used.
    std::string unusable(const std::string& address) const;
    const Endpoint* endpoint(const std::string& address) const;
};

}  // namespace jinqiao::adapters::notify::webhook
