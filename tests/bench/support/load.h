#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jinqiao::tests::bench {

struct Reply {
    int status = 0;
    std::string_view head, body;  // until the client's next request is sent

    std::string_view field(std::string_view name) const;  // empty: not there; names as we send them
};

// Waits for many sockets at once and says which can be read. One thread.
class Poller {
  public:
    Poller();
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    void watch(int fd, std::function<void()> readable);
    void forget(int fd);        // before it is closed; also from within its own `readable`
    bool wait(int at_most_ms);  // calls who can be read; false: the time was over

  private:
    int poll_;
    std::unordered_map<int, std::shared_ptr<std::function<void()>>> watched_;
};

// One connection to 127.0.0.1, one request after another. Requests are small: the socket's buffer
// is empty when one is sent. A reply that cannot be read ends the program.
class Client {
  public:
    using Taken = std::function<void(const Reply&)>;

    Client(Poller& poller, std::uint16_t port, Taken taken);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(std::string_view request);             // whole; `taken` may send the next
    double waited_ms() const { return waited_ms_; }  // for the reply just taken

  private:
    void read_some();
    void reply_is_there();

    Poller& poller_;
    int fd_;
    Taken taken_;
    std::string in_;
    std::size_t head_end_ = std::string::npos, length_ = 0;
    std::int64_t sent_at_ns_ = 0;
    double waited_ms_ = 0;
};

// What one client does: the next request, whole, from the reply to the last one (null at first).
// Empty: it has enough.
using Script = std::function<std::string(const Reply* last)>;

struct Load {
    std::vector<double> waits_ms;  // of every request, in the order of the replies
    double wall_s = 0;
};

// Runs all clients at once, each over a connection of its own, all of them on the calling thread:
// what the generator costs is one thread's time. Ends when every client has enough.
Load run_clients(std::uint16_t port, std::vector<Script> clients);

std::string request(std::string_view method, std::string_view target, std::string_view token,
                    std::string_view body);

}  // namespace jinqiao::tests::bench
