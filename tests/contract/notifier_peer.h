#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jinqiao::tests {

// A receiver on loopback: keeps what it is sent and answers what it was told to answer, or breaks
// as it was told to break. It knows just enough HTTP/1.1 for a GET, and a POST with Content-Length.
class Peer {
  public:
    struct Received {
        std::string method;
        std::string path;                            // with the query
        std::map<std::string, std::string> headers;  // names in lower case
        std::string body;
    };
    Peer();
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    int port() const;
    std::string base() const;  // http://127.0.0.1:PORT
    std::string url() const;   // http://127.0.0.1:PORT/in
    // What was answered with 2xx, and everything that came.
    std::vector<Received> received() const;
    std::vector<Received> asked() const;
    // The whole answer, status line and headers; "" takes the request and hangs up without a word.
    void answer_with(std::string response);
    // Instead of it to requests whose path begins so: "/cgi-bin/gettoken".
    void answer_at(const std::string& path, std::string response);

    // How it breaks; what it answers by answer_at() it does all the same. All but `speaks_first`
    // take the whole request before.
    enum class Manner {
        answers,       // as it was told
        says_nothing,  // and keeps the connection
        resets,        // the connection, instead of closing it
        drips,         // the answer, one byte in a while
        speaks_first,  // the answer, before anything was asked
    };
    void behave(Manner manner);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// An answer with Content-Length: status "200 OK", extra "Retry-After: 77\r\n".
std::string http_answer(const std::string& status, const std::string& body = {},
                        const std::string& extra = {});

}  // namespace jinqiao::tests
