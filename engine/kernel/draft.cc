#include "engine/kernel/draft.h"

#include "engine/kernel/workflow.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;

Draft::Draft(const model::Case& before, const model::Command& command, const Context& context)
    : kase(before), before_(before), command_(command), context_(context) {
    kase.seq = before_.seq + 1;
    // References to clocks, assignments and requests stay good for the whole decision: none makes
    // more of them than this.
    constexpr std::size_t kRoom = 128;
    kase.clocks.reserve(before_.clocks.size() + kRoom);
    kase.assignments.reserve(before_.assignments.size() + kRoom);
    kase.requests.reserve(before_.requests.size() + kRoom);
}

time::Instant Draft::occurred_at() const {
    if (const auto* at = payload().if_contains("occurred_at"); at && at->is_string())
        if (const auto parsed = time::parse_rfc3339(std::string_view(at->get_string())))
            return *parsed;
    return now();
}

void Draft::record(std::string_view name, json::object data) {
    events_.push_back({std::string(name), std::move(data)});
}

void Draft::link(std::string_view kind, const model::CaseId& other) {
    const model::Link link{std::string(kind), other};
    for (const auto& known : kase.links)
        if (known == link) return;
    kase.links.push_back(link);
    record("linked", {{"kind", link.kind}, {"case", other.value}});
}

void Draft::follow_up(model::Command command) {
    if (command.cause.empty()) command.cause = kase.id.value + "/" + std::to_string(kase.seq);
    follow_ups_.push_back(std::move(command));
}

model::CaseId Draft::child(json::object seed) {
    model::CaseId id{kase.id.value + "-c" + std::to_string(kase.next_child++)};
    seed["parent"] = kase.id.value;
    seed["enterprise_id"] = kase.enterprise.value;
    seed["enterprise_name"] = kase.enterprise_name;
    seed["noticed_ms"] = time::to_ms(kase.noticed_at);
    seed["filer"] = kase.filer.value;
    seed["filer_account"] = kase.filer_account.value;
    seed["exercise"] = kase.exercise;
    seed["restricted"] = kase.confidentiality == model::Confidentiality::restricted;
    link("child", id);
    model::Command command;
    command.target = id;
    command.name = "open_child";
    command.payload = std::move(seed);
    follow_up(std::move(command));
    return id;
}

void Draft::end_case() {
    if (!kase.open) return;
    kase.open = false;
    kase.ended_at = now();
    record("ended", {{"state", kase.regions.empty() ? "" : kase.regions.front().state}});
}

}  // namespace jinqiao::engine::kernel
