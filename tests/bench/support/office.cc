#include "tests/bench/support/office.h"

#include <future>

#include "engine/runtime/digest.h"
#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

namespace runtime = engine::runtime;

namespace {

// Holds the duty desk of a staff as the replay has it: files, acknowledges, reads every case.
constexpr const char* account =
    R"({"roles": ["duty_officer"], "person": "duty_desk.1", "enabled": true})";

void register_account(runtime::Engine& engine) {
    std::promise<void> answered;
    runtime::Submission submission;
    const engine::model::AccountId id{"duty"};
    submission.work = runtime::Registration{
        {{id, account}},
        {},
        {{runtime::sha256_hex(Office::token), id, "bench", false, engine.core().now(), {}, ""}}};
    submission.done = [&](const runtime::Answer&) { answered.set_value(); };
    if (!engine.submit(std::move(submission))) fail("the engine takes nothing");
    answered.get_future().wait();
}

adapters::http::HttpSettings settings() {
    adapters::http::HttpSettings out;
    out.port = 0;
    out.requests_per_account.burst = out.requests_per_address.burst = 0;  // no limit
    out.link_key = std::string(32, 'b');
    return out;
}

}  // namespace

Office::Office(const adapters::cli::Setup& setup, engine::ports::Store& store,
               runtime::Engine& engine, runtime::WorldHolder& world,
               const engine::ports::WallClock& clock)
    : words_(setup.configuration.texts, setup.configuration.service.utc_offset) {
    register_account(engine);
    adapters::http::ApiParts parts;
    parts.store = &store;
    parts.core = &engine.core();
    parts.committer = engine.committer();
    parts.world = &world;
    parts.clock = &clock;
    parts.words = &words_;
    parts.read_policy = config::read_policy;
    server_ = std::make_unique<adapters::http::Server>(std::move(parts), settings());
    if (auto up = server_->start(); !up) fail(up.error().what);
}

}  // namespace jinqiao::tests::bench
