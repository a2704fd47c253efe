#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/echo/fault.h"
#include "adapters/echo/request.h"

namespace jinqiao::adapters::echo {

// What is known of the senders: secrets by provider, of which any may have signed. Without one for
// a provider its signatures are not checked, and the line about a request says so.
struct Settings {
    // wecom_app (corpsecret), dingtalk, feishu, aliyun, tencent, webhook
    std::map<std::string, std::vector<std::string>> secrets;
    std::chrono::seconds token_life{7200};  // of wecom_app
    std::function<std::chrono::sys_seconds()> now;
};

// Answers as the providers do, without sockets: success, and each provider's own way to refuse a
// wrong signature, a time that is off, a shape it does not know. Threads: any.
class Desk {
  public:
    explicit Desk(Settings settings);

    // Who is meant: wecom, wecom_token, wecom_app, dingtalk, feishu, aliyun, tencent, webhook,
    // http. A first segment of the path that is one of these names says it and is taken off.
    static std::string provider_of(Asked& asked);
    Reply answer(const std::string& provider, const Asked& asked, const Fault& fault = {});

  private:
    Reply wecom(const Asked& asked, const Fault& fault) const;
    Reply wecom_token(const Asked& asked, const Fault& fault);
    Reply wecom_app(const Asked& asked, const Fault& fault);
    Reply dingtalk(const Asked& asked, const Fault& fault) const;
    Reply feishu(const Asked& asked, const Fault& fault) const;
    Reply aliyun(const Asked& asked, const Fault& fault);
    Reply tencent(const Asked& asked, const Fault& fault) const;
    Reply webhook(const Asked& asked, const Fault& fault) const;

    const std::vector<std::string>* secrets(const std::string& provider) const;
    bool seen_before(const std::string& nonce);
    std::int64_t now_s() const { return settings_.now().time_since_epoch().count(); }

    Settings settings_;
    std::mutex mutex_;
    std::map<std::string, std::chrono::sys_seconds> tokens_;  // wecom_app's, with their ends
    std::map<std::string, std::chrono::sys_seconds> nonces_;  // aliyun's, when they came
    std::uint64_t count_ = 0;                                 // of answers, for their ids
};

}  // namespace jinqiao::adapters::echo
