#include "adapters/http/peers.h"

#include <algorithm>
#include <charconv>

#include "adapters/http/token.h"

namespace jinqiao::adapters::http {

namespace ip = boost::asio::ip;

namespace {

ip::address_v6 widened(const Address& address) {
    return address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()) : address.to_v6();
}

Address narrowed(const Address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    return address;
}

std::optional<Address> parse_address(std::string_view text) {
    boost::system::error_code ec;
    const auto address = ip::make_address(std::string(text), ec);
    if (ec) return std::nullopt;
    return narrowed(address);
}

// Some proxies write the port too: "192.0.2.1:4711", "[2001:db8::1]:4711".
std::optional<Address> parse_hop(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('[')) return parse_address(text.substr(1, text.find(']') - 1));
    if (std::count(text.begin(), text.end(), ':') == 1) text = text.substr(0, text.find(':'));
    return parse_address(text);
}

}  // namespace

std::optional<Network> Network::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    const unsigned most = address->is_v4() ? 32 : 128;
    unsigned bits = most;
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        const auto* end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, bits);
        if (read.ec != std::errc{} || read.ptr != end || bits > most) return std::nullopt;
    }
    Network network;
    network.base_ = widened(*address);
    network.bits_ = bits + (128 - most);
    return network;
}

bool Network::holds(const Address& address) const {
    const auto ours = base_.to_bytes();
    const auto theirs = widened(address).to_bytes();
    for (unsigned bit = 0; bit < bits_; bit += 8) {
        const unsigned left = std::min(8U, bits_ - bit);
        const auto mask = static_cast<unsigned char>(0xFFU << (8 - left));
        if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) return false;
    }
    return true;
}

bool any_holds(const Networks& networks, const Address& address) {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network& network) { return network.holds(address); });
}

Address client_of(const Address& peer, std::string_view forwarded_for, const Networks& trusted) {
    Address client = narrowed(peer);
    while (!forwarded_for.empty() && any_holds(trusted, client)) {
        const auto comma = forwarded_for.rfind(',');
        const auto last =
            comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
        forwarded_for =
            comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
        const auto hop = parse_hop(last);
        if (!hop) break;  // what a trusted proxy could not name is nobody else's either
        client = *hop;
    }
    return client;
}

std::string limit_key(const Address& address) {
    const auto plain = narrowed(address);
    if (plain.is_v4()) return plain.to_string();
    auto bytes = plain.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), 0);
    return ip::address_v6(bytes).to_string() + "/64";
}

std::string without_machine(std::string_view key) {
    boost::system::error_code wrong;
    const auto address = ip::make_address(std::string(key.substr(0, key.find('/'))), wrong);
    if (wrong) return "*";
    if (address.is_v4()) return std::string(key.substr(0, key.rfind('.'))) + ".*";
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 6, bytes.end(), 0);
    return ip::address_v6(bytes).to_string() + "*";
}

}  // namespace jinqiao::adapters::http
