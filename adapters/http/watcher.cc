#include "adapters/http/watcher.h"

#include <boost/json/serialize.hpp>

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

constexpr std::size_t most_told = 100;  // told of in one go; beyond that a list is read anew

// What a list shows; for more the client asks again, with the rights it has then.
json::object shown(const engine::model::Case& kase) {
    return {{"id", kase.id.value},
            {"number", kase.number},
            {"version", kase.version},
            {"seq", kase.seq},
            {"state", kase.regions.empty() ? std::string() : kase.regions.front().state},
            {"stage", kase.stage},
            {"grade", engine::model::name(kase.grade.effective)},
            {"open", kase.open}};
}

}  // namespace

Watcher::Watcher(const ChangeFeed& feed, Lens lens, std::string authorization,
                 std::string_view last_event_id)
    : feed_(feed),
      lens_(std::move(lens)),
      authorization_(std::move(authorization)),
      order_(feed.last()) {
    text_ = "retry: 3000\n";
    const auto known = feed.order_of(last_event_id);
    if (known && feed.after(*known)) {
        order_ = *known;
        event("hello", order_, "{}");
        return;
    }
    event("hello", order_, "{}");
    if (!last_event_id.empty()) event("reset", order_, "{}");
}

void Watcher::event(std::string_view name, std::uint64_t order, std::string_view data) {
    text_.append("event: ").append(name).append("\nid: ").append(feed_.id_of(order));
    text_.append("\ndata: ").append(data).append("\n\n");
}

bool Watcher::sees(const engine::model::Case& kase, const engine::runtime::World& world,
                   engine::time::Instant now) const {
    const bool restricted = kase.confidentiality == engine::model::Confidentiality::restricted;
    const auto relations = relations_of(lens_.account, kase, *world.directory, now);
    return sight(lens_.account.roles, Right::see, relations, restricted) == Sight::granted;
}

void Watcher::somebody_writes(const engine::model::Case& kase, const engine::runtime::World& world,
                              engine::time::Instant now) {
    if (sees(kase, world, now))
        event("presence", order_, json::serialize(json::object{{"id", kase.id.value}}));
}

void Watcher::look(std::shared_ptr<const engine::runtime::World> world, engine::time::Instant now) {
    const auto changes = feed_.after(order_);
    if (!changes || changes->size() > most_told) {
        order_ = feed_.last();
        return event("reset", order_, "{}");
    }
    lens_.world = std::move(world);
    lens_.now = now;
    for (const auto& [order, kase] : *changes) {
        order_ = order;
        if (!sees(*kase, *lens_.world, now)) continue;
        event("case", order, json::serialize(shown(*kase)));
    }
}

}  // namespace jinqiao::adapters::http
