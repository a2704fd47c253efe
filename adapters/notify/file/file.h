#pragma once
#include <filesystem>
#include <memory>

#include "engine/ports/notifier.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::file {

struct Options {
    std::filesystem::path folder;  // the spool

    // Key: `folder`, relative to `data`; default "spool".
    static Options read(engine::ports::Section& section, const std::filesystem::path& data);
};

// One JSON file per notice: FOLDER/<address>/<notice id>.json. A file appears whole or not at all
// (temporary name, fsync, rename, fsync of the folder) and is delivered once it would survive a
// power cut. Somebody else's program takes it from there and may delete it.
//
// Threads    One writing thread; it takes whatever waits, so that folders are synced once a round.
// Errors     Disk full, read-only and other system errors: retry, with the errno's name as code.
// Repeats    The same notice again replaces the file by an equal one.
class File : public engine::ports::Notifier {
  public:
    explicit File(Options options);
    ~File() override;

    void send(const engine::ports::Transmission& transmission,
              std::function<void(engine::ports::Outcome)> done) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jinqiao::adapters::notify::file
