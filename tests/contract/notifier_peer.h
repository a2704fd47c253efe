#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jinqiao::tests {

// A receiver on loopback: keeps what it is sent and answers what it was told to answer. It knows
// just enough HTTP/1.1 for a POST with Content-Length.
class Peer {
  public:
    struct Received {
        std::string path;
        std::map<std::string, std::string> headers;  // names in lower case
        std::string body;
    };
    Peer();
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    int port() const;
    std::string url() const;  // http://127.0.0.1:PORT/in
    std::vector<Received> received() const;
    // The whole answer, status line and headers; "" takes the request and hangs up without a word.
    void answer_with(std::string response);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::tests
