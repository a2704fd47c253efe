#include "adapters/notify/courier/easy.h"

#include <algorithm>
#include <cctype>
#include <mutex>

#include "adapters/notify/courier/address.h"
#include "adapters/notify/courier/failure.h"

namespace jinqiao::adapters::notify::courier {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

}  // namespace

void init_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

const std::string* Response::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (key == name) return &value;
    return nullptr;
}

Easy::Easy() {
    init_curl();
    handle_ = curl_easy_init();
}

Easy::~Easy() {
    curl_easy_cleanup(handle_);
    curl_slist_free_all(headers_);
}

void Easy::prepare(Request request) {
    request_ = std::move(request);
    response_ = {};
    refused_ = false;
    curl_slist_free_all(headers_);
    headers_ = nullptr;
    for (const std::string& line : request_.headers)
        headers_ = curl_slist_append(headers_, line.c_str());
    headers_ = curl_slist_append(headers_, "Expect:");  // no round trip before a small body

    curl_easy_reset(handle_);
    const auto set = [this](CURLoption option, auto value) {
        curl_easy_setopt(handle_, option, value);
    };
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_HTTPHEADER, headers_);
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    if (request_.method == "GET") {
        set(CURLOPT_HTTPGET, 1L);
    } else {
        set(CURLOPT_POSTFIELDS, request_.body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    }
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(std::min(request_.connect_timeout, request_.timeout).count()));
    if (!request_.authorities.empty()) {
        curl_blob pem{request_.authorities.data(), request_.authorities.size(), CURL_BLOB_COPY};
        set(CURLOPT_CAINFO_BLOB, &pem);
    }
    set(CURLOPT_NOSIGNAL, 1L);
    // A resolver that hangs is left behind: waiting for its thread would hold up every transfer.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    // A proxy of the environment would be what we connect to, and the address rule would judge it
    // instead of the target.
    set(CURLOPT_PROXY, "");
    set(CURLOPT_WRITEFUNCTION, &Easy::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &Easy::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &Easy::on_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_PRIVATE, this);
    // A kept connection was judged under the permission of the request that opened it.
    if (!request_.allow_private) set(CURLOPT_FRESH_CONNECT, 1L);
}

Response Easy::finish(CURLcode code) {
    if (code == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
        response_.status = static_cast<int>(status);
        response_.sent = true;
        return std::move(response_);
    }
    long header_bytes = 0;
    curl_off_t body_bytes = 0;
    curl_easy_getinfo(handle_, CURLINFO_REQUEST_SIZE, &header_bytes);
    curl_easy_getinfo(handle_, CURLINFO_SIZE_UPLOAD_T, &body_bytes);
    response_.status = 0;
    response_.failure = refused_ ? "refused_address" : failure_word(code);
    response_.sent =
        header_bytes > 0 && static_cast<std::size_t>(body_bytes) >= request_.body.size();
    return std::move(response_);
}

std::size_t Easy::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& easy = *static_cast<Easy*>(self);
    const std::size_t bytes = size * count;
    const std::size_t room =
        easy.request_.most - std::min(easy.request_.most, easy.response_.body.size());
    easy.response_.body.append(data, std::min(bytes, room));
    return bytes;
}

std::size_t Easy::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& easy = *static_cast<Easy*>(self);
    const std::string_view line(data, size * count);
    if (line.starts_with("HTTP/")) easy.response_.headers.clear();  // an interim answer came before
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && easy.response_.headers.size() < 64) {
        const auto from = line.find_first_not_of(" \t", colon + 1);
        const auto until = line.find_last_not_of(" \t\r\n");
        const auto value = from == std::string_view::npos || until < from
                               ? std::string_view{}
                               : line.substr(from, until - from + 1);
        easy.response_.headers.emplace_back(lower(line.substr(0, colon)), std::string(value));
    }
    return line.size();
}

curl_socket_t Easy::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& easy = *static_cast<Easy*>(self);
    if (!easy.request_.allow_private && !is_public(address->addr)) {
        easy.refused_ = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace jinqiao::adapters::notify::courier
