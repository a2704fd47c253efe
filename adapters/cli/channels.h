#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/load.h"
#include "engine/ports/notifier.h"
#include "engine/runtime/delivery_plan.h"

namespace jinqiao::adapters::cli {

// Notifiers by the name their channel has in channels.yaml.
using Notifiers = std::map<std::string, std::unique_ptr<engine::ports::Notifier>>;

// How each channel is used, by its name.
using ChannelUses = std::map<std::string, engine::runtime::ChannelSettings>;

// Makes the notifier of every configured channel; this is the place that knows which kinds there
// are. Faults of their options are added to `faults`; a channel with one has no notifier. So are
// those of `contacts` with an address their channel cannot use: a notice to them would be a dead
// letter. Without `start` the options are read and checked, and nothing is made. `uses` holds how
// each that is sound is used; what is common to all is `common`.
Notifiers make_channels(const std::vector<config::ChannelConfig>& channels,
                        const std::filesystem::path& data, bool start, config::Faults& faults,
                        const std::vector<config::ContactPlace>& contacts = {},
                        const engine::runtime::ChannelSettings& common = {},
                        ChannelUses* uses = nullptr);

}  // namespace jinqiao::adapters::cli
