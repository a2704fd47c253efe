#pragma once
#include <string>

#include "engine/time/instant.h"

namespace jinqiao::engine::ports {

// Fresh identifiers and secrets. Everything else about a case derives from its id and seq.
class Ids {
  public:
    virtual ~Ids() = default;
    // 26 characters of lower-case Crockford base32: 48 bits of milliseconds, 80 random bits.
    // Sorting by id sorts by time. Committer thread only.
    virtual std::string next(time::Instant at) = 0;
};

}  // namespace jinqiao::engine::ports
