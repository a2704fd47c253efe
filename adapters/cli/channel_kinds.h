#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/ports/notifier.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::courier {
class Courier;
}

namespace jinqiao::adapters::cli {

// What the options of a channel come to.
struct Maker {
    // How the notifier is made once they are known to be sound.
    std::function<std::unique_ptr<engine::ports::Notifier>()> make;
    // What an address has to be instead of one they cannot use; empty: it can be used. None: any
    // can.
    std::function<std::string(const std::string& address)> unusable = {};
    engine::ports::Usage usage = {};
};
using Kind = std::function<Maker(engine::ports::Section&)>;

// The kinds of channels there are, by the name channels.yaml has for them: the one place that knows
// all of them. `courier` may be null where nothing is made.
std::map<std::string, Kind> channel_kinds(const std::filesystem::path& data,
                                          std::shared_ptr<notify::courier::Courier> courier);

}  // namespace jinqiao::adapters::cli
