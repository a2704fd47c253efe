#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

struct ChainBreak {
    std::string stream;
    std::uint64_t seq = 0;  // of the first row that does not fit
    // "gap", "link", "hash", "snapshot", "no_history", "unreadable", "personal", "document"
    std::string what;
};

struct AuditReport {
    std::uint64_t streams = 0;
    std::uint64_t rows = 0;
    std::vector<ChainBreak> breaks;  // the first of each stream
    // One hash for all of it: SHA-256 over "stream seq hash\n" of the last row of every stream, in
    // order. Whoever notes it down can tell later that nothing before it was exchanged.
    std::string heads;
};

// Recomputes the chain of every stream and holds the last row against the snapshot it vouches for.
// Values of persons that are not erased are held against their digests, and the content of
// documents against what the ids by which history names them vouch for.
//
// Works beside a running daemon: a case that moves on while it is read is read to its new end. The
// reader is this call's alone. `progress` gets streams done and known so far; false stops.
model::Result<AuditReport> verify(
    ports::Reader& reader,
    const std::function<bool(std::uint64_t done, std::uint64_t all)>& progress = {});

}  // namespace jinqiao::engine::runtime
