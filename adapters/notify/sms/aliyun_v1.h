#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The older signature of Alibaba Cloud's RPC calls, HMAC-SHA1, as a pure function.
namespace jinqiao::adapters::notify::sms::aliyun_v1 {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// Value of the parameter Signature over all the others, not encoded yet. `method` is the one the
// request is really made by.
std::string signature(std::string_view secret, std::string_view method, Parameters parameters);

}  // namespace jinqiao::adapters::notify::sms::aliyun_v1
