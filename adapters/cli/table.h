#pragma once
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jinqiao::adapters::cli {

// Columns a terminal gives a UTF-8 text: two for Chinese characters and full-width forms, none for
// combining marks, one for anything else. Bytes that are no UTF-8 count one each.
std::size_t display_width(std::string_view text);

// A text that cannot move the cursor or change colours: control characters become spaces.
std::string printable(std::string_view text);

// How text is shown to a person: on a terminal it is fitted to its width, and coloured.
struct View {
    std::size_t columns = 0;  // 0: no terminal, lines are as long as they are
    bool colours = false;
};

// Of the standard output. COLUMNS goes before the terminal's own width, NO_COLOR forbids colours.
View view_of_terminal();

enum class Tint { none, strong, red, orange, yellow, blue };

// In that colour, where there are colours. `text` has been made printable.
std::string tinted(const std::string& text, Tint tint, View view);

struct Cell {
    Cell(std::string said, Tint shade = Tint::none)  // NOLINT(google-explicit-constructor)
        : text(std::move(said)), tint(shade) {}
    Cell(const char* said) : text(said) {}  // NOLINT(google-explicit-constructor)
    std::string text;
    Tint tint = Tint::none;
};

// A table for people: left-aligned, two spaces between columns, as wide as its contents. On a
// narrower terminal the widest columns give way and their texts go on in the next line; nothing is
// cut off.
class Table {
  public:
    explicit Table(const std::vector<std::string>& header);
    void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
    void print(std::ostream& out, View view = {}) const;

  private:
    std::vector<std::size_t> widths(std::size_t columns) const;
    std::vector<std::vector<Cell>> rows_;
};

// A text in pieces of at most `width` columns: broken at blanks, between Chinese characters, and
// within a word only where that is too long by itself. At least one piece.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace jinqiao::adapters::cli
