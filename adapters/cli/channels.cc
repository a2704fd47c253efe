#include "adapters/cli/channels.h"

#include <chrono>
#include <functional>

#include "adapters/cli/channel_use.h"
#include "adapters/notify/courier/courier.h"
#include "adapters/notify/file/file.h"
#include "adapters/notify/http/http.h"
#include "adapters/notify/robots/robot.h"
#include "adapters/notify/sms/sms.h"
#include "adapters/notify/smtp/smtp.h"
#include "adapters/notify/webhook/webhook.h"
#include "adapters/notify/wecom_app/wecom_app.h"

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

// The other side recognises a repeat by its id.
constexpr engine::ports::Usage same_id_again{8, 0, 0, std::chrono::seconds{1}, true, 0, false};

std::chrono::sys_time<std::chrono::milliseconds> wall() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Kind robot(const notify::robots::Robot& provider,
           const std::shared_ptr<notify::courier::Courier>& courier) {
    return [provider, courier](Section& section) -> Maker {
        auto options = provider.read(section);
        return {
            [provider, options, courier] { return provider.make(options, courier, wall); },
            [options](const std::string& address) { return options.endpoints.unusable(address); },
            options.usage};
    };
}

std::map<std::string, Kind> kinds(const std::filesystem::path& data,
                                  const std::shared_ptr<notify::courier::Courier>& courier) {
    return {
        {"dingtalk", robot(notify::robots::dingtalk(), courier)},
        {"feishu", robot(notify::robots::feishu(), courier)},
        {"file",
         [&data](Section& section) -> Maker {
             auto options = notify::file::Options::read(section, data);
             return {[options] { return std::make_unique<notify::file::File>(options); },
                     {},
                     same_id_again};
         }},
        {"http",
         [&courier](Section& section) -> Maker {
             auto options = notify::http::Options::read(section);
             return {[options, courier] { return notify::http::make(options, courier, wall); },
                     [options](const std::string& address) {
                         return options.endpoints.unusable(address);
                     },
                     options.usage};
         }},
        {"sms",
         [&courier](Section& section) -> Maker {
             auto options = notify::sms::Options::read(section);
             return {[options, courier] {
                         return std::make_unique<notify::sms::Sms>(options, courier, wall_seconds);
                     },
                     [options](const std::string& address) { return options.unusable(address); },
                     notify::sms::Options::usage()};
         }},
        {"smtp",
         [](Section& section) -> Maker {
             auto options = notify::smtp::Options::read(section);
             return {[options] { return std::make_unique<notify::smtp::Smtp>(options); },
                     notify::smtp::Options::unusable, same_id_again};
         }},
        {"webhook",
         [&courier](Section& section) -> Maker {
             auto options = notify::webhook::Options::read(section);
             auto usage = same_id_again;
             // A red alert reaches sixteen departments in one go, and an endpoint that hangs takes
             // no more than its share.
             usage.concurrency = 32;
             usage.each = 4;
             return {[options, courier] {
                         return std::make_unique<notify::webhook::Webhook>(options, courier,
                                                                           wall_seconds);
                     },
                     [options](const std::string& address) { return options.unusable(address); },
                     usage};
         }},
        {"wecom", robot(notify::robots::wecom(), courier)},
        {"wecom_app",
         [&courier](Section& section) -> Maker {
             auto options = notify::wecom_app::Options::read(section);
             return {[options, courier] {
                         return std::make_unique<notify::wecom_app::WecomApp>(options, courier,
                                                                              wall);
                     },
                     notify::wecom_app::Options::unusable, options.usage};
         }},
    };
}

}  // namespace

Notifiers make_channels(const std::vector<config::ChannelConfig>& channels,
                        const std::filesystem::path& data, bool start, config::Faults& faults,
                        const std::vector<config::ContactPlace>& contacts,
                        const engine::runtime::ChannelSettings& common, ChannelUses* uses) {
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
            const auto use = read_use(*section, maker.usage, common);
            if (uses != nullptr) (*uses)[channel.name] = use;
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
    const auto known = kinds(data, courier);
    const auto kind = known.find(channel.kind);
    if (kind == known.end()) {
        std::vector<std::string> names;
        for (const auto& [name, each] : known) names.push_back(name);
        faults.push_back(config::unknown_kind(channel, names));
        return std::nullopt;
    }
    config::Faults own;
    Maker maker;
    {
        const auto section = config::open(channel, own);
        maker = kind->second(*section);
    }
    const bool sound = !config::any_error(own);
    faults.insert(faults.end(), own.begin(), own.end());
    if (!sound) return std::nullopt;
    OneChannel one;
    one.usage = maker.usage;
    one.unusable =
        maker.unusable ? maker.unusable : [](const std::string&) -> std::string { return {}; };
    if (start) one.notifier = maker.make();
    return one;
}

}  // namespace jinqiao::adapters::cli
