#include "adapters/cli/password_prompt.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace jinqiao::adapters::cli {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

namespace {

// The terminal does not show what is typed for as long as this lives.
class Silence {
  public:
    Silence() {
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        held_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~Silence() {
        if (held_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    bool held() const { return held_; }

  private:
    termios before_{};
    bool held_ = false;
};

std::string asked(const Context& context, const std::string& question) {
    context.err << question << std::flush;
    std::string line;
    std::getline(std::cin, line);
    context.err << '\n';
    return line;
}

}  // namespace

Result<std::string> ask_password(const Context& context, const std::string& account) {
    std::string password;
    if (isatty(STDIN_FILENO) == 0) {
        std::getline(std::cin, password);
        if (password.ends_with('\r')) password.pop_back();
    } else {
        const Silence silence;
        if (!silence.held())
            return Error{ErrorCode::invalid, context.speech("cli.user.shown"), account};
        password = asked(context, context.speech("cli.user.password", {{"account", account}}));
        if (asked(context, context.speech("cli.user.again")) != password)
            return Error{ErrorCode::invalid, context.speech("cli.user.differ"), account};
    }
    if (password.empty())
        return Error{ErrorCode::invalid, context.speech("cli.user.no_password"), account};
    return password;
}

}  // namespace jinqiao::adapters::cli
