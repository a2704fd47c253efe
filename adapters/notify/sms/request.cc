#include "adapters/notify/sms/request.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>

#include "adapters/notify/courier/url.h"
#include "adapters/notify/mac.h"
#include "adapters/notify/sms/aliyun_v1.h"
#include "adapters/notify/sms/aliyun_v3.h"
#include "adapters/notify/sms/tencent.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::sms {
namespace {

namespace json = boost::json;
using engine::ports::Transmission;

struct Attempt {
    const Options& options;
    const Template& chosen;
    const Transmission& transmission;
    const std::vector<Phone>& phones;
    std::chrono::sys_seconds now;
    const std::string& nonce;
};

// As the header Host has it: without the port where it is the usual one.
std::string host_of(const std::string& base_url) {
    const bool tls = base_url.starts_with("https");
    std::string host = base_url.substr(base_url.find("://") + 3);
    host = host.substr(0, host.find('/'));
    const std::string usual = tls ? ":443" : ":80";
    return host.ends_with(usual) ? host.substr(0, host.size() - usual.size()) : host;
}

std::string without_port(const std::string& host) {
    const auto colon = host.rfind(':');
    return colon == std::string::npos || host.ends_with(']') ? host : host.substr(0, colon);
}

// 2026-01-02T03:04:05Z
std::string utc(std::chrono::sys_seconds now) {
    using namespace std::chrono;
    const auto day = floor<days>(now);
    const year_month_day date{day};
    const hh_mm_ss time{now - day};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

// What receipts of the provider name the message by.
std::string own_id(const Transmission& transmission) {
    return std::string(cut(one_line(transmission.id), 200));
}

aliyun_v3::Parameters parameters_of(const Attempt& attempt) {
    std::string numbers;
    for (const Phone& phone : attempt.phones)
        numbers += (numbers.empty() ? "" : ",") + phone.number;
    json::object values;
    for (const auto& [name, value] :
         values_of(attempt.chosen, attempt.options.words, attempt.transmission))
        values[name] = value;
    aliyun_v3::Parameters parameters{{"PhoneNumbers", numbers},
                                     {"SignName", attempt.options.sign_name},
                                     {"TemplateCode", attempt.chosen.code},
                                     {"TemplateParam", json::serialize(values)},
                                     {"OutId", own_id(attempt.transmission)}};
    if (!attempt.options.region.empty())
        parameters.emplace_back("RegionId", attempt.options.region);
    return parameters;
}

void aliyun_by_v3(const Attempt& attempt, courier::Request& request) {
    aliyun_v3::Request signs;
    signs.query = parameters_of(attempt);
    signs.headers = {{"host", host_of(attempt.options.base_url)}, {"x-acs-action", "SendSms"},
                     {"x-acs-content-sha256", hex(sha256({}))},   {"x-acs-date", utc(attempt.now)},
                     {"x-acs-signature-nonce", attempt.nonce},    {"x-acs-version", "2017-05-25"}};
    request.url = attempt.options.base_url + "/?" + aliyun_v3::canonical_query(signs.query);
    for (const auto& [name, value] : signs.headers)
        if (name != "host") request.headers.emplace_back(name).append(": ").append(value);
    // curl would add one, and what is sent has to be signed.
    request.headers.emplace_back("Content-Type:");
    request.headers.push_back("Authorization: " + aliyun_v3::authorization(attempt.options.key_id,
                                                                           attempt.options.secret,
                                                                           signs));
}

void aliyun_by_v1(const Attempt& attempt, courier::Request& request) {
    auto parameters = parameters_of(attempt);
    const aliyun_v1::Parameters common{{"AccessKeyId", attempt.options.key_id},
                                       {"Action", "SendSms"},
                                       {"Format", "JSON"},
                                       {"SignatureMethod", "HMAC-SHA1"},
                                       {"SignatureNonce", attempt.nonce},
                                       {"SignatureVersion", "1.0"},
                                       {"Timestamp", utc(attempt.now)},
                                       {"Version", "2017-05-25"}};
    parameters.insert(parameters.end(), common.begin(), common.end());
    parameters.emplace_back("Signature",
                            aliyun_v1::signature(attempt.options.secret, "POST", parameters));
    request.url = attempt.options.base_url + "/";
    request.headers.push_back("Content-Type: application/x-www-form-urlencoded");
    request.body = aliyun_v3::canonical_query(std::move(parameters));
}

void tencent_by_tc3(const Attempt& attempt, courier::Request& request) {
    json::array numbers, values;
    for (const Phone& phone : attempt.phones) numbers.emplace_back("+86" + phone.number);
    for (auto& [name, value] :
         values_of(attempt.chosen, attempt.options.words, attempt.transmission))
        values.emplace_back(std::move(value));
    request.body = json::serialize(json::object{{"PhoneNumberSet", std::move(numbers)},
                                                {"SmsSdkAppId", attempt.options.sdk_app_id},
                                                {"SignName", attempt.options.sign_name},
                                                {"TemplateId", attempt.chosen.code},
                                                {"TemplateParamSet", std::move(values)},
                                                {"SessionContext", own_id(attempt.transmission)}});
    const std::string type = "application/json; charset=utf-8";
    tencent::Request signs;
    signs.headers = {{"content-type", type},
                     {"host", without_port(host_of(attempt.options.base_url))}};
    signs.body = request.body;
    signs.timestamp_s = attempt.now.time_since_epoch().count();
    request.url = attempt.options.base_url + "/";
    request.headers.insert(
        request.headers.end(),
        {"Content-Type: " + type, "X-TC-Action: SendSms", "X-TC-Version: 2021-01-11",
         "X-TC-Region: " + attempt.options.region,
         "X-TC-Timestamp: " + std::to_string(signs.timestamp_s),
         "Authorization: " +
             tencent::authorization(attempt.options.key_id, attempt.options.secret, signs)});
}

}  // namespace

courier::Request request_for(const Options& options, const Template& chosen,
                             const Transmission& transmission, const std::vector<Phone>& phones,
                             std::chrono::sys_seconds now, const std::string& nonce) {
    const Attempt attempt{options, chosen, transmission, phones, now, nonce};
    courier::Request request = options.reaching.request(transmission.patience);
    request.headers.emplace_back("Accept: application/json");
    if (options.provider == Options::Provider::tencent)
        tencent_by_tc3(attempt, request);
    else if (options.older_signature)
        aliyun_by_v1(attempt, request);
    else
        aliyun_by_v3(attempt, request);
    return request;
}

}  // namespace jinqiao::adapters::notify::sms
