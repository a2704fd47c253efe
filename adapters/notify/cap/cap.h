#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "adapters/notify/cap/options.h"
#include "adapters/notify/courier/courier.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::cap {

// Hands each transmission on as a CAP 1.2 document, into a folder
// (FOLDER/<address>/<identifier>.xml, whole or not at all) or by POST.
//
// Threads    One of its own for everything that touches a disk.
// Repeats    The same document, whatever was delivered in between.
class Cap : public engine::ports::Notifier {
  public:
    using Now = std::function<std::chrono::sys_seconds()>;

    // The courier is not needed for a folder.
    Cap(Options options, std::shared_ptr<courier::Courier> courier, Now now);
    ~Cap() override;

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

  private:
    struct Impl;
    // Not the shared part's: the last of its callbacks may end on the courier's own thread.
    std::shared_ptr<courier::Courier> courier_;
    std::shared_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify::cap
