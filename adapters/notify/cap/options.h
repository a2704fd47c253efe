#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "adapters/notify/cap/alert.h"
#include "adapters/notify/reach.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::cap {

// Keys of a channel of kind `cap`, beside those of Reaching, which are for the url:
//   folder           below the data folder; documents lie in FOLDER/<address>/   (one of the two)
//   url              {file} or {env}: where documents are posted to
//   authorization    {file} or {env}: value of that header                       (none)
//   sender           who speaks, as CAP names it; required
//   sender_name      for people                                                  (none)
//   scope            Private or Restricted                                       (Private)
//   restriction      whom it is for, with Restricted
//   category         Security or Other                                           (Security)
//   event, event_en  what it is about
//   headline_en      makes a second info in English                              (none)
//   urgency, severity, certainty   {blue, yellow, orange, red}: words of CAP
//   cancel_on        events of notices that end a case                           (none)
//   utc_offset_minutes                                                           (480)
//
// scope: Public cannot be had. A grade is an internal one: warnings to the public about public
// security are the government's to issue (Emergency Response Law, Art. 63).
struct Options {
    std::filesystem::path folder;  // empty: url
    std::string url;               // a credential: never shown
    std::string authorization;
    std::filesystem::path ledger;  // what was sent before, below the data folder
    Issuer issuer;
    std::vector<std::string> cancel_on;
    Reaching reaching;

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section, const std::filesystem::path& data);
    // What an address has to be instead of this one; empty: it can be used.
    static std::string unusable(const std::string& address);
};

}  // namespace jinqiao::adapters::notify::cap
