#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/policy/directory.h"
#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

struct AuditorSettings {
    std::size_t cases_a_look = 100;  // open cases; all of them are gone through in turn
    std::chrono::milliseconds timer_limit{std::chrono::seconds{30}};   // past its due instant
    std::chrono::milliseconds notice_limit{std::chrono::minutes{15}};  // made and not delivered
};

// Something that should not be. Codes (worded by what.CODE of the texts):
//   lacking.owner, .next_action, .due, .addressee   of an open case (kernel::lacking)
//   timer.missing    an open case has no timer, or wants to be woken and the table does not know
//   timer.overdue    a due instant was passed and nothing fired
//   notice.overdue   a message is neither delivered nor given up
//   case.unreadable  what is stored cannot be read
//   clock.held       firing is held since the clock jumped ahead
//   disk.full        nothing can be written
struct Complaint {
    std::string code;
    std::string subject;  // case id, delivery id; empty: the program as a whole
    auto operator<=>(const Complaint&) const = default;
};

struct AuditorReport {
    std::vector<Complaint> complaints;  // sorted; empty: content
    std::uint64_t cases = 0;            // looked at since start
    std::uint64_t rounds = 0;           // times all open cases were gone through
    std::optional<time::Instant> at;    // of the last look
    bool content() const { return at && complaints.empty(); }
};

// What those say of themselves who know that they stand still.
struct Standstill {
    bool clock_held = false;
    bool disk_full = false;
};

// Looks for what was forgotten by reading the store as a stranger would: it asks none of those who
// should have seen to it.
//
// Cost     A look reads `cases_a_look` open cases with their timers, the twenty timers that are due
//          the longest, two hundred of the deliveries that wait, and once more as many as that of
//          what it complained of before: the same for ten open cases as for ten thousand, and
//          nothing of what is closed or delivered. It goes on at the next look where it stopped. A
//          round through n cases takes n / cases_a_look looks.
// Threads  One; the reader is this thread's own.
class Auditor {
  public:
    // Messages that waited when the daemon was `started` are not late before it had a chance at
    // them.
    Auditor(AuditorSettings settings, time::Instant started)
        : settings_(settings), started_(started) {}

    // An error of the store is no complaint: whoever calls this is not content then either.
    model::Status look(ports::Reader& reader, const policy::Directory& directory, time::Instant now,
                       Standstill standstill = {});
    void use(AuditorSettings settings) { settings_ = settings; }  // from the next look on
    const AuditorReport& report() const { return report_; }

  private:
    using Codes = std::vector<std::string>;
    using Known = std::map<std::string, Codes>;  // by subject: what was complained of

    model::Status look_at_cases(ports::Reader& reader, const policy::Directory& directory,
                                time::Instant now);
    model::Status look_at_cases_again(ports::Reader& reader, const policy::Directory& directory,
                                      time::Instant now);
    model::Result<Codes> wrong_with(ports::Reader& reader, const ports::CaseRow& row,
                                    const policy::Directory& directory, time::Instant now);
    model::Status look_at_timers(ports::Reader& reader, time::Instant now);
    model::Status look_at_deliveries(ports::Reader& reader, time::Instant now);
    model::Status look_at_deliveries_again(ports::Reader& reader);
    bool waits_too_long(const model::Notice& notice, time::Instant now) const;
    void publish(time::Instant now, Standstill standstill);

    AuditorSettings settings_;
    time::Instant started_;
    std::string cursor_;            // through the open cases
    std::uint64_t sent_up_to_ = 0;  // through the deliveries that wait
    Known cases_, deliveries_;
    std::string cases_again_, deliveries_again_;                 // where looking again stopped
    std::set<std::pair<std::string, std::string>> late_before_;  // case and slot, at the last look
    std::set<std::string> overdue_;                              // cases, found anew at each look
    AuditorReport report_;
};

}  // namespace jinqiao::engine::runtime
