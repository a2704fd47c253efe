#pragma once
#include <memory>

#include "adapters/http/fetch.h"
#include "config/service.h"

namespace jinqiao::adapters::notify::courier {
class Courier;
}

namespace jinqiao::adapters::cli {

// Lends the server's calls the way to other servers that the channels have, with its guard against
// addresses nobody meant. No thread is kept where nothing is to be asked.
//
// Ending  What is under way is answered when it ends: before the server does, never after.
class Outward {
  public:
    explicit Outward(const config::Service& service);
    ~Outward();
    Outward(const Outward&) = delete;
    Outward& operator=(const Outward&) = delete;

    http::Fetch fetch() const;  // empty: nobody is to be asked. Not longer than this lives

  private:
    std::unique_ptr<notify::courier::Courier> courier_;
    bool allow_private_;
};

}  // namespace jinqiao::adapters::cli
