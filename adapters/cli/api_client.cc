#include "adapters/cli/api_client.h"

#include <CLI/CLI.hpp>
#include <boost/json/parse.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "adapters/cli/json_view.h"
#include "adapters/cli/table.h"
#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

std::string fresh_key() {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::random_device device;
    std::string key = "cli-";
    for (int i = 0; i < 32; ++i) key += digits[device() & 15U];
    return key;
}

Result<std::string> read_token(const ApiAccess& access) {
    std::string token = environment("JINQIAO_TOKEN");
    if (!access.token_file.empty()) {
        std::ifstream file(access.token_file);
        if (!std::getline(file, token))
            return Error{ErrorCode::invalid, "cannot read the token", access.token_file};
    }
    while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
    if (token.find_first_of("\r\n") != std::string::npos)
        return Error{ErrorCode::invalid, "the token holds a line break", "JINQIAO_TOKEN"};
    return token;
}

Result<std::string> read_authorities(const ApiAccess& access) {
    const auto path = access.cacert.empty() ? environment("JINQIAO_CACERT") : access.cacert;
    if (path.empty()) return std::string();
    std::ifstream file(path, std::ios::binary);
    std::string pem(std::istreambuf_iterator<char>(file), {});
    if (pem.find("-----BEGIN CERTIFICATE-----") == std::string::npos)
        return Error{ErrorCode::invalid, "no certificate in PEM form", path};
    return pem;
}

}  // namespace

void add_access(CLI::App& command, const Speech& speech, ApiAccess& access) {
    command.add_option("--url", access.url, speech("cli.help.url"));
    command.add_option("--token-file", access.token_file, speech("cli.help.token_file"));
    command.add_option("--cacert", access.cacert, speech("cli.help.cacert"));
}

Result<ApiClient> ApiClient::open(const ApiAccess& access, std::string_view language) {
    ApiClient client;
    client.base_ = access.url.empty() ? environment("JINQIAO_URL") : access.url;
    if (client.base_.empty()) client.base_ = "http://127.0.0.1:8470";
    while (client.base_.ends_with('/')) client.base_.pop_back();
    client.language_ = language;
    auto token = read_token(access);
    if (!token) return token.error();
    client.token_ = std::move(*token);
    auto authorities = read_authorities(access);
    if (!authorities) return authorities.error();
    client.authorities_ = std::move(*authorities);
    return client;
}

std::vector<std::string> ApiClient::headers() const {
    std::vector<std::string> result{"Accept: application/json", "Accept-Language: " + language_,
                                    "User-Agent: jinqiao-cli"};
    if (!token_.empty()) result.push_back("Authorization: Bearer " + token_);
    return result;
}

Result<ApiClient::Answer> ApiClient::get(const std::string& path) {
    notify::courier::Request request;
    request.method = "GET";
    request.url = base_ + path;
    request.headers = headers();
    return perform(std::move(request));
}

Result<ApiClient::Answer> ApiClient::post(const std::string& path, const std::string& body,
                                          std::string key, const std::string& if_match) {
    notify::courier::Request request;
    request.url = base_ + path;
    request.headers = headers();
    request.headers.emplace_back("Content-Type: application/json");
    request.headers.push_back("Idempotency-Key: " + (key.empty() ? fresh_key() : key));
    if (!if_match.empty()) request.headers.push_back("If-Match: \"" + if_match + "\"");
    request.body = body;
    return insist(request);
}

Result<ApiClient::Answer> ApiClient::send_file(const std::string& path, std::string bytes,
                                               const std::string& name, std::string key) {
    notify::courier::Request request;
    request.url = base_ + path;
    request.headers = headers();
    // What it is, its bytes say.
    request.headers.emplace_back("Content-Type: application/octet-stream");
    request.headers.push_back("Content-Disposition: attachment; filename*=UTF-8''" +
                              notify::courier::percent_encode(name));
    request.headers.push_back("Idempotency-Key: " + (key.empty() ? fresh_key() : key));
    request.body = std::move(bytes);
    return insist(request);
}

Result<ApiClient::Answer> ApiClient::insist(const notify::courier::Request& request) {
    // A repeat under the same key is not done twice: a daemon that is being restarted, or an answer
    // that got lost, is waited for. Whoever gave no key never learns of it.
    constexpr int most_tries = 3;
    for (int tries = 1;; ++tries) {
        auto answer = perform(request);
        const bool again = !answer || answer->status == 503 ||
                           text_at(answer->json, "code") == "idempotency_in_flight";
        if (!again || tries == most_tries) return answer;
        std::this_thread::sleep_for(std::chrono::seconds{1});
    }
}

Result<ApiClient::Answer> ApiClient::perform(notify::courier::Request request) {
    request.allow_private = true;  // the person at the keyboard chose the address
    request.timeout = patience_;
    request.authorities = authorities_;
    request.most = std::size_t{64} << 20;
    notify::courier::Response response = http_->perform(std::move(request));
    if (response.status == 0)
        return Error{response.sent ? ErrorCode::unknown : ErrorCode::unavailable, response.failure,
                     base_};
    Answer answer;
    answer.status = response.status;
    answer.body = std::move(response.body);
    if (const std::string* etag = response.header("etag")) answer.etag = *etag;
    boost::json::error_code broken;
    answer.json = boost::json::parse(answer.body, broken);
    if (broken) answer.json = nullptr;
    return answer;
}

Exit tell_problem(const Context& context, const ApiClient::Answer& answer) {
    const Exit code = answer.status >= 500 ? Exit::could_not : Exit::refused;
    if (context.json) {
        context.out << answer.body << '\n';
        return code;
    }
    context.err << "jinqiao: " << answer.status << ' ' << printable(text_at(answer.json, "title"))
                << '\n';
    const std::string detail = text_at(answer.json, "detail");
    if (!detail.empty()) context.err << "  " << printable(detail) << '\n';
    for (const char* list : {"reasons", "errors"})
        for (const auto& item : list_at(answer.json, list)) {
            const std::string field = text_at(item, "field");
            std::string text = text_at(item, "text");
            if (text.empty()) text = text_at(item, "detail");
            context.err << "  - " << (field.empty() ? "" : printable(field) + ": ")
                        << printable(text) << '\n';
        }
    return code;
}

engine::model::Result<std::string> find_case(ApiClient& client, const std::string& name) {
    if (!name.starts_with("JQ-") && name.find('-') == std::string::npos) return name;
    const auto answer =
        client.get("/api/v1/cases?limit=10&q=" + notify::courier::percent_encode(name));
    if (!answer) return answer.error();
    for (const auto& item : list_at(answer->json, "items"))
        if (text_at(item, "number") == name) return text_at(item, "id");
    return name;
}

}  // namespace jinqiao::adapters::cli
