#include "engine/runtime/timer_window.h"

#include <algorithm>
#include <tuple>

namespace jinqiao::engine::runtime {

using ports::TimerRow;

namespace {

bool same(const TimerRow& left, const TimerRow& right) {
    return left.kase == right.kase && left.slot == right.slot && left.at == right.at &&
           left.epoch == right.epoch && left.rung == right.rung && left.repeat == right.repeat;
}

}  // namespace

bool TimerWindow::ByDue::operator()(const TimerRow& left, const TimerRow& right) const {
    return std::tie(left.at, left.kase, left.slot) < std::tie(right.at, right.kase, right.slot);
}

bool TimerWindow::taken(const TimerRow& row) const {
    for (const auto* elsewhere : {&in_flight_, &aside_}) {
        const auto found = elsewhere->find(slot_of(row));
        if (found != elsewhere->end() && same(found->second, row)) return true;
    }
    return false;
}

void TimerWindow::insert(const TimerRow& row) {
    if (taken(row) || !rows_.insert(row).second) return;
    by_case_[row.kase].push_back(row);
}

void TimerWindow::erase(const TimerRow& row) {
    rows_.erase(row);
    const auto found = by_case_.find(row.kase);
    if (found == by_case_.end()) return;
    std::erase_if(found->second, [&](const TimerRow& known) { return same(known, row); });
    if (found->second.empty()) by_case_.erase(found);
}

void TimerWindow::refill(std::vector<TimerRow> rows, time::Instant horizon) {
    rows_.clear();
    by_case_.clear();
    horizon_ = horizon;
    for (const auto& row : rows) insert(row);
}

void TimerWindow::replace(const model::CaseId& id, const std::vector<TimerRow>& rows) {
    if (const auto found = by_case_.find(id); found != by_case_.end()) {
        for (const auto& row : found->second) rows_.erase(row);
        by_case_.erase(found);
    }
    // The case has moved on: what was set aside of it may work now.
    std::erase_if(aside_, [&](const auto& entry) { return entry.first.first == id; });
    for (const auto& row : rows)
        if (row.at < horizon_) insert(row);
    shrink();
}

// A burst of commits must not grow memory without bound: what is furthest away is forgotten and
// read again when its time comes nearer.
void TimerWindow::shrink() {
    while (rows_.size() > 2 * most_) {
        const time::Instant last = std::prev(rows_.end())->at;
        if (last == rows_.begin()->at) return;
        horizon_ = last;
        while (!rows_.empty() && std::prev(rows_.end())->at >= last)
            erase(TimerRow(*std::prev(rows_.end())));
    }
}

TimerRow TimerWindow::take() {
    TimerRow row = *rows_.begin();
    erase(row);
    in_flight_[slot_of(row)] = row;
    return row;
}

void TimerWindow::landed(const TimerRow& row) { in_flight_.erase(slot_of(row)); }

void TimerWindow::put_back(const TimerRow& row) {
    landed(row);
    insert(row);
}

void TimerWindow::set_aside(const TimerRow& row) {
    landed(row);
    aside_[slot_of(row)] = row;
}

void TimerWindow::let_in() {
    auto rows = std::move(aside_);
    aside_.clear();
    for (const auto& [slot, row] : rows) insert(row);
}

std::optional<time::Instant> TimerWindow::earliest() const {
    std::optional<time::Instant> out;
    if (!rows_.empty()) out = rows_.begin()->at;
    for (const auto* elsewhere : {&in_flight_, &aside_})
        for (const auto& [slot, row] : *elsewhere)
            if (!out || row.at < *out) out = row.at;
    return out;
}

}  // namespace jinqiao::engine::runtime
