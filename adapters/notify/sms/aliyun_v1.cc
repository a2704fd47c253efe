#include "adapters/notify/sms/aliyun_v1.h"

#include "adapters/notify/base64.h"
#include "adapters/notify/courier/url.h"
#include "adapters/notify/mac.h"
#include "adapters/notify/sms/aliyun_v3.h"

namespace jinqiao::adapters::notify::sms::aliyun_v1 {

std::string signature(std::string_view secret, std::string_view method, Parameters parameters) {
    const std::string query = aliyun_v3::canonical_query(std::move(parameters));
    const std::string signs = std::string(method) + "&%2F&" + courier::percent_encode(query);
    return base64(hmac_sha1(std::string(secret) + "&", signs));
}

}  // namespace jinqiao::adapters::notify::sms::aliyun_v1
