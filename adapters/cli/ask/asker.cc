#include "adapters/cli/ask/asker.h"

#include <unistd.h>

namespace jinqiao::adapters::cli::ask {

std::optional<std::string> Asker::line(const std::string& question) {
    out_ << tinted(printable(question), Tint::strong, view_) << ": " << std::flush;
    std::string answer;
    if (!std::getline(in_, answer)) {
        out_ << '\n';
        return std::nullopt;
    }
    constexpr const char* blanks = " \t\r";
    const auto from = answer.find_first_not_of(blanks);
    if (from == std::string::npos) return std::string();
    return answer.substr(from, answer.find_last_not_of(blanks) - from + 1);
}

std::optional<bool> Asker::yes(const std::string& question, std::optional<bool> otherwise) {
    for (;;) {
        const auto answer = line(question);
        if (!answer) return std::nullopt;
        if (answer->empty() && otherwise) return otherwise;
        if (const auto said = yes_or_no(*answer)) return said;
        say(speech_("cli.ask.bad.yes_no"), Tint::orange);
    }
}

void Asker::say(const std::string& text, Tint tint) {
    out_ << tinted(printable(text), tint, view_) << '\n';
}

bool at_terminal() { return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1; }

std::optional<bool> yes_or_no(const std::string& text) {
    for (const char* word : {"y", "Y", "yes", "是"})
        if (text == word) return true;
    for (const char* word : {"n", "N", "no", "否"})
        if (text == word) return false;
    return std::nullopt;
}

}  // namespace jinqiao::adapters::cli::ask
