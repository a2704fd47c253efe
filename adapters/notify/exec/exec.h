#pragma once
#include <functional>
#include <memory>
#include <string>

#include "adapters/notify/exec/options.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::exec {

// Hands each transmission to a program of the zone's own: one run, one JSON line in, one out.
//
// Threads    As many as may run at once; each of them watches one program.
// Errors     What a run means is said by judge(). A program that others can change is not run.
// Ending     Programs under way get SIGTERM, and SIGKILL after `grace`.
class Exec : public engine::ports::Notifier {
  public:
    // Takes what a program wrote to its standard error, made printable, without the secrets.
    using Log = std::function<void(const std::string& line)>;

    explicit Exec(Options options, Log log = {});
    ~Exec() override;

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify::exec
