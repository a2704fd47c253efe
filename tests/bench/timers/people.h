#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "adapters/cli/api_client.h"
#include "adapters/cli/serve_words.h"
#include "adapters/cli/setup.h"
#include "adapters/http/server.h"
#include "engine/runtime/engine.h"

namespace jinqiao::tests::bench {

// Somebody who does the same thing again and again, with a short rest in between, and notes how
// long each time took. On a thread of its own.
class Person {
  public:
    explicit Person(std::function<void()> deed)
        : deed_(std::move(deed)), thread_([this] { live(); }) {}
    ~Person() { stop(); }
    std::vector<double> stop();  // what each time took, in ms

  private:
    void live();

    std::function<void()> deed_;
    std::atomic<bool> leave_ = false;
    std::vector<double> waits_ms_;
    std::thread thread_;
};

// The API over a real socket, and an account for people who use it.
class Office {
  public:
    // Borrows the parts. `dir` is for the account's token.
    Office(const adapters::cli::Setup& setup, engine::ports::Store& store,
           engine::runtime::Engine& engine, engine::runtime::WorldHolder& world,
           const engine::ports::WallClock& clock, const std::filesystem::path& dir);
    // Files an alert, answered once it is durable.
    std::function<void()> filing() const;
    // Opens a case, then the first page of the list, and so on in turn.
    std::function<void()> reading() const;

  private:
    std::shared_ptr<adapters::cli::ApiClient> client() const;

    adapters::cli::CatalogueWords words_;
    std::unique_ptr<adapters::http::Server> server_;
    std::filesystem::path token_file_;
};

}  // namespace jinqiao::tests::bench
