#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <string>
#include <vector>

namespace jinqiao::tests {

struct Reply {
    int status = 0;
    std::map<std::string, std::string> fields;  // names in lower case
    std::string body;

    boost::json::value json() const;  // null if the body is not JSON
    std::string code() const;         // "code" of problem details
    std::string field(const std::string& name) const;
};

inline std::string text(const boost::json::value& value, const char* key) {
    return std::string(value.at(key).as_string());
}

// One connection to the server under test, as blunt as a client can be: what is sent is what the
// test says, byte for byte. Reading gives up after five seconds.
class Client {
  public:
    explicit Client(std::uint16_t port, std::string token = {}, std::string language = {});

    using Fields = std::vector<std::pair<std::string, std::string>>;
    Reply get(const std::string& target, const Fields& more = {});
    Reply post(const std::string& target, const std::string& body, const Fields& more = {});
    Reply call(const std::string& method, const std::string& target, const std::string& body,
               const Fields& more = {});

    std::string message(const std::string& method, const std::string& target,
                        const std::string& body, const Fields& more = {}) const;
    void send(const std::string& bytes);
    Reply receive(bool head = false);  // status 0: the connection is gone
    bool gone();                       // the other side has closed
    // Reads until this has come, in five seconds; the bytes before it are passed over.
    bool hears(const std::string& text);
    std::string next_line();  // up to the line's end, without it
    void connect();
    // Before connecting: which address of ours to come from; with next to no room for answers.
    void from(const std::string& address) { from_ = address; }
    void deafen() { deaf_ = true; }

  private:
    bool fill();  // more bytes into buffer_

    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_{io_};
    std::uint16_t port_;
    std::string token_, language_, buffer_, from_;
    bool open_ = false, deaf_ = false;
    bool last_ = false;  // the server said that it closes the connection after its answer
};

}  // namespace jinqiao::tests
