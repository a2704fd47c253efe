#pragma once
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdlib>

namespace jinqiao::tests {

// A socket that listens on a free port of 127.0.0.1, which `port` becomes. The caller closes it.
inline int listen_on_loopback(int& port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listener, 64) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        std::abort();
    port = ntohs(address.sin_port);
    return listener;
}

}  // namespace jinqiao::tests
