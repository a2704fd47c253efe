#pragma once
#include <cstdint>
#include <vector>

#include "engine/ports/store.h"

namespace jinqiao::engine::ports {

// A row of history and its place among those of all streams: later rows have higher places.
struct TrailRow {
    std::uint64_t place = 0;
    HistoryRow row;
};

// The history of all streams as one, for whoever audits it. Readers that know the order in which
// rows were written are one of these too; both stores' are.
class Trail {
  public:
    virtual ~Trail() = default;
    // As they were written, the latest first: those before this place (0: from the end). Costs as
    // much as it answers. Places are for leafing, not for keeping.
    virtual Result<std::vector<TrailRow>> trail(std::uint64_t before, int limit) = 0;
};

}  // namespace jinqiao::engine::ports
