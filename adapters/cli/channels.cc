#include "adapters/cli/channels.h"

#include <chrono>
#include <functional>

#include "adapters/notify/courier/courier.h"
#include "adapters/notify/file/file.h"
#include "adapters/notify/smtp/smtp.h"
#include "adapters/notify/webhook/webhook.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::ports::Notifier;
using engine::ports::Section;

// Reads the options and, once they are known to be sound, makes the notifier.
using Maker = std::function<std::unique_ptr<Notifier>()>;
using Kind = std::function<Maker(Section&)>;

std::chrono::sys_seconds wall_seconds() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::map<std::string, Kind> kinds(const std::filesystem::path& data,
                                  const std::shared_ptr<notify::courier::Courier>& courier) {
    return {
        {"file",
         [&data](Section& section) -> Maker {
             auto options = notify::file::Options::read(section, data);
             return [options] { return std::make_unique<notify::file::File>(options); };
         }},
        {"smtp",
         [](Section& section) -> Maker {
             auto options = notify::smtp::Options::read(section);
             return [options] { return std::make_unique<notify::smtp::Smtp>(options); };
         }},
        {"webhook",
         [&courier](Section& section) -> Maker {
             auto options = notify::webhook::Options::read(section);
             return [options, courier] {
                 return std::make_unique<notify::webhook::Webhook>(options, courier, wall_seconds);
             };
         }},
    };
}

}  // namespace

Notifiers make_channels(const std::vector<config::ChannelConfig>& channels,
                        const std::filesystem::path& data, bool start, config::Faults& faults) {
    const auto courier = start ? std::make_shared<notify::courier::Courier>() : nullptr;
    const auto known = kinds(data, courier);
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
        Maker make;
        {
            const auto section = config::open(channel, own);
            make = kind->second(*section);
        }  // keys nobody asked for are noted here
        if (start && !config::any_error(own)) notifiers[channel.name] = make();
        faults.insert(faults.end(), own.begin(), own.end());
    }
    return notifiers;
}

}  // namespace jinqiao::adapters::cli
