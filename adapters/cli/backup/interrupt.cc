#include "adapters/cli/backup/interrupt.h"

#include <csignal>

namespace jinqiao::adapters::cli::backup {
namespace {

volatile std::sig_atomic_t noted = 0;

void note(int) { noted = 1; }

}  // namespace

Interrupt::Interrupt() {
    noted = 0;
    std::signal(SIGINT, note);
    std::signal(SIGTERM, note);
}

Interrupt::~Interrupt() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interrupt::asked() const { return noted != 0; }

}  // namespace jinqiao::adapters::cli::backup
