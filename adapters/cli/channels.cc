#include "adapters/cli/channels.h"

#include <spdlog/spdlog.h>

#include <chrono>
#include <functional>

#include "adapters/notify/cap/cap.h"
#include "adapters/notify/courier/courier.h"
#include "adapters/notify/exec/exec.h"
#include "adapters/notify/file/file.h"
#include "adapters/notify/mqtt/mqtt.h"
#include "adapters/notify/smtp/smtp.h"
#include "adapters/notify/syslog/syslog.h"
#include "adapters/notify/webhook/webhook.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::ports::Notifier;
using engine::ports::Section;

// What the options come to: how the notifier is made once they are known to be sound, and what an
// address has to be instead of one they cannot use (empty: it can be used; none: any can).
struct Maker {
    std::function<std::unique_ptr<Notifier>()> make;
    std::function<std::string(const std::string& address)> unusable = {};
    engine::ports::Usage usage = {};
};
using Kind = std::function<Maker(Section&)>;

std::chrono::sys_seconds wall_seconds() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// One at a time to an address, so that each can refer to the one before.
Maker cap_maker(Section& section, const std::filesystem::path& data,
                const std::shared_ptr<notify::courier::Courier>& courier) {
    const auto options = notify::cap::Options::read(section, data);
    engine::ports::Usage usage;
    usage.each = 1;
    usage.recognises_repeats = true;  // by identifier
    return {[options, courier] {
                return std::make_unique<notify::cap::Cap>(options, courier, wall_seconds);
            },
            notify::cap::Options::unusable, usage};
}

Maker exec_maker(Section& section) {
    const auto options = notify::exec::Options::read(section);
    engine::ports::Usage usage;
    usage.concurrency = options.concurrency;
    return {[options] {
                return std::make_unique<notify::exec::Exec>(options, [](const std::string& line) {
                    spdlog::warn("the program of channel {}", line);
                });
            },
            {},
            usage};
}

Maker mqtt_maker(Section& section) {
    const auto options = notify::mqtt::Options::read(section);
    engine::ports::Usage usage;
    usage.recognises_repeats = true;  // by the event's id
    return {[options] { return std::make_unique<notify::mqtt::Mqtt>(options); }, {}, usage};
}

// One connection, and whoever reads a log does not mind a line that comes twice.
Maker syslog_maker(Section& section) {
    const auto options = notify::syslog::Options::read(section);
    engine::ports::Usage usage;
    usage.concurrency = 4;
    usage.recognises_repeats = true;
    return {[options] { return std::make_unique<notify::syslog::Syslog>(options); }, {}, usage};
}

std::map<std::string, Kind> kinds(const std::filesystem::path& data,
                                  const std::shared_ptr<notify::courier::Courier>& courier) {
    return {
        {"cap", [&data, &courier](Section& section) { return cap_maker(section, data, courier); }},
        {"exec", exec_maker},
        {"file",
         [&data](Section& section) -> Maker {
             auto options = notify::file::Options::read(section, data);
             return {[options] { return std::make_unique<notify::file::File>(options); }};
         }},
        {"mqtt", mqtt_maker},
        {"smtp",
         [](Section& section) -> Maker {
             auto options = notify::smtp::Options::read(section);
             return {[options] { return std::make_unique<notify::smtp::Smtp>(options); },
                     notify::smtp::Options::unusable};
         }},
        {"syslog", syslog_maker},
        {"webhook",
         [&courier](Section& section) -> Maker {
             auto options = notify::webhook::Options::read(section);
             return {[options, courier] {
                         return std::make_unique<notify::webhook::Webhook>(options, courier,
                                                                           wall_seconds);
                     },
                     [options](const std::string& address) { return options.unusable(address); },
                     {.recognises_repeats = true}};
         }},
    };
}

}  // namespace

Notifiers make_channels(const std::vector<config::ChannelConfig>& channels,
                        const std::filesystem::path& data, bool start, config::Faults& faults,
                        const std::vector<config::ContactPlace>& contacts) {
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
        Maker maker;
        {
            const auto section = config::open(channel, own);
            maker = kind->second(*section);
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

}  // namespace jinqiao::adapters::cli
