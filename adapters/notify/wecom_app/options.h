#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/notify/reach.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::wecom_app {

// Keys of a channel of kind `wecom_app`, beside those of Reaching and read_usage:
//   corp_id:  the company's id
//   secret:   {file} or {env}: of this app, each has its own
//   agent_id: the app's number
//   format:   text or markdown                          (text)
//   base_url: where the service is, if not at Tencent's (https://qyapi.weixin.qq.com)
struct Options {
    Reaching reaching;
    engine::ports::Usage usage;
    std::string base_url = "https://qyapi.weixin.qq.com";
    std::string corp_id;
    std::string secret;  // never shown
    std::int64_t agent_id = 0;
    bool markdown = false;

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section);
    // What an address has to be instead of this one; empty: it can be used.
    static std::string unusable(const std::string& address);
    static engine::ports::Usage usual();
};

// The members an address names, "zhangsan|lisi", each once.
std::vector<std::string> members_of(const std::string& address);
std::string joined(const std::vector<std::string>& members);

}  // namespace jinqiao::adapters::notify::wecom_app
