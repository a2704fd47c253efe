#include "adapters/http/broadcast.h"

#include <boost/asio/post.hpp>

namespace jinqiao::adapters::http {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto least_pause = 50ms;  // nobody who watches sees the difference
constexpr int share = 10;           // of the time goes into this, at most

}  // namespace

Broadcast::Broadcast(asio::io_context& io, Api& api)
    : io_(io), api_(api), pause_(io), next_pause_(least_pause) {
    if (const auto& changes = api_.parts().changes) changes->on_news([this] { news(); });
}

Broadcast::~Broadcast() {
    if (const auto& changes = api_.parts().changes) changes->on_news({});
}

void Broadcast::news() {
    if (due_.exchange(true)) return;
    asio::post(io_, [this] {
        pause_.expires_after(next_pause_);
        pause_.async_wait([this](const boost::system::error_code& stopped) {
            if (!stopped) tell();
        });
    });
}

void Broadcast::tell() {
    due_ = false;
    const auto began = std::chrono::steady_clock::now();
    const auto world = api_.parts().world->get();
    const auto now = api_.parts().core->now();
    for (auto* watcher : Watchers(api_.watchers())) {
        watcher->look(world, now);
        if (watcher->waiting() > api_.settings().stream_backlog)
            watcher->cut();
        else if (watcher->has_text())
            watcher->wake();
    }
    const auto spent = std::chrono::steady_clock::now() - began;
    next_pause_ = std::max<std::chrono::nanoseconds>(least_pause, spent * (share - 1));
}

}  // namespace jinqiao::adapters::http
