#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "engine/ports/store.h"

// What every store must agree on when it lists cases, so that lists read the same whichever store
// is behind them. Pure; any thread.
namespace jinqiao::adapters::store {

namespace ports = engine::ports;
namespace model = engine::model;
namespace time = engine::time;

// A case without a due time sorts after all that have one, and is never overdue.
inline constexpr std::int64_t no_due_ms = std::numeric_limits<std::int64_t>::max();

enum class SortKey { filed_at, next_due, grade, number };

struct Sort {
    SortKey key = SortKey::filed_at;
    bool descending = true;
    std::string text;  // as asked for: "-filed_at"
};

// Where a page ended. Pages go on behind (key, id) of the last row, not behind a count of rows:
// that is why an insert between two pages neither repeats nor hides a case.
struct Position {
    std::int64_t number = 0;  // key of filed_at, next_due, grade
    std::string text;         // key of number
    std::string id;
};

model::Result<Sort> parse_sort(const std::string& text);  // unknown key: invalid
Position position_of(const ports::CaseRow& row, SortKey key);

// Opaque to callers, safe in a URL. A cursor of another sort order, or no cursor of ours: invalid.
std::string write_cursor(const Sort& sort, const Position& position);
model::Result<Position> read_cursor(const Sort& sort, const std::string& cursor);

int grade_rank(std::string_view grade);  // blue 0 … red 3; anything else -1
std::int64_t due_ms(const ports::CaseRow& row);

// Lower case of the ASCII letters, all other bytes as they are: what searches compare.
std::string folded(std::string_view text);

}  // namespace jinqiao::adapters::store
