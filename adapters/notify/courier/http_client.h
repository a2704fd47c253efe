#pragma once
#include <memory>

#include "adapters/notify/courier/exchange.h"

namespace jinqiao::adapters::notify::courier {

// One request after another, waiting for each answer: what a command line needs. Keeps its
// connection. One thread.
class HttpClient {
  public:
    HttpClient();
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    Response perform(Request request);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify::courier
