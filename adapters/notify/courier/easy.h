#pragma once
#include <curl/curl.h>

#include <memory>
#include <string>

#include "adapters/notify/courier/exchange.h"

namespace jinqiao::adapters::notify::courier {

// One curl transfer with everything it points into. Not copyable or movable: curl holds its
// address. Used by one thread at a time. No redirects, no proxies from the environment, no cookies,
// no other protocols than http and https.
class Easy {
  public:
    Easy();
    ~Easy();
    Easy(const Easy&) = delete;
    Easy& operator=(const Easy&) = delete;

    void prepare(Request request);   // resets whatever was there before; connections stay
    Response finish(CURLcode code);  // after the transfer
    CURL* handle() { return handle_; }

  private:
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

    CURL* handle_;
    curl_slist* headers_ = nullptr;
    Request request_;
    Response response_;
    bool refused_ = false;
};

// Process-wide, once; called by everything that makes an Easy.
void init_curl();

}  // namespace jinqiao::adapters::notify::courier
