// What reports count of a dispute.
#include <boost/json/object.hpp>

#include "engine/kernel/figures.h"
#include "workflows/dispute/dispute.h"

namespace jinqiao::workflows::dispute {

namespace json = boost::json;
namespace model = engine::model;

namespace {

// Read where it lies: the whole of the data is a hundred times as much.
const json::value* within(const json::object& data, std::initializer_list<std::string_view> path) {
    const json::object* inner = &data;
    const json::value* found = nullptr;
    for (const auto& key : path) {
        if (inner == nullptr) return nullptr;
        found = inner->if_contains(key);
        if (found == nullptr) return nullptr;
        inner = found->if_object();
    }
    return found;
}

bool is_true(const json::value* value) {
    return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace

void Dispute::count(const model::Case& kase, model::Figures& figures) const {
    const auto& data = kase.data;
    if (const auto* cause = within(data, {"alert", "event", "cause"}); cause && cause->is_string())
        figures.cause = std::string(cause->get_string());
    if (const auto* workers = within(data, {"alert", "event", "workers_involved"});
        workers && workers->is_int64())
        figures.workers = workers->get_int64();
    figures.fortune500 = is_true(within(data, {"alert", "enterprise", "fortune500"}));
    figures.spread =
        is_true(within(data, {"ever_spread"})) || kase.state_of("containment") == "spread";
    figures.merged = figures.end == "merged";
    figures.settled = figures.end == "settled";
    figures.acknowledged = engine::kernel::step_of(kase, "st.ack");
    figures.on_site = engine::kernel::step_of(kase, "st.on_site");
    // When they arrived, and not when that was entered.
    if (const auto* arrived = within(data, {"site", "arrived_at"}); arrived && arrived->is_string())
        if (const auto at = engine::time::parse_rfc3339(arrived->get_string()))
            figures.on_site.at = *at;
    // A part that was split off was reached with its parent.
    if (figures.part) figures.acknowledged = figures.on_site = {};
    figures.close = engine::kernel::step_of(kase, "st.close");
    figures.close.at = figures.ended_at;
    figures.close.over = false;
}

}  // namespace jinqiao::workflows::dispute
