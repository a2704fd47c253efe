#pragma once
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "adapters/cli/configuration_digest.h"
#include "adapters/cli/diff/takeover.h"
#include "adapters/cli/setup.h"
#include "adapters/http/reload.h"
#include "engine/runtime/engine.h"

namespace jinqiao::adapters::cli {

// Reads the configuration again beside the running daemon: checks and proves it as `check` does,
// asks what it would change about the open cases, has the committer take it over in one
// transaction, and then hands the rest to whoever runs by it. A faulty one leaves everything as it
// was. Both are rows of the directory's stream.
//
// Threads  One of its own, on which all of this happens; commits go on meanwhile. reload(), hup()
//          and state() from any thread; start() and stop() from one. `taken` is called on its
//          thread.
// Order    One at a time: a second order is told so. A signal that comes meanwhile is remembered,
//          since whoever sent it may have changed a file after it was read.
class Reloader {
  public:
    struct Parts {
        std::filesystem::path data;  // folder of spools and keys
        engine::ports::Store* store = nullptr;
        const engine::ports::WallClock* clock = nullptr;
        engine::runtime::WorldHolder* world = nullptr;
        engine::runtime::Engine* engine = nullptr;  // started
        // As they are used: notifiers that were made of a configuration.
        std::function<engine::runtime::Notifiers(Notifiers)> made;
        // It is in force: words, interface and whatever else is not of the engine.
        std::function<void(std::shared_ptr<const Setup>, const engine::runtime::Notifiers&)> taken;
    };
    Reloader(Parts parts, std::shared_ptr<const Setup> running,
             engine::runtime::Notifiers notifiers);
    ~Reloader();  // stop()

    // `done` may be called before this returns, where another one is under way.
    void reload(http::ReloadOrder order, std::function<void(http::Reloaded)> done);
    void hup();  // SIGHUP: nobody to ask, so it goes ahead, and the log says what changes
    http::ConfigurationState state() const;
    // What is under way is broken off where nothing has been written yet, else finished.
    // Idempotent.
    void stop();

  private:
    struct Job {
        http::ReloadOrder order;
        std::function<void(http::Reloaded)> done;
    };
    struct Read {  // a configuration as found
        ConfigurationFiles files;
        std::string digest;
        Checked checked;
        engine::runtime::Notifiers notifiers;
        std::optional<engine::model::Actor> filer;  // of situations; none: it is faulty
    };

    void run();
    http::Reloaded carry_out(const http::ReloadOrder& order);
    Read read() const;
    Read read_once() const;
    http::Reloaded tell(const http::ReloadOrder& order, const Read& read) const;
    http::Reloaded refuse(const http::ReloadOrder& order, const Read& read);
    engine::model::Status compare(const Setup& next, const Read& read,
                                  const http::ReloadOrder& order, diff::Span span,
                                  diff::Takeover& into) const;
    http::Reloaded take(const http::ReloadOrder& order, Read read, boost::json::object body);
    engine::model::Status submit(engine::runtime::Submission submission);
    void log(const http::Reloaded& outcome) const;
    bool stopping() const;

    Parts parts_;
    std::shared_ptr<const Setup> running_;  // worker's thread only
    engine::runtime::Notifiers notifiers_;  // likewise
    ConfigurationFiles files_;              // likewise
    mutable std::mutex mutex_;
    std::condition_variable wanted_;
    http::ConfigurationState state_;  // guarded by mutex_, and all below
    std::optional<Job> job_;
    bool busy_ = false;
    bool hup_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace jinqiao::adapters::cli
