// Events for those who watch.
#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/rights.h"

namespace jinqiao::adapters::http {

Reply Api::stream(Call& call) {
    if (!ever(call.account().roles, Right::list))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const auto of_account = std::count_if(
        watchers_.begin(), watchers_.end(),
        [&](const Watcher* one) { return one->lens().account.id == call.account().id; });
    if (!parts_.changes || watchers_.size() >= settings_.streams ||
        static_cast<std::size_t>(of_account) >= settings_.streams_each) {
        auto problem = Problem::of(503, "too_many_streams");
        problem.retry_after = std::chrono::duration_cast<std::chrono::seconds>(
            std::max<std::chrono::milliseconds>(settings_.stream_heartbeat, settings_.retry_after));
        return answered(problem, call.lens);
    }
    if (call.request.method == "HEAD") {
        Response head;
        head.content_type = "text/event-stream";
        return head;
    }
    auto watcher = std::make_unique<Watcher>(*parts_.changes, call.lens, "Bearer " + call.bearer,
                                             call.request.last_event_id);
    watcher->look(call.lens.world, call.lens.now);
    return watcher;
}

bool Api::still_welcome(const Watcher& watcher) {
    Request again;
    again.authorization = watcher.authorization();
    auto call = opened(again);
    auto reader_or = reader();
    if (!reader_or) return true;  // that is the store's trouble, not the client's
    call.reader = *reader_or;
    return static_cast<bool>(identify(call)) && ever(call.account().roles, Right::list);
}

}  // namespace jinqiao::adapters::http
