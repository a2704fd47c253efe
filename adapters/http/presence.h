#pragma once
#include <chrono>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/ids.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::http {

// Who has a form of which case open, so that two people at the same one learn of each other. In
// memory only and soon forgotten: no part of any file, and no substitute for If-Match.
//
// Threads  The server's alone.
class Presence {
  public:
    struct Entry {
        std::string kase;
        engine::model::AccountId account;
        engine::model::PersonId person;
        std::string form;  // name of the action
        engine::time::Instant until{};
    };

    // Browsers repeat themselves every fifteen seconds and may miss two.
    static constexpr std::chrono::seconds life{45};
    static constexpr std::size_t most = 1000;  // beyond it the oldest is forgotten

    // True: it was not known before, or is another form now.
    bool enter(Entry entry, engine::time::Instant now);
    // True: it was known.
    bool leave(std::string_view kase, const engine::model::AccountId& account,
               engine::time::Instant now);
    // All but the asker.
    std::vector<Entry> others(std::string_view kase, const engine::model::AccountId& asker,
                              engine::time::Instant now);

  private:
    void forget(engine::time::Instant now);

    std::deque<Entry> entries_;  // in the order in which they began
};

}  // namespace jinqiao::adapters::http
