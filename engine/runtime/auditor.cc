#include "engine/runtime/auditor.h"

#include <algorithm>

#include "engine/kernel/decide.h"
#include "engine/model/codec.h"
#include "engine/runtime/rows.h"

namespace jinqiao::engine::runtime {

using model::CaseId;
using model::Done;
using model::Result;
using model::Status;
using ports::CaseRow;
using ports::Reader;
using time::Instant;

namespace {

constexpr int deliveries_a_look = 200;
constexpr int oldest_timers = 20;

// Everything the case wants to be woken for stands in the table, and it wants something.
bool all_armed(const model::Case& kase, const std::vector<ports::TimerRow>& table) {
    if (table.empty()) return false;
    const auto wanted = kernel::timers(kase);
    return std::all_of(wanted.begin(), wanted.end(), [&](const kernel::Timer& timer) {
        return std::any_of(table.begin(), table.end(), [&](const ports::TimerRow& row) {
            return row.slot == timer.slot && row.at == timer.at;
        });
    });
}

// The next so many after `last`, from the beginning again after the end.
template <class Known>
std::vector<std::string> in_turn(const Known& known, std::string& last, std::size_t most) {
    std::vector<std::string> out;
    auto next = known.upper_bound(last);
    while (out.size() < std::min(most, known.size())) {
        if (next == known.end()) next = known.begin();
        out.push_back(next->first);
        ++next;
    }
    if (!out.empty()) last = out.back();
    return out;
}

}  // namespace

Status Auditor::look(Reader& reader, const policy::Directory& directory, Instant now,
                     Standstill standstill) {
    if (auto done = look_at_cases_again(reader, directory, now); !done) return done;
    if (auto done = look_at_cases(reader, directory, now); !done) return done;
    overdue_.clear();
    if (standstill.clock_held)
        late_before_.clear();
    else if (auto done = look_at_timers(reader, now); !done)
        return done;
    if (auto done = look_at_deliveries_again(reader); !done) return done;
    if (auto done = look_at_deliveries(reader, now); !done) return done;
    publish(now, standstill);
    return Done{};
}

Status Auditor::look_at_cases_again(Reader& reader, const policy::Directory& directory,
                                    Instant now) {
    for (const auto& id : in_turn(cases_, cases_again_, settings_.cases_a_look)) {
        const auto row = reader.find_case(CaseId{id});
        if (!row) return row.error();
        auto codes = *row && (*row)->open ? wrong_with(reader, **row, directory, now)
                                          : Result<Codes>(Codes{});
        if (!codes) return codes.error();
        if (codes->empty())
            cases_.erase(id);
        else
            cases_[id] = std::move(*codes);
    }
    return Done{};
}

// In the order of their due times: that is the one in which a store finds open cases among closed
// ones. A case whose due time moves may be passed over, but not in every round.
Status Auditor::look_at_cases(Reader& reader, const policy::Directory& directory, Instant now) {
    ports::CaseQuery query;
    query.open = true;
    query.restricted_too = true;
    query.sort = "next_due";
    query.cursor = cursor_;
    query.limit = static_cast<int>(settings_.cases_a_look);
    const auto page = reader.list_cases(query);
    if (!page) return page.error();
    for (const auto& row : page.value().items) {
        auto codes = wrong_with(reader, row, directory, now);
        if (!codes) return codes.error();
        ++report_.cases;
        if (!codes->empty()) cases_[row.id.value] = std::move(*codes);
    }
    cursor_ = page.value().next_cursor;
    if (cursor_.empty()) ++report_.rounds;
    return Done{};
}

// Case and timers are read one after the other, and a commit may come in between: what is wrong is
// wrong only if the case is still the same afterwards.
Result<Auditor::Codes> Auditor::wrong_with(Reader& reader, const CaseRow& row,
                                           const policy::Directory& directory, Instant now) {
    Codes codes;
    const auto kase = model::decode_case(row.body);
    if (!kase) {
        codes.emplace_back("case.unreadable");
        return codes;
    }
    for (const auto& word : kernel::lacking(kase.value(), directory, now))
        codes.push_back("lacking." + word);
    const auto table = reader.timers_of(row.id);
    if (!table) return table.error();
    if (!all_armed(kase.value(), *table)) codes.emplace_back("timer.missing");
    if (codes.empty()) return codes;
    const auto again = reader.find_case(row.id);
    if (!again) return again.error();
    if (!*again || (*again)->seq != row.seq) codes.clear();
    return codes;
}

// One that is late at two looks in a row. After a start, a held clock or a midnight many are late
// and none is forgotten: each of them is gone by the next look.
Status Auditor::look_at_timers(Reader& reader, Instant now) {
    const auto latest = now - settings_.timer_limit - std::chrono::milliseconds{1};
    const auto due = reader.timers_due(latest, oldest_timers);
    if (!due) return due.error();
    std::set<std::pair<std::string, std::string>> late;
    for (const auto& row : *due) {
        const std::pair key{row.kase.value, row.slot};
        if (late_before_.contains(key)) overdue_.insert(row.kase.value);
        late.insert(key);
    }
    late_before_ = std::move(late);
    return Done{};
}

bool Auditor::waits_too_long(const model::Notice& notice, Instant now) const {
    return now - std::max(notice.not_before.value_or(notice.at), started_) > settings_.notice_limit;
}

// From the oldest on, up to the first that is not old enough yet.
Status Auditor::look_at_deliveries(Reader& reader, Instant now) {
    const auto pending = reader.deliveries_in_state("pending", sent_up_to_, deliveries_a_look);
    if (!pending) return pending.error();
    sent_up_to_ = pending->size() < deliveries_a_look ? 0 : pending->back().order;
    for (const auto& row : *pending) {
        const auto notices = reader.notices_of_delivery(row.id);
        if (!notices) return notices.error();
        if (!notices->empty() && notices->front().notice.at > now - settings_.notice_limit) {
            sent_up_to_ = 0;
            return Done{};
        }
        // Held by quiet hours: nothing was tried and nothing was to be.
        if (row.attempts == 0 && row.next_at > now) continue;
        if (std::any_of(notices->begin(), notices->end(),
                        [&](const auto& one) { return waits_too_long(one.notice, now); }))
            deliveries_[row.id] = {"notice.overdue"};
    }
    return Done{};
}

Status Auditor::look_at_deliveries_again(Reader& reader) {
    for (const auto& id : in_turn(deliveries_, deliveries_again_, deliveries_a_look)) {
        const auto notices = reader.notices_of_delivery(id);
        if (!notices) return notices.error();
        if (std::none_of(notices->begin(), notices->end(),
                         [](const auto& one) { return one.state == "pending"; }))
            deliveries_.erase(id);
    }
    return Done{};
}

void Auditor::publish(Instant now, Standstill standstill) {
    report_.at = now;
    report_.complaints.clear();
    if (standstill.clock_held) report_.complaints.push_back({"clock.held", {}});
    if (standstill.disk_full) report_.complaints.push_back({"disk.full", {}});
    for (const auto& id : overdue_) report_.complaints.push_back({"timer.overdue", id});
    for (const auto* known : {&cases_, &deliveries_})
        for (const auto& [subject, codes] : *known)
            for (const auto& code : codes) report_.complaints.push_back({code, subject});
    std::sort(report_.complaints.begin(), report_.complaints.end());
}

}  // namespace jinqiao::engine::runtime
