#pragma once
#include <cstdint>
#include <memory>

#include "adapters/cli/serve_words.h"
#include "adapters/cli/setup.h"
#include "adapters/http/server.h"
#include "engine/runtime/engine.h"

namespace jinqiao::tests::bench {

// The API over a real socket, and one account that may do all that a first-asked person does.
class Office {
  public:
    // Of the account.
    static constexpr const char* token = "of-the-bench";

    // Borrows the parts.
    Office(const adapters::cli::Setup& setup, engine::ports::Store& store,
           engine::runtime::Engine& engine, engine::runtime::WorldHolder& world,
           const engine::ports::WallClock& clock);
    std::uint16_t port() const { return server_->port(); }
    void stop() { server_->stop(); }  // before the engine

  private:
    adapters::cli::CatalogueWords words_;
    std::unique_ptr<adapters::http::Server> server_;
};

}  // namespace jinqiao::tests::bench
