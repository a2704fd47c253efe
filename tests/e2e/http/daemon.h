#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "adapters/http/server.h"
#include "adapters/store/memory/memory_store.h"
#include "engine/runtime/committer.h"
#include "engine/runtime/core.h"
#include "tests/e2e/http/client.h"
#include "tests/unit/http/words_fake.h"

namespace jinqiao::tests {

class TurnedClock final : public engine::ports::WallClock {
  public:
    explicit TurnedClock(engine::time::Instant start) : now_(engine::time::to_ms(start)) {}
    engine::time::Instant now() const override { return engine::time::from_ms(now_); }
    void turn(std::chrono::milliseconds by) { now_ += by.count(); }

  private:
    std::atomic<std::int64_t> now_;
};

// What a daemon is started with.
struct Office {
    engine::runtime::World world;
    std::unique_ptr<engine::ports::Renderer> renderer;
    std::shared_ptr<const adapters::http::Words> words;
    engine::runtime::Registration rows;  // accounts and enterprises
    engine::runtime::CoreSettings core;
    engine::time::Instant now;
    std::function<engine::model::Result<std::shared_ptr<const engine::policy::Policy>>(
        const std::string&)>
        read_policy;
    std::function<engine::runtime::AuditorReport()> audit;  // empty: nobody audits
    adapters::http::FieldRules fields = {};
    adapters::http::Pages pages = {};
    // Puts cases in before anybody is served.
    std::function<void(engine::runtime::Core&, engine::ports::Store&)> prepare = {};
};

// The office of tests/support/leave_setting.h at Tue 2026-03-03 10:00, with these accounts:
//
//   chen    enterprise_union of ent-1       he, tao, pan   department hr, union, police
//   wang    duty_officer, holds the desk    qian           supervisor, holds chief
//   admin   administrator                   auditor        auditor
//   gone    disabled                        other          enterprise_union of another enterprise
Office leave_office();

// A row of an account. The daemon gives each account it starts with a token: "token-" and its name.
engine::ports::AccountRow account_row(const std::string& name, boost::json::object body);

// An office behind a real socket: server, committer and core over a store in memory.
class Daemon {
  public:
    explicit Daemon(adapters::http::HttpSettings settings = {},
                    engine::runtime::CommitterSettings commit = {});
    explicit Daemon(Office office, adapters::http::HttpSettings settings = {},
                    engine::runtime::CommitterSettings commit = {});
    ~Daemon();

    Client as(const std::string& account, const std::string& language = {}) const;
    Client anybody() const { return Client(server->port()); }
    std::string file(int days = 3);  // a leave request by chen; the case's id

    std::atomic<bool> clock_held{false};               // as a jump of the clock would
    std::atomic<int> clock_confirmed{0};               // times somebody said that it is right
    adapters::http::Reload reload;                     // set before the first call of it
    adapters::http::ConfigurationState configuration;  // likewise
    adapters::http::TryChannel try_channel;            // likewise
    std::vector<adapters::http::ChannelFacts> channel_facts;  // likewise
    TurnedClock clock;
    adapters::store::memory::MemoryStore store;
    std::unique_ptr<engine::ports::Ids> ids;
    std::unique_ptr<engine::ports::Renderer> renderer;
    std::shared_ptr<const adapters::http::Words> words;
    std::unique_ptr<engine::runtime::WorldHolder> world;
    std::unique_ptr<engine::runtime::Core> core;
    std::unique_ptr<engine::runtime::Committer> committer;
    std::unique_ptr<adapters::http::Server> server;
};

inline const std::string link_key = "0123456789abcdef0123456789abcdef";

}  // namespace jinqiao::tests
