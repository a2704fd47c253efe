#pragma once
#include <memory>
#include <optional>

#include "engine/runtime/case_writer.h"

namespace jinqiao::engine::runtime {

// What an engine command will come to if nothing it rests on changes before its turn: the case
// read, and where no other record has a say, the decision made and worded. Reading, deciding and
// wording are most of the work of a firing, and none of it needs the transaction.
//
// The committer takes it only if the case still is this very snapshot, the world and the directory
// are these, and the enterprise still has no other case; otherwise it decides anew. So it never
// shows in what is stored whether a decision was foreseen, but for its instant, a moment earlier.
struct Foresight {
    Snapshot before;
    std::shared_ptr<const World> world;  // as the decision saw it, its directory included
    PolicyPtr policy;
    std::optional<Worded> worded;  // empty: only read ahead
};

struct Foreseeing {
    const Core::Parts& parts;
    const CoreSettings& settings;
    ports::Reader& reader;  // the calling thread's own
    // What the core takes for now; asked after the case was read, so that no stored row is later.
    std::function<time::Instant()> now;
};

// Null if there is no such case, or it cannot be read: the committer will say so. For commands of
// the engine whose payload holds no personal value and names no other case. Any thread.
std::shared_ptr<Foresight> foresee(const Foreseeing& with, const model::Command& command);

}  // namespace jinqiao::engine::runtime
