#include "engine/runtime/rows.h"

#include <algorithm>

#include "engine/model/codec.h"

namespace jinqiao::engine::runtime {

namespace {

std::optional<time::Instant> next_due(const model::Case& kase) {
    std::optional<time::Instant> next;
    for (const auto& clock : kase.clocks) {
        if (!clock.open() || clock.cls == model::ClockClass::reference) continue;
        if (!next || clock.due.at < *next) next = clock.due.at;
    }
    return next;
}

// The engine does not know a workflow's data. By convention these texts of it, at the top or inside
// "alert" and "event", are what people search for; none of them is sealed, and a personal value is
// not a text any more.
void append_texts(const boost::json::object& data, std::string& summary) {
    for (const char* name : {"summary", "place", "note"}) {
        const auto* value = data.if_contains(name);
        if (value == nullptr || !value->is_string() || value->get_string().empty()) continue;
        summary += '\n';
        summary += std::string_view(value->get_string());
    }
    for (const char* name : {"alert", "event"}) {
        const auto* inner = data.if_contains(name);
        if (inner != nullptr && inner->is_object()) append_texts(inner->get_object(), summary);
    }
}

std::string summary_of(const model::Case& kase) {
    std::string summary = kase.number + '\n' + kase.enterprise_name;
    append_texts(kase.data, summary);
    return summary;
}

std::vector<std::string> concerned(const model::Case& kase) {
    const auto post = [](const model::PostId& id) {
        return model::Addressee{model::Addressee::Kind::post, id.value}.text();
    };
    std::vector<std::string> out;
    if (!kase.owner.post.empty()) out.push_back(post(kase.owner.post));
    if (!kase.filer.empty())
        out.push_back(model::Addressee{model::Addressee::Kind::person, kase.filer.value}.text());
    if (kase.offer) out.push_back(post(kase.offer->to));
    for (const auto& assignment : kase.assignments) out.push_back(assignment.addressee.text());
    for (const auto& request : kase.requests)
        if (request.state == model::RequestState::pending) out.push_back(post(request.approver));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace

ports::CaseRow make_row(const model::Case& kase) {
    ports::CaseRow row;
    row.id = kase.id;
    row.number = kase.number;
    row.workflow = kase.workflow;
    row.enterprise_id = kase.enterprise.value;
    row.enterprise_name = kase.enterprise_name;
    if (!kase.regions.empty()) row.state = kase.regions.front().state;
    row.stage = kase.stage;
    row.grade = model::name(kase.grade.effective);
    row.owner_post = kase.owner.post.value;
    row.filer_account = kase.filer_account.value;
    row.open = kase.open;
    row.exercise = kase.exercise;
    row.restricted = kase.confidentiality == model::Confidentiality::restricted;
    row.filed_at = kase.filed_at;
    row.next_due = next_due(kase);
    row.seq = kase.seq;
    row.version = kase.version;
    row.summary = summary_of(kase);
    row.body = model::encode(kase);
    row.concerned = concerned(kase);
    return row;
}

ports::TimerRow make_row(const model::CaseId& id, const kernel::Timer& timer) {
    return {id, timer.slot, timer.at, timer.epoch, timer.rung, timer.repeat};
}

kernel::Timer timer_of(const ports::TimerRow& row) {
    return {row.slot, row.at, row.epoch, row.rung, row.repeat};
}

TimerChanges difference(const std::vector<kernel::Timer>& before,
                        const std::vector<kernel::Timer>& after) {
    TimerChanges changes;
    for (const auto& timer : after)
        if (std::find(before.begin(), before.end(), timer) == before.end())
            changes.put.push_back(timer);
    for (const auto& timer : before)
        if (std::none_of(after.begin(), after.end(),
                         [&](const auto& other) { return other.slot == timer.slot; }))
            changes.erase.push_back(timer.slot);
    return changes;
}

}  // namespace jinqiao::engine::runtime
