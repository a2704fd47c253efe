#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::engine::time {

// One line of an explanation, worded from a catalogue (zh-CN, en) at the edge. Arguments come in
// the order listed here. Dates are YYYY-MM-DD, instants RFC 3339 with the calendar's offset,
// numbers decimal, units as spelling() gives them.
//
//   code                     arguments                     says
//   start                    date, at                      counted from here, this day excluded
//   start_clock              at                            counted from this instant
//   event                    date, at                      counted back from here, likewise
//   event_clock              at                            counted back from this instant
//   budget                   amount, unit
//   extension                amount, unit                  one line for each
//   total                    amount, unit                  only where there is an extension
//   month_end                date                          no matching date, so the month's end
//   suspended                from, until, reason, days     (working) days not counted
//   suspended_clock          from, until, reason, minutes  clock or working time not counted
//   suspended_open           from, reason                  still standing; as if resumed then
//   counted                  from, to, n                   a run of counted days, to inclusive
//   counted_hours            from, to, minutes             working time in a run of days
//   worked                   date, name                    shifted working day: it counts
//   skipped                  from, to, name                rest days of a holiday, not counted
//   skipped_weekend          from, to                      weekly rest days, not counted
//   end                      date                          the period's last day, until 24:00
//   end_clock                at                            the period ends at this instant
//   act_by                   date                          backward: last day to act, to 24:00
//   act_by_clock             at                            backward: last instant to act
//   worked_end               date, name                    end on a shifted working day: no roll
//   rolled                   from, to, name                end in a holiday: next working day
//   rolled_weekend           from, to                      end on a weekly rest day: likewise
//   backward_rolled          from, to, name                act_by in a holiday: working day before
//   backward_rolled_weekend  from, to                      on a weekly rest day: likewise
//   provisional              year                          no calendar for that year yet
//   safe_until               at                            lodge papers by then, while offices open
struct Line {
    std::string code;
    std::vector<std::pair<std::string, std::string>> args;

    bool operator==(const Line&) const = default;
};

// The lines that explain a due time, packed into one text. A case holds dozens of clocks; it is
// copied and stored at every change, while the lines are read only when somebody asks why. So a
// copy shares the text, which never changes.
//
// Stored form  a line each, "\n" after each but the last: code, then "\t" name "=" value for each
//              argument. In a value "\\", "\t" and "\n" stand for backslash, tabulator and new
//              line.
// Threads      any.
class Explanation {
  public:
    Explanation() = default;
    explicit Explanation(const std::vector<Line>& lines);
    // Of what text() gave. Any text at all is taken: what is not an argument is left out.
    static Explanation stored(std::string_view text);

    bool empty() const { return text_ == nullptr; }
    std::string_view text() const { return text_ ? std::string_view(*text_) : std::string_view(); }
    std::vector<Line> lines() const;

    bool operator==(const Explanation& other) const { return text() == other.text(); }

  private:
    std::shared_ptr<const std::string> text_;  // null: no line
};

}  // namespace jinqiao::engine::time
