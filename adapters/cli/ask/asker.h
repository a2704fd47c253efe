#pragma once
#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "adapters/cli/speech.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli::ask {

// A person at a terminal: lines out, lines in. The terminal does the editing; Ctrl-C ends the
// program as everywhere.
class Asker {
  public:
    Asker(const Speech& speech, std::istream& in, std::ostream& out, View view)
        : speech_(speech), view_(view), in_(in), out_(out) {}

    // One answer, blanks around it gone; empty: nothing was said. nullopt: no more input.
    std::optional<std::string> line(const std::string& question);
    // y or n until there is one; Enter is `otherwise`.
    std::optional<bool> yes(const std::string& question, std::optional<bool> otherwise);
    void say(const std::string& text, Tint tint = Tint::none);
    std::ostream& out() { return out_; }
    View view() const { return view_; }
    std::string word(std::string_view code, Speech::Args args = {}) const {
        return speech_(code, args);
    }

  private:
    const Speech& speech_;
    View view_;
    std::istream& in_;
    std::ostream& out_;
};

// Both ends are a terminal: standard input and error (the standard output may go to a file).
bool at_terminal();

std::optional<bool> yes_or_no(const std::string& text);  // y, yes, 是, n, no, 否

}  // namespace jinqiao::adapters::cli::ask
