#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/kernel/workflow.h"
#include "engine/policy/directory.h"
#include "engine/policy/policy.h"
#include "engine/ports/renderer.h"
#include "engine/time/calendar.h"

namespace jinqiao::engine::runtime {

// What messages and numbers are made with, as far as a reload may replace it.
struct Stationery {
    std::shared_ptr<const ports::Renderer> renderer;
    std::string public_url;  // of sign links, no slash at the end
    std::chrono::hours link_ttl{24 * 14};
    std::string number_prefix;
};

// What is in force: replaced as a whole, never edited, shared by pointer between threads.
struct World {
    std::map<std::string, std::shared_ptr<const kernel::Workflow>> workflows;
    std::map<std::string, std::shared_ptr<const policy::Policy>> policies;  // current, by workflow
    std::shared_ptr<const time::Calendar> calendar;
    std::shared_ptr<const policy::Directory> directory;
    // What "file" opens where its payload names no "workflow"; empty: the first by name.
    std::string default_workflow = {};
    // Null: the renderer of Core::Parts and what CoreSettings say, for as long as the core lives.
    std::shared_ptr<const Stationery> stationery = {};
};

// Holds the current World. get() is cheap and may be called from any thread.
class WorldHolder {
  public:
    explicit WorldHolder(World world) : world_(std::make_shared<const World>(std::move(world))) {}
    std::shared_ptr<const World> get() const {
        std::lock_guard lock(mutex_);
        return world_;
    }
    void set(World world) {
        auto next = std::make_shared<const World>(std::move(world));
        std::lock_guard lock(mutex_);
        world_.swap(next);
    }
    // Changes a part of what is in force without losing what somebody else changes meanwhile.
    void update(const std::function<void(World&)>& change) {
        std::lock_guard lock(mutex_);
        World next = *world_;
        change(next);
        world_ = std::make_shared<const World>(std::move(next));
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const World> world_;
};

}  // namespace jinqiao::engine::runtime
