#include "adapters/cli/channels.h"

#include "adapters/cli/channel_kinds.h"
#include "adapters/cli/channel_use.h"
#include "adapters/notify/courier/courier.h"

namespace jinqiao::adapters::cli {

Notifiers make_channels(const std::vector<config::ChannelConfig>& channels,
                        const std::filesystem::path& data, bool start, config::Faults& faults,
                        const std::vector<config::ContactPlace>& contacts,
                        const engine::runtime::ChannelSettings& common, ChannelUses* uses) {
    const auto courier = start ? std::make_shared<notify::courier::Courier>() : nullptr;
    const auto known = channel_kinds(data, courier);
    std::vector<std::string> names;
    for (const auto& [name, kind] : known) names.push_back(name);

    Notifiers notifiers;
    for (const config::ChannelConfig& channel : channels) {
        const auto kind = known.find(channel.kind);
        if (kind == known.end()) {
            faults.push_back(config::unknown_kind(channel, names));
            continue;
        }
        config::Faults own;
        Maker maker;
        {
            const auto section = config::open(channel, own);
            maker = kind->second(*section);
            ChannelUse use{read_use(*section, maker.usage, common),
                           section->text("texts", channel.kind)};
            if (uses != nullptr) (*uses)[channel.name] = std::move(use);
        }  // keys nobody asked for are noted here
        const bool sound = !config::any_error(own);
        if (start && sound) notifiers[channel.name] = maker.make();
        if (sound && maker.unusable)
            for (const auto& contact : contacts)
                if (contact.channel == channel.name)
                    if (const auto expected = maker.unusable(contact.address); !expected.empty())
                        own.push_back(config::unusable(contact, expected));
        faults.insert(faults.end(), own.begin(), own.end());
    }
    return notifiers;
}

std::optional<OneChannel> make_channel(const config::ChannelConfig& channel,
                                       const std::filesystem::path& data, bool start,
                                       config::Faults& faults) {
    const auto courier = start ? std::make_shared<notify::courier::Courier>() : nullptr;
    const auto known = channel_kinds(data, courier);
    const auto kind = known.find(channel.kind);
    if (kind == known.end()) {
        std::vector<std::string> names;
        for (const auto& [name, each] : known) names.push_back(name);
        faults.push_back(config::unknown_kind(channel, names));
        return std::nullopt;
    }
    config::Faults own;
    Maker maker;
    OneChannel one;
    {
        const auto section = config::open(channel, own);
        maker = kind->second(*section);
        one.settings = read_use(*section, maker.usage, {});
        (void)section->text("texts", channel.kind);
    }
    const bool sound = !config::any_error(own);
    faults.insert(faults.end(), own.begin(), own.end());
    if (!sound) return std::nullopt;
    one.merges = maker.usage.merges;
    one.unusable =
        maker.unusable ? maker.unusable : [](const std::string&) -> std::string { return {}; };
    if (start) one.notifier = maker.make();
    return one;
}

}  // namespace jinqiao::adapters::cli
