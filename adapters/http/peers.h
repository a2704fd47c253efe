#pragma once
#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::adapters::http {

using Address = boost::asio::ip::address;

// Addresses that begin alike: "10.0.0.0/8", "fd00::/8", or a single one, "127.0.0.1".
class Network {
  public:
    static std::optional<Network> parse(std::string_view text);
    bool holds(const Address& address) const;

  private:
    boost::asio::ip::address_v6 base_;  // IPv4 as ::ffff:a.b.c.d
    unsigned bits_ = 128;
};

using Networks = std::vector<Network>;
bool any_holds(const Networks& networks, const Address& address);

// Who asks. The peer, unless that is a trusted proxy: then the right-most address of
// X-Forwarded-For that is no trusted proxy either. What stands left of it was written by whoever
// asks and may be anything.
Address client_of(const Address& peer, std::string_view forwarded_for, const Networks& trusted);

// What limits are kept by: an IPv4 address, or the 64 bits of an IPv6 one that a household or a
// machine has all of.
std::string limit_key(const Address& address);

// The same without the part that tells the machine or the household: "203.0.113.*",
// "2001:db8:1::*". Enough to see that somebody came from elsewhere.
std::string without_machine(std::string_view key);

}  // namespace jinqiao::adapters::http
