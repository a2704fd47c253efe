#pragma once

namespace jinqiao::adapters::cli::backup {

// While one lives, SIGINT and SIGTERM are noted instead of ending the program, so that half-made
// copies of personal data are cleared away. One at a time.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    bool asked() const;
};

}  // namespace jinqiao::adapters::cli::backup
