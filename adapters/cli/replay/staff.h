#pragma once
#include <map>
#include <optional>
#include <string>

#include "engine/model/command.h"
#include "engine/policy/directory.h"

namespace jinqiao::adapters::cli::replay {

// The organisation with two people in every post, "<post>.1" and "<post>.2", reached by a channel
// of its own, so that a replay depends on nobody's real staff.
engine::policy::Directory staff(engine::policy::Directory organisation);

inline constexpr const char* replay_channel = "replay";

// Who a person is to the engine: the roles of the posts they hold, the department of their desk.
class Actors {
  public:
    explicit Actors(const engine::policy::Directory& directory);

    const engine::model::Actor* of(const std::string& person) const;  // null: nobody
    // Who may act for the post now, first the holder.
    const engine::model::Actor* for_post(const std::string& post, engine::time::Instant now) const;
    const engine::model::Actor* for_department(const std::string& department,
                                               engine::time::Instant now) const;
    // The union of some enterprise; it files what has no other reporter.
    const engine::model::Actor& reporter() const { return reporter_; }

  private:
    const engine::policy::Directory& directory_;
    std::map<std::string, engine::model::Actor> actors_;
    engine::model::Actor reporter_;
};

}  // namespace jinqiao::adapters::cli::replay
