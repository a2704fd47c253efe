#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/load.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::cli {

// Notifiers by the name their channel has in channels.yaml.
using Notifiers = std::map<std::string, std::unique_ptr<engine::ports::Notifier>>;

// Makes the notifier of every configured channel; this is the place that knows which kinds there
// are. Faults of their options are added to `faults`; a channel with one has no notifier. So are
// those of `contacts` with an address their channel cannot use: a notice to them would be a dead
// letter. Without `start` the options are read and checked, and nothing is made.
Notifiers make_channels(const std::vector<config::ChannelConfig>& channels,
                        const std::filesystem::path& data, bool start, config::Faults& faults,
                        const std::vector<config::ContactPlace>& contacts = {});

}  // namespace jinqiao::adapters::cli
