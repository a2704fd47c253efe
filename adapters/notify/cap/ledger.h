#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "adapters/notify/cap/alert.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::cap {

// What was sent of each case to each address: FOLDER/<channel>/<address>/<case>, a line for each
// message that is made and one more when it is delivered. The receiver's copy may be gone by the
// next notice, the store is not a channel's to read, and a restart forgets nothing.
//
// Nothing is held in memory: for a moment after a reload two channels write to the same files.
class Ledger {
  public:
    explicit Ledger(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // What the message is to those before it that were delivered and that none delivered since has
    // taken the place of. Decided once and written down: a repeat is the same, whatever was
    // delivered meanwhile. Notices of no case stand alone. An errno if the file fails.
    struct Answer {
        Relation relation;
        int fault = 0;
    };
    Answer relate(const engine::ports::Transmission& transmission, const Issuer& issuer,
                  bool cancels) const;
    // 0, or an errno.
    int delivered(const engine::ports::Transmission& transmission) const;

  private:
    std::optional<std::filesystem::path> file_of(
        const engine::ports::Transmission& transmission) const;

    std::filesystem::path folder_;
};

}  // namespace jinqiao::adapters::notify::cap
