#pragma once
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

// The timers of the next minutes, in due order, and where memory's knowledge ends: every timer due
// before horizon() is here, in flight, or set aside. Not thread-safe.
class TimerWindow {
  public:
    explicit TimerWindow(std::size_t most) : most_(most) {}

    // All rows due before `horizon`, in order; what was here before is replaced. Timers in flight
    // or set aside stay as they are.
    void refill(std::vector<ports::TimerRow> rows, time::Instant horizon);
    // The timers a case has now, however far away.
    void replace(const model::CaseId& id, const std::vector<ports::TimerRow>& rows);

    const ports::TimerRow* head() const { return rows_.empty() ? nullptr : &*rows_.begin(); }
    ports::TimerRow take();                      // the head, now in flight
    void landed(const ports::TimerRow& row);     // no longer in flight
    void put_back(const ports::TimerRow& row);   // in flight no longer, due still
    void set_aside(const ports::TimerRow& row);  // in flight no longer; left alone until let_in()
    void let_in();                               // everything set aside, back in line

    time::Instant horizon() const { return horizon_; }
    std::size_t size() const { return rows_.size(); }
    std::size_t in_flight() const { return in_flight_.size(); }
    std::size_t aside() const { return aside_.size(); }
    std::optional<time::Instant> earliest() const;  // of those waiting, in flight or aside

  private:
    struct ByDue {
        bool operator()(const ports::TimerRow& left, const ports::TimerRow& right) const;
    };
    using Slot = std::pair<model::CaseId, std::string>;
    static Slot slot_of(const ports::TimerRow& row) { return {row.kase, row.slot}; }
    bool taken(const ports::TimerRow& row) const;
    void insert(const ports::TimerRow& row);
    void erase(const ports::TimerRow& row);
    void shrink();

    std::size_t most_;
    time::Instant horizon_{};
    std::set<ports::TimerRow, ByDue> rows_;
    std::unordered_map<model::CaseId, std::vector<ports::TimerRow>> by_case_;
    std::map<Slot, ports::TimerRow> in_flight_;
    std::map<Slot, ports::TimerRow> aside_;
};

}  // namespace jinqiao::engine::runtime
