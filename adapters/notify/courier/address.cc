#include "adapters/notify/courier/address.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace jinqiao::adapters::notify::courier {
namespace {

struct Net4 {
    std::uint32_t base;
    int bits;
};

// RFC 6890 and its successors: every block that is not plain unicast on the Internet.
constexpr std::array<Net4, 15> closed4{{
    {0x00000000, 8},   // 0.0.0.0/8 this host
    {0x0A000000, 8},   // 10/8 private
    {0x64400000, 10},  // 100.64/10 shared; 100.100.100.200 is a metadata service
    {0x7F000000, 8},   // 127/8 loopback
    {0xA9FE0000, 16},  // 169.254/16 link-local; 169.254.169.254 is a metadata service
    {0xAC100000, 12},  // 172.16/12 private
    {0xC0000000, 24},  // 192.0.0/24 protocol assignments
    {0xC0000200, 24},  // 192.0.2/24 documentation
    {0xC0586300, 24},  // 192.88.99/24 6to4 relay
    {0xC0A80000, 16},  // 192.168/16 private
    {0xC6120000, 15},  // 198.18/15 benchmarking
    {0xC6336400, 24},  // 198.51.100/24 documentation
    {0xCB007100, 24},  // 203.0.113/24 documentation
    {0xE0000000, 4},   // 224/4 multicast
    {0xF0000000, 4},   // 240/4 reserved, broadcast
}};

bool is_public4(std::uint32_t host_order) {
    return std::none_of(closed4.begin(), closed4.end(), [&](const Net4& net) {
        return (host_order >> (32 - net.bits)) == (net.base >> (32 - net.bits));
    });
}

using Bytes6 = std::array<std::uint8_t, 16>;

bool starts_with(const Bytes6& address, std::initializer_list<std::uint8_t> prefix) {
    return std::equal(prefix.begin(), prefix.end(), address.begin());
}

std::uint32_t four(const Bytes6& address, std::size_t at) {
    return (std::uint32_t{address[at]} << 24) | (std::uint32_t{address[at + 1]} << 16) |
           (std::uint32_t{address[at + 2]} << 8) | std::uint32_t{address[at + 3]};
}

bool is_public6(const Bytes6& address) {
    if (starts_with(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}))  // ::ffff:0:0/96
        return is_public4(four(address, 12));
    if (starts_with(address, {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))  // NAT64
        return is_public4(four(address, 12));
    if (starts_with(address, {0x20, 0x02})) return is_public4(four(address, 2));  // 6to4
    if (starts_with(address, {0x20, 0x01, 0x0D, 0xB8})) return false;             // documentation
    if (starts_with(address, {0x20, 0x01}) && address[2] < 2) return false;  // 2001::/23, Teredo
    return (address[0] & 0xE0) == 0x20;  // 2000::/3 is the only unicast space handed out
}

}  // namespace

bool is_public(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof in);
        return is_public4(ntohl(in.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, &address, sizeof in);
        Bytes6 bytes{};
        std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
        return is_public6(bytes);
    }
    return false;
}

bool within(Reach reach, const sockaddr& address) {
    switch (reach) {
        case Reach::public_only:
            return is_public(address);
        case Reach::private_only:
            return !is_public(address);
        case Reach::anywhere:
            return true;
    }
    return false;
}

}  // namespace jinqiao::adapters::notify::courier
