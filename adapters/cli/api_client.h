#pragma once
#include <boost/json/value.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/cli/command.h"
#include "adapters/notify/courier/http_client.h"

namespace jinqiao::adapters::cli {

// Where the daemon is, who vouches for it and who asks. --url or JINQIAO_URL; --cacert or
// JINQIAO_CACERT; --token-file or JINQIAO_TOKEN.
struct ApiAccess {
    std::string url;         // empty: the environment, then http://127.0.0.1:8470
    std::string token_file;  // empty: the environment; no token is a call without an account
    // PEM file, instead of the system's authorities; empty: the environment.
    std::string cacert = {};
};

// The options that say so, for a command that calls the API.
void add_access(CLI::App& command, const Speech& speech, ApiAccess& access);

// The HTTP API as its own command line sees it. One thread.
class ApiClient {
  public:
    struct Answer {
        int status = 0;
        std::string body;
        boost::json::value json;  // null if the body is no JSON
        std::string etag;
        bool ok() const { return status >= 200 && status < 300; }
    };

    static engine::model::Result<ApiClient> open(const ApiAccess& access,
                                                 std::string_view language);

    // Error{unavailable}: nobody answered; Error{unknown}: the request was sent and no answer came.
    engine::model::Result<Answer> get(const std::string& path);
    // The key makes a repeat harmless; a fresh one where `key` is empty. Where nobody answers, or
    // the daemon is busy, it is sent again under the same key, three times in all.
    engine::model::Result<Answer> post(const std::string& path, const std::string& body,
                                       std::string key, const std::string& if_match = {});

    // A file as it is, under this name. Tried again like post().
    engine::model::Result<Answer> send_file(const std::string& path, std::string bytes,
                                            const std::string& name, std::string key);

    // For calls that take longer than a minute.
    void wait_for(std::chrono::milliseconds patience) { patience_ = patience; }

  private:
    engine::model::Result<Answer> insist(const notify::courier::Request& request);
    engine::model::Result<Answer> perform(notify::courier::Request request);
    std::vector<std::string> headers() const;

    std::string base_, token_, language_, authorities_;
    std::chrono::milliseconds patience_{60'000};
    std::unique_ptr<notify::courier::HttpClient> http_ =
        std::make_unique<notify::courier::HttpClient>();
};

// Tells a refusal of the API (problem details) as the person on duty would want it, and says which
// exit code it is: 1 refused, 3 the daemon could not.
Exit tell_problem(const Context& context, const ApiClient::Answer& answer);

// People know numbers, the API knows ids.
engine::model::Result<std::string> find_case(ApiClient& client, const std::string& name);

}  // namespace jinqiao::adapters::cli
