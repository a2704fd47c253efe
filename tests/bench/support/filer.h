#pragma once
#include <chrono>
#include <string>

#include "tests/bench/support/load.h"

namespace jinqiao::tests::bench {

// A client of W1: files an alert and takes six steps with it, then the next, until the time is
// over; never leaves one half-way. Any answer but 2xx ends the program.
class Filer {
  public:
    // `client` tells the enterprises of several apart; `noticed_at` is RFC 3339.
    Filer(std::string token, int client, std::chrono::steady_clock::time_point until,
          std::string noticed_at);

    std::string operator()(const Reply* last);

  private:
    std::string file();
    std::string advance() const;

    std::string token_;
    int client_;
    std::chrono::steady_clock::time_point until_;
    std::string noticed_at_, path_;
    int step_ = 0, filed_ = 0;
};

}  // namespace jinqiao::tests::bench
