#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/policy/directory.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::cli::replay {

// A second opinion on the first promise: no open case is forgotten. It reads what was committed
// (case row, timers, notices) with code of its own and asks the kernel nothing, so that a mistake
// there cannot vouch for itself.
class Watch {
  public:
    Watch(engine::ports::Reader& reader, const engine::policy::Directory& directory)
        : reader_(reader), directory_(&directory) {}

    // Other people from now on; borrowed until the next ones.
    void use(const engine::policy::Directory& directory) { directory_ = &directory; }
    // Is followed no further and looked at no more.
    void set_aside(const engine::model::CaseId& id) { aside_.insert(id.value); }

    // After a commit, of a case it changed. Error: the store could not be read.
    engine::model::Status look(const engine::model::CaseId& id, engine::time::Instant now);
    // All open cases, the quiet ones included.
    engine::model::Status look_at_all(engine::time::Instant now);

    struct Forgotten {
        std::string number, state;
        std::vector<std::string> lacking;  // "owner", "next_action", "due", "addressee"
        engine::time::Instant at;
    };
    std::uint64_t looks() const { return looks_; }
    // Cases that lacked something at some instant, the first time each.
    const std::vector<Forgotten>& forgotten() const { return forgotten_; }

  private:
    engine::model::Status judge(const engine::ports::CaseRow& row, engine::time::Instant now);
    bool somebody_at(const std::string& post, engine::time::Instant now,
                     std::set<std::string>& seen);

    engine::ports::Reader& reader_;
    const engine::policy::Directory* directory_;
    std::vector<unsigned char> buffer_ = std::vector<unsigned char>(std::size_t{256} * 1024);
    std::uint64_t looks_ = 0;
    std::set<std::string> known_, aside_;
    std::vector<Forgotten> forgotten_;
};

}  // namespace jinqiao::adapters::cli::replay
