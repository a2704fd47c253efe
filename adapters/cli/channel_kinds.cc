#include "adapters/cli/channel_kinds.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "adapters/notify/cap/cap.h"
#include "adapters/notify/courier/courier.h"
#include "adapters/notify/exec/exec.h"
#include "adapters/notify/file/file.h"
#include "adapters/notify/http/http.h"
#include "adapters/notify/mqtt/mqtt.h"
#include "adapters/notify/robots/robot.h"
#include "adapters/notify/sms/sms.h"
#include "adapters/notify/smtp/smtp.h"
#include "adapters/notify/syslog/syslog.h"
#include "adapters/notify/webhook/webhook.h"
#include "adapters/notify/wecom_app/wecom_app.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::ports::Section;
using engine::ports::Usage;
using Courier = std::shared_ptr<notify::courier::Courier>;

std::chrono::sys_seconds wall_seconds() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::chrono::sys_time<std::chrono::milliseconds> wall() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// The other side knows a repeat by its id, or does not mind it.
Usage same_id_again() {
    Usage usage;
    usage.recognises_repeats = true;
    return usage;
}

// One at a time to an address, so that each can refer to the one before.
Maker cap(Section& section, const std::filesystem::path& data, const Courier& courier) {
    const auto options = notify::cap::Options::read(section, data);
    auto usage = same_id_again();
    usage.each = 1;
    return {[options, courier] {
                return std::make_unique<notify::cap::Cap>(options, courier, wall_seconds);
            },
            notify::cap::Options::unusable, usage};
}

Maker exec(Section& section) {
    const auto options = notify::exec::Options::read(section);
    Usage usage;
    usage.concurrency = options.concurrency;
    return {[options] {
                return std::make_unique<notify::exec::Exec>(options, [](const std::string& line) {
                    spdlog::warn("a program of channels.yaml says: {}", line);
                });
            },
            {},
            usage};
}

Maker file(Section& section, const std::filesystem::path& data) {
    const auto options = notify::file::Options::read(section, data);
    return {
        [options] { return std::make_unique<notify::file::File>(options); }, {}, same_id_again()};
}

Maker http(Section& section, const Courier& courier) {
    const auto options = notify::http::Options::read(section);
    return {[options, courier] { return notify::http::make(options, courier, wall); },
            [options](const std::string& address) { return options.endpoints.unusable(address); },
            options.usage};
}

Maker mqtt(Section& section) {
    const auto options = notify::mqtt::Options::read(section);
    return {
        [options] { return std::make_unique<notify::mqtt::Mqtt>(options); }, {}, same_id_again()};
}

Kind robot(const notify::robots::Robot& provider, const Courier& courier) {
    return [provider, courier](Section& section) -> Maker {
        const auto options = provider.read(section);
        return {
            [provider, options, courier] { return provider.make(options, courier, wall); },
            [options](const std::string& address) { return options.endpoints.unusable(address); },
            options.usage};
    };
}

Maker sms(Section& section, const Courier& courier) {
    const auto options = notify::sms::Options::read(section);
    return {[options, courier] {
                return std::make_unique<notify::sms::Sms>(options, courier, wall_seconds);
            },
            [options](const std::string& address) { return options.unusable(address); },
            notify::sms::Options::usage()};
}

Maker smtp(Section& section) {
    const auto options = notify::smtp::Options::read(section);
    return {[options] { return std::make_unique<notify::smtp::Smtp>(options); },
            notify::smtp::Options::unusable, same_id_again()};
}

// One connection.
Maker syslog(Section& section) {
    const auto options = notify::syslog::Options::read(section);
    auto usage = same_id_again();
    usage.concurrency = 4;
    return {[options] { return std::make_unique<notify::syslog::Syslog>(options); }, {}, usage};
}

// A red alert reaches sixteen departments in one go, and an endpoint that hangs takes no more than
// its share.
Maker webhook(Section& section, const Courier& courier) {
    const auto options = notify::webhook::Options::read(section);
    auto usage = same_id_again();
    usage.concurrency = 32;
    usage.each = 4;
    return {[options, courier] {
                return std::make_unique<notify::webhook::Webhook>(options, courier, wall_seconds);
            },
            [options](const std::string& address) { return options.unusable(address); }, usage};
}

Maker wecom_app(Section& section, const Courier& courier) {
    const auto options = notify::wecom_app::Options::read(section);
    return {[options, courier] {
                return std::make_unique<notify::wecom_app::WecomApp>(options, courier, wall);
            },
            notify::wecom_app::Options::unusable, options.usage};
}

}  // namespace

std::map<std::string, Kind> channel_kinds(const std::filesystem::path& data, Courier courier) {
    const auto by_courier = [courier](Maker (*read)(Section&, const Courier&)) -> Kind {
        return [courier, read](Section& section) { return read(section, courier); };
    };
    return {
        {"cap", [data, courier](Section& section) { return cap(section, data, courier); }},
        {"dingtalk", robot(notify::robots::dingtalk(), courier)},
        {"exec", exec},
        {"feishu", robot(notify::robots::feishu(), courier)},
        {"file", [data](Section& section) { return file(section, data); }},
        {"http", by_courier(http)},
        {"mqtt", mqtt},
        {"sms", by_courier(sms)},
        {"smtp", smtp},
        {"syslog", syslog},
        {"webhook", by_courier(webhook)},
        {"wecom", robot(notify::robots::wecom(), courier)},
        {"wecom_app", by_courier(wecom_app)},
    };
}

}  // namespace jinqiao::adapters::cli
