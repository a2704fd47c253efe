#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>

#include "adapters/http/peers.h"

namespace jinqiao::adapters::http {

// Who is at the other end of a connection.
struct Peer {
    Address address;
    std::string key;       // that its connections are counted under
    bool trusted = false;  // a proxy: its connections are many people's
};

// What a connection is to those who count them.
class Seat {
  public:
    virtual ~Seat() = default;
    virtual void close_now() = 0;

    bool idle = true;             // nothing of a request has come
    bool being_answered = false;  // all of one has come
    bool leaving = false;         // cut off, not gone yet
    // When it was last answered, or came.
    std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
};

// The connections there are, and how much of bodies they hold. Of the server's thread alone.
class Sessions {
  public:
    struct Limits {
        std::size_t all = 0, of_one_address = 0, bodies = 0;
    };
    explicit Sessions(Limits limits) : limits_(limits) {}

    // Whether there is a place for one more. Where there is none, whoever has gone longest without
    // being answered has to leave: a request takes milliseconds, so that is hardly ever somebody
    // who is in earnest, and slow connections keep nobody out however many they are.
    bool room_for(const Peer& peer);
    void add(Seat* seat, const Peer& peer);
    void remove(Seat* seat);
    std::size_t count() const { return open_.size(); }
    bool finishing() const { return finishing_; }
    void finish();  // idle ones close now, busy ones after their answer
    void cut();     // all of them now
    void when_empty(std::function<void()> done);  // called when the last one goes

  private:
    friend class Room;
    bool make_room(const std::string* key);

    Limits limits_;
    std::map<Seat*, std::string> open_;  // empty: of a trusted proxy
    std::map<std::string, std::size_t> of_address_;
    std::size_t bodies_ = 0;
    bool finishing_ = false;
    std::function<void()> empty_;
};

// A share of the memory for bodies, given back when it goes.
class Room {
  public:
    explicit Room(Sessions& sessions) : sessions_(sessions) {}
    ~Room() { give_back(); }
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    bool take(std::size_t bytes);
    void give_back();

  private:
    Sessions& sessions_;
    std::size_t held_ = 0;
};

}  // namespace jinqiao::adapters::http
