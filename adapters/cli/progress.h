#pragma once
#include <chrono>
#include <cstdint>
#include <ostream>

namespace jinqiao::adapters::cli {

// A bar on the error stream while something takes long; silent where that is no terminal.
class Progress {
  public:
    explicit Progress(std::ostream& err);
    void show(std::uint64_t done, std::uint64_t all);  // cheap to call often
    void clear();

  private:
    std::ostream& err_;
    bool terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point next_{};
};

}  // namespace jinqiao::adapters::cli
