#include "tests/bench/timers/people.h"

#include <chrono>
#include <fstream>
#include <future>

#include "adapters/cli/api_client.h"
#include "engine/runtime/digest.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/timers/backlog.h"

namespace jinqiao::tests::bench {

namespace runtime = engine::runtime;
using namespace std::chrono_literals;

std::vector<double> Person::stop() {
    leave_ = true;
    if (thread_.joinable()) thread_.join();
    return std::move(waits_ms_);
}

void Person::live() {
    while (!leave_) {
        const auto began = std::chrono::steady_clock::now();
        deed_();
        waits_ms_.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
                .count());
        std::this_thread::sleep_for(20ms);
    }
}

namespace {

// A person on duty may file alerts and read every case.
constexpr const char* token = "of-the-bench";
constexpr const char* account = R"({"roles": ["duty_officer"], "enabled": true})";

void register_account(runtime::Engine& engine) {
    std::promise<void> answered;
    runtime::Submission submission;
    submission.work = runtime::Registration{
        {{engine::model::AccountId{"duty"}, account, runtime::sha256_hex(token)}}, {}};
    submission.done = [&](const runtime::Answer&) { answered.set_value(); };
    if (!engine.submit(std::move(submission))) fail("the engine takes nothing");
    answered.get_future().wait();
}

adapters::http::HttpSettings settings() {
    adapters::http::HttpSettings out;
    out.port = 0;
    out.link_key = std::string(32, 'b');
    return out;
}

}  // namespace

Office::Office(const adapters::cli::Setup& setup, engine::ports::Store& store,
               runtime::Engine& engine, runtime::WorldHolder& world,
               const engine::ports::WallClock& clock, const std::filesystem::path& dir)
    : words_(setup.configuration.texts, setup.configuration.service.utc_offset),
      token_file_(dir / "token") {
    register_account(engine);
    std::ofstream(token_file_) << token << '\n';
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

std::shared_ptr<adapters::cli::ApiClient> Office::client() const {
    const adapters::cli::ApiAccess access{"http://127.0.0.1:" + std::to_string(server_->port()),
                                          token_file_.string()};
    auto client = adapters::cli::ApiClient::open(access, "en");
    if (!client) fail(client.error().what);
    return std::make_shared<adapters::cli::ApiClient>(std::move(*client));
}

namespace {

void expect(const engine::model::Result<adapters::cli::ApiClient::Answer>& answer) {
    if (!answer) fail(answer.error().what);
    if (!answer->ok()) fail(answer->body);
}

}  // namespace

std::function<void()> Office::filing() const {
    return [client = client(), i = 0]() mutable {
        const auto name = "works " + std::to_string(++i);
        expect(client->post("/api/v1/alerts",
                            R"({"enterprise": {"name": ")" + name +
                                R"(", "staff": 60}, "event": {"cause": "wage_arrears",)"
                                R"( "noticed_at": "2026-11-20T08:40:00+08:00"}})",
                            {}));
    };
}

std::function<void()> Office::reading() const {
    return [client = client(), i = std::uint64_t{0}]() mutable {
        expect(client->get(++i % 2 == 0 ? "/api/v1/cases?limit=20"
                                        : "/api/v1/cases/" + Backlog::id_of(i)));
    };
}

}  // namespace jinqiao::tests::bench
