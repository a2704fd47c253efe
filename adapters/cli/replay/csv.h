#pragma once
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/result.h"

namespace jinqiao::adapters::cli::replay {

// Reads RFC 4180: quoted fields may hold commas, line breaks and doubled quotes; lines end in LF or
// CRLF; a byte order mark is skipped. Strict about quotes, because a lost quote swallows rows.
class CsvReader {
  public:
    explicit CsvReader(std::istream& in);

    // The next record; nothing at the end. A record that breaks the format is Error{invalid} with
    // the line it began on, and the reader is then at the end.
    engine::model::Result<std::optional<std::vector<std::string>>> next();
    std::size_t line() const { return started_; }  // of the last record, 1-based

  private:
    engine::model::Error broken(std::string what);

    std::istream& in_;
    std::size_t line_ = 1;
    std::size_t started_ = 1;
    bool ended_ = false;
};

// A table with a header line: values by column name.
class CsvTable {
  public:
    static engine::model::Result<CsvTable> read(std::istream& in);

    std::size_t size() const { return rows_.size(); }
    bool has(std::string_view column) const { return columns_.contains(column); }
    // Empty for a column the table does not have.
    std::string_view at(std::size_t row, std::string_view column) const;
    // Every row has as many fields as the header; this is the line a row began on.
    std::size_t line(std::size_t row) const { return lines_[row]; }

  private:
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::vector<std::vector<std::string>> rows_;
    std::vector<std::size_t> lines_;
};

}  // namespace jinqiao::adapters::cli::replay
