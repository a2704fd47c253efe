#include "adapters/http/sessions.h"

#include <utility>
#include <vector>

namespace jinqiao::adapters::http {

bool Sessions::room_for(const Peer& peer) {
    if (!peer.trusted) {
        const auto found = of_address_.find(peer.key);
        if (found != of_address_.end() && found->second >= limits_.of_one_address)
            return make_room(&peer.key);
    }
    return open_.size() < limits_.all || make_room(nullptr);
}

// Those that leave are counted until they are gone, which takes a turn of the loop; one is asked
// for each that comes, so they cannot pile up.
bool Sessions::make_room(const std::string* key) {
    Seat* longest = nullptr;
    for (const auto& [seat, of] : open_) {
        if (seat->being_answered || seat->leaving || (key != nullptr && of != *key)) continue;
        if (longest == nullptr || seat->since < longest->since) longest = seat;
    }
    if (longest == nullptr) return false;
    longest->leaving = true;
    longest->close_now();
    return true;
}

void Sessions::add(Seat* seat, const Peer& peer) {
    open_.emplace(seat, peer.trusted ? std::string() : peer.key);
    if (!peer.trusted) ++of_address_[peer.key];
}

void Sessions::remove(Seat* seat) {
    const auto found = open_.find(seat);
    if (found == open_.end()) return;
    if (!found->second.empty()) {
        const auto of = of_address_.find(found->second);
        if (--of->second == 0) of_address_.erase(of);
    }
    open_.erase(found);
    if (open_.empty() && empty_) std::exchange(empty_, {})();
}

void Sessions::finish() {
    finishing_ = true;
    std::vector<Seat*> unused;
    for (const auto& [seat, key] : open_)
        if (seat->idle) unused.push_back(seat);
    for (auto* seat : unused) seat->close_now();
}

void Sessions::cut() {
    std::vector<Seat*> all;
    for (const auto& [seat, key] : open_) all.push_back(seat);
    for (auto* seat : all) seat->close_now();
}

void Sessions::when_empty(std::function<void()> done) { empty_ = std::move(done); }

bool Room::take(std::size_t bytes) {
    if (sessions_.bodies_ + bytes > sessions_.limits_.bodies) return false;
    sessions_.bodies_ += bytes;
    held_ += bytes;
    return true;
}

void Room::give_back() {
    sessions_.bodies_ -= held_;
    held_ = 0;
}

}  // namespace jinqiao::adapters::http
