#pragma once
#include <sys/socket.h>

namespace jinqiao::adapters::notify::courier {

// Whether an address may be reached by a request whose target somebody configured or supplied.
// Loopback, private, link-local (metadata services live there), shared, multicast, reserved and
// documentation ranges are not public; IPv4 in IPv6 (mapped, NAT64, 6to4) is judged by the IPv4
// part. Anything but IPv4 and IPv6 is not public.
bool is_public(const sockaddr& address);

// Where a transfer may go. What is not encrypted stays within private networks.
enum class Reach { public_only, anywhere, private_only };
bool within(Reach reach, const sockaddr& address);

}  // namespace jinqiao::adapters::notify::courier
