#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "adapters/cli/api_client.h"
#include "tests/bench/support/office.h"

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

// What people do at the API, again and again. `dir` is for the account's token.
class Visitors {
  public:
    Visitors(const Office& office, const std::filesystem::path& dir);
    // Files an alert, answered once it is durable.
    std::function<void()> filing() const;
    // Opens a case, then the first page of the list, and so on in turn.
    std::function<void()> reading() const;

  private:
    std::shared_ptr<adapters::cli::ApiClient> client() const;

    std::uint16_t port_;
    std::filesystem::path token_file_;
};

}  // namespace jinqiao::tests::bench
