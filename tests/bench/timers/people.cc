#include "tests/bench/timers/people.h"

#include <chrono>
#include <fstream>

#include "adapters/cli/api_client.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/timers/backlog.h"

namespace jinqiao::tests::bench {

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

Visitors::Visitors(const Office& office, const std::filesystem::path& dir)
    : port_(office.port()), token_file_(dir / "token") {
    std::ofstream(token_file_) << Office::token << '\n';
}

std::shared_ptr<adapters::cli::ApiClient> Visitors::client() const {
    const adapters::cli::ApiAccess access{"http://127.0.0.1:" + std::to_string(port_),
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

std::function<void()> Visitors::filing() const {
    return [client = client(), i = 0]() mutable {
        const auto name = "works " + std::to_string(++i);
        expect(client->post("/api/v1/alerts",
                            R"({"enterprise": {"name": ")" + name +
                                R"(", "staff": 60}, "event": {"cause": "wage_arrears",)"
                                R"( "noticed_at": "2026-11-20T08:40:00+08:00"}})",
                            {}));
    };
}

std::function<void()> Visitors::reading() const {
    return [client = client(), i = std::uint64_t{0}]() mutable {
        expect(client->get(++i % 2 == 0 ? "/api/v1/cases?limit=20"
                                        : "/api/v1/cases/" + Backlog::id_of(i)));
    };
}

}  // namespace jinqiao::tests::bench
