#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace jinqiao::engine::reports {

// What a column holds, which says how it is worded and how wide it is.
enum class Kind {
    month,       // "2026-11"
    grade,       // "red"; "all"
    cause,       // code; empty: not known
    post,        // id
    department,  // id
    measure,     // acknowledged, on_site, settled
    count,
    percent,  // with one decimal; nothing where there is nothing to divide by
    minutes,  // with one decimal; nothing where there is nothing to measure
    text,     // a period such as "30 min"
};

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Cell>;

struct Column {
    std::string key;
    Kind kind = Kind::count;
};

// One report: what a chart, a printed page and a spreadsheet are made of.
struct Table {
    std::string name;
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::optional<Row> total;  // of the same columns
};

}  // namespace jinqiao::engine::reports
