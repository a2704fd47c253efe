#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/load.h"
#include "engine/ports/notifier.h"
#include "engine/runtime/delivery_plan.h"

namespace jinqiao::adapters::cli {

// Notifiers by the name their channel has in channels.yaml.
using Notifiers = std::map<std::string, std::unique_ptr<engine::ports::Notifier>>;

// How a channel is used, and by which set of words it speaks: its own `texts`, else its kind.
struct ChannelUse {
    engine::runtime::ChannelSettings settings;
    std::string texts;
};
using ChannelUses = std::map<std::string, ChannelUse>;  // by the channel's name

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

// One configured channel by itself, for whoever tries or lists it.
struct OneChannel {
    engine::runtime::ChannelSettings settings;  // but for what service.yaml says of all of them
    bool merges = false;
    // What an address has to be instead of one it cannot use; empty: it can be used.
    std::function<std::string(const std::string& address)> unusable;
    std::unique_ptr<engine::ports::Notifier> notifier;  // null without `start`
};

// Empty if its kind or its options have a fault.
std::optional<OneChannel> make_channel(const config::ChannelConfig& channel,
                                       const std::filesystem::path& data, bool start,
                                       config::Faults& faults);

}  // namespace jinqiao::adapters::cli
