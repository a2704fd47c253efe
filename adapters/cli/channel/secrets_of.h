#pragma once
#include <map>
#include <string>
#include <vector>

#include "config/load.h"

namespace jinqiao::adapters::cli::channel {

// The secrets configured channels sign by, by the provider that checks them: aliyun, tencent,
// webhook, dingtalk, feishu, wecom_app. What cannot be read is left out.
std::map<std::string, std::vector<std::string>> secrets_of(
    const std::vector<config::ChannelConfig>& channels);

}  // namespace jinqiao::adapters::cli::channel
