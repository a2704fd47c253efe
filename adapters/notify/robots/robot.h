#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/notify/hook.h"
#include "adapters/notify/robots/mention.h"

namespace jinqiao::adapters::notify::robots {

// Keys of the group robots, beside those of Reaching and read_usage:
//   url:       {file} or {env}: the robot's whole address, which is its key too
//   secret:    {file} or {env}: what it signs by              (dingtalk, feishu; none: unsigned)
//   endpoints: {<address>: {url, secret}}: a robot for each address
//   format:    text · markdown (wecom, dingtalk) · post, card (feishu)
//   keyword:   put before a message that does not hold it     (dingtalk, feishu)
//   mention:   {<grade>: […]}: who is called by name
struct RobotOptions {
    HookEndpoints endpoints;
    Reaching reaching;
    engine::ports::Usage usage;
    std::string format;
    std::string keyword;
    Mentions mentions;
};

// One way a provider's robot can speak.
struct Format {
    std::string name;
    std::size_t text_limit;  // of what people read, so that the rest has room beside it
    std::size_t most;        // the provider's limit
    bool mentions_all = true;
    bool mentions_mobiles = true;
};

// What differs between the robots of the providers.
struct Robot {
    std::vector<Format> formats;  // the first one is the default
    engine::ports::Usage usage;
    bool protects = false;  // has a signature and keywords
    std::function<std::string(const RobotOptions&, const engine::ports::Transmission&)> body;
    // Of this attempt; called where there is a secret.
    std::function<void(std::chrono::sys_time<std::chrono::milliseconds>, const std::string& secret,
                       courier::Request&)>
        sign;
    std::function<engine::ports::Outcome(const courier::Response&, std::chrono::sys_seconds now)>
        judge;

    // Notes every fault; what it returns then is not to be used.
    RobotOptions read(engine::ports::Section& section) const;
    std::unique_ptr<engine::ports::Notifier> make(const RobotOptions& options,
                                                  std::shared_ptr<courier::Courier> courier,
                                                  HookKind::Now now) const;
};

Robot wecom();
Robot dingtalk();
Robot feishu();

// The subject as one line, after the keyword where it does not hold it.
std::string headline(const RobotOptions& options, const engine::ports::Transmission& transmission);

}  // namespace jinqiao::adapters::notify::robots
