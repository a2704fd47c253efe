#include "adapters/notify/robots/robot.h"

#include <utility>

#include "adapters/notify/tame.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::robots {
namespace {

using engine::ports::Section;
using engine::ports::Transmission;

constexpr std::size_t longest_headline = 160;
constexpr std::size_t longest_keyword = 60;

const Format& read_format(Section& section, const std::vector<Format>& formats) {
    const std::string name = section.text("format", formats.front().name);
    std::string names;
    for (const Format& format : formats) {
        if (format.name == name) return format;
        names += (names.empty() ? "" : ", ") + format.name;
    }
    section.fault("format", "one of " + names, name);
    return formats.front();
}

bool is_signed(const std::string& url) {
    return url.find("sign=") != std::string::npos || url.find("timestamp=") != std::string::npos;
}

HookEndpoint read_endpoint(Section& section, const Reaching& reaching, bool protects) {
    HookEndpoint endpoint;
    endpoint.url = section.secret("url", true);
    reaching.check_url(section, "url", endpoint.url);
    if (!protects) return endpoint;
    endpoint.secret = section.secret("secret", false);
    if (is_signed(endpoint.url))
        section.fault("url", "the robot's address as the provider shows it",
                      "one that is signed already");
    return endpoint;
}

}  // namespace

RobotOptions Robot::read(Section& section) const {
    RobotOptions options;
    options.reaching = Reaching::read(section);
    const Format& format = read_format(section, formats);
    options.format = format.name;
    options.usage = usage;
    options.usage.text_limit = format.text_limit;
    read_usage(section, options.usage, format.most);
    options.mentions = Mentions::read(section, format.mentions_all, format.mentions_mobiles);
    if (protects) options.keyword = section.text("keyword", {});
    if (options.keyword.size() > longest_keyword ||
        tame(one_line(options.keyword)) != options.keyword)
        section.fault("keyword", "one line of at most 60 bytes without < and @", options.keyword);
    options.endpoints = HookEndpoints::read(
        section, [&](Section& part) { return read_endpoint(part, options.reaching, protects); });
    return options;
}

std::unique_ptr<engine::ports::Notifier> Robot::make(const RobotOptions& options,
                                                     std::shared_ptr<courier::Courier> courier,
                                                     HookKind::Now now) const {
    HookKind kind;
    kind.judge = judge;
    kind.compose = [options, body = body, sign = sign](const Transmission& transmission,
                                                       const HookEndpoint& endpoint, auto now_ms,
                                                       courier::Request& request) {
        request.url = endpoint.url;
        request.headers.push_back("Content-Type: application/json; charset=utf-8");
        request.body = body(options, transmission);
        if (sign && !endpoint.secret.empty()) sign(now_ms, endpoint.secret, request);
    };
    return std::make_unique<Hook>(std::move(kind), options.endpoints, options.reaching,
                                  std::move(courier), std::move(now));
}

std::string headline(const RobotOptions& options, const Transmission& transmission) {
    const std::string line = tame(fit(one_line(transmission.subject), longest_headline));
    return line.find(options.keyword) != std::string::npos ? line : options.keyword + " " + line;
}

}  // namespace jinqiao::adapters::notify::robots
