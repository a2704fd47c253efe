#pragma once
#include <functional>
#include <set>
#include <string>

#include "adapters/http/change_feed.h"
#include "adapters/http/lens.h"

namespace jinqiao::adapters::http {

// One client of GET /stream: what it has been told of and what it still is to be told. Without
// sockets. Of the server's thread alone.
//
// Events   "hello"  once, with the id to go on from
//          "case"   {"id", "number", "version", "seq", "state", "stage", "grade", "open"}: a case
//                   that this account may see has changed
//          "presence"  {"id"}: somebody began or ended writing in a case they may see
//          "reset"  more has changed than is kept: look at your lists again
//          A comment is sent when nothing else is for a while, so that both sides notice when the
//          other has gone.
class Watcher {
  public:
    // Goes on after `last_event_id`; from now on where that is empty.
    Watcher(const ChangeFeed& feed, Lens lens, std::string authorization,
            std::string_view last_event_id);

    // Adds what changed since, as the account may see it under this world; a reset where that is
    // more than anybody would follow.
    void look(std::shared_ptr<const engine::runtime::World> world, engine::time::Instant now);
    // Somebody began or ended writing in this case; told only to whom it is visible. Not kept: who
    // was away asks when they open it.
    void somebody_writes(const engine::model::Case& kase, const engine::runtime::World& world,
                         engine::time::Instant now);
    void heartbeat() { text_ += ":\n\n"; }

    bool has_text() const { return !text_.empty(); }
    std::size_t waiting() const { return text_.size(); }  // bytes
    std::string take() { return std::exchange(text_, {}); }

    const Lens& lens() const { return lens_; }
    const std::string& authorization() const { return authorization_; }

    // Set by whoever writes to the client: there is something to write; it reads too slowly.
    std::function<void()> wake, cut;

  private:
    bool sees(const engine::model::Case& kase, const engine::runtime::World& world,
              engine::time::Instant now) const;
    void event(std::string_view name, std::uint64_t order, std::string_view data);

    const ChangeFeed& feed_;
    Lens lens_;
    std::string authorization_;
    std::uint64_t order_ = 0;
    std::string text_;
};

// All of them.
using Watchers = std::set<Watcher*>;

}  // namespace jinqiao::adapters::http
