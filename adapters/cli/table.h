#pragma once
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::adapters::cli {

// Columns a terminal gives a UTF-8 text: two for Chinese characters and full-width forms, none for
// combining marks, one for anything else. Bytes that are no UTF-8 count one each.
std::size_t display_width(std::string_view text);

// A text that cannot move the cursor or change colours: control characters become spaces.
std::string printable(std::string_view text);

// A table for people: left-aligned, two spaces between columns, as wide as its contents.
class Table {
  public:
    explicit Table(std::vector<std::string> header) : rows_{std::move(header)} {}
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    void print(std::ostream& out) const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace jinqiao::adapters::cli
