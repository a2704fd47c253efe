// Alibaba Cloud's and Tencent Cloud's short messages.
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>

#include "adapters/echo/desk.h"
#include "adapters/notify/mac.h"
#include "adapters/notify/sms/aliyun_v1.h"
#include "adapters/notify/sms/aliyun_v3.h"
#include "adapters/notify/sms/tencent.h"

namespace jinqiao::adapters::echo {
namespace {

namespace json = boost::json;
namespace aliyun_v1 = notify::sms::aliyun_v1;
namespace aliyun_v3 = notify::sms::aliyun_v3;
namespace tencent_v3 = notify::sms::tencent;
using Secrets = std::vector<std::string>;

constexpr std::string_view request_id = "00000000-0000-0000-0000-000000000000";

Reply aliyun_reply(int status, const std::string& code, const std::string& message) {
    return {
        status,
        json::serialize(json::object{
            {"RequestId", request_id}, {"HostId", "echo"}, {"Code", code}, {"Message", message}}),
        code};
}

Reply tencent_error(const std::string& code, const std::string& message) {
    return {
        200,
        json::serialize(json::object{
            {"Response", json::object{{"Error", json::object{{"Code", code}, {"Message", message}}},
                                      {"RequestId", request_id}}}}),
        code};
}

// What stands after a word up to a comma: "Credential=…", "SignedHeaders=…", "Signature=…".
std::string part_of(const std::string& authorization, const std::string& name) {
    const auto at = authorization.find(name + "=");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 1;
    return authorization.substr(from, authorization.find(',', from) - from);
}

// Those of the request that the sender says it has signed.
std::map<std::string, std::string> named_headers(const Asked& asked, const std::string& names) {
    std::map<std::string, std::string> result;
    for (const std::string& name : split(names, ';')) result[name] = asked.header(name);
    return result;
}

std::optional<std::int64_t> read_utc(const std::string& text) {
    std::array<int, 6> n{};
    char end = 0;
    if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%c", &n[0], &n[1], &n[2], &n[3], &n[4],
                    &n[5], &end) != 7 ||
        end != 'Z')
        return std::nullopt;
    using namespace std::chrono;
    const year_month_day day{year{n[0]}, month{static_cast<unsigned>(n[1])},
                             std::chrono::day{static_cast<unsigned>(n[2])}};
    if (!day.ok()) return std::nullopt;
    return (sys_seconds{sys_days{day}} + hours{n[3]} + minutes{n[4]} + seconds{n[5]})
        .time_since_epoch()
        .count();
}

bool any_signed(const Secrets* secrets, const std::string& signature,
                const std::function<std::string(const std::string&)>& sign) {
    return secrets == nullptr ||
           std::any_of(secrets->begin(), secrets->end(), [&](const std::string& secret) {
               return notify::equal_secrets(sign(secret), signature);
           });
}

std::string value_of(const Parameters& parameters, std::string_view name) {
    for (const auto& [key, value] : parameters)
        if (key == name) return value;
    return {};
}

// What the gateway finds wrong before the message is looked at.
std::optional<Reply> fault_of_v3(const Asked& asked, const Secrets* secrets) {
    const std::string authorization = asked.header("authorization");
    if (!authorization.starts_with("ACS3-HMAC-SHA256 "))
        return aliyun_reply(400, "IncompleteSignature", "no ACS3-HMAC-SHA256 in Authorization");
    aliyun_v3::Request signs;
    signs.method = asked.method;
    signs.query = asked.query;
    signs.headers = named_headers(asked, part_of(authorization, "SignedHeaders"));
    signs.body = asked.body;
    for (const auto& [name, value] : asked.headers)
        if ((name == "host" || name == "content-type" || name.starts_with("x-acs-")) &&
            !signs.headers.contains(name))
            return aliyun_reply(400, "IncompleteSignature", name + " is not signed");
    if (asked.header("x-acs-content-sha256") != notify::hex(notify::sha256(asked.body)))
        return aliyun_reply(400, "SignatureDoesNotMatch", "x-acs-content-sha256 is another body's");
    const bool right =
        any_signed(secrets, part_of(authorization, "Signature"),
                   [&](const std::string& secret) { return aliyun_v3::signature(secret, signs); });
    if (!right) return aliyun_reply(400, "SignatureDoesNotMatch", "the signature does not match");
    return std::nullopt;
}

std::optional<Reply> fault_of_v1(const Asked& asked, const Parameters& all,
                                 const Secrets* secrets) {
    auto without = all;
    std::erase_if(without, [](const auto& entry) { return entry.first == "Signature"; });
    const bool right =
        any_signed(secrets, value_of(all, "Signature"), [&](const std::string& secret) {
            return aliyun_v1::signature(secret, asked.method, without);
        });
    if (!right) return aliyun_reply(400, "SignatureDoesNotMatch", "the signature does not match");
    return std::nullopt;
}

bool is_mobile(std::string number) {
    for (const std::string_view prefix : {"+86", "0086", "86"})
        if (number.size() > 11 && number.starts_with(prefix)) {
            number.erase(0, prefix.size());
            break;
        }
    return number.size() == 11 && number[0] == '1' && is_whole_number(number);
}

bool has_link(const std::string& text) {
    return text.find("://") != std::string::npos || text.find("www.") != std::string::npos;
}

// What the service finds wrong with a message that was signed right.
std::optional<Reply> fault_of_message(const Parameters& all) {
    const auto numbers = split(value_of(all, "PhoneNumbers"), ',');
    if (numbers.empty() || numbers.size() > 1000 ||
        !std::all_of(numbers.begin(), numbers.end(), is_mobile))
        return aliyun_reply(200, "isv.MOBILE_NUMBER_ILLEGAL", "a number is none");
    const std::string parameters = value_of(all, "TemplateParam");
    if (value_of(all, "SignName").empty())
        return aliyun_reply(200, "isv.SMS_SIGNATURE_ILLEGAL", "no SignName");
    if (value_of(all, "TemplateCode").empty())
        return aliyun_reply(200, "isv.SMS_TEMPLATE_ILLEGAL", "no TemplateCode");
    if (!parameters.empty() && !read_json(parameters).is_object())
        return aliyun_reply(200, "isv.INVALID_JSON_PARAM", "TemplateParam is no JSON object");
    if (has_link(parameters))
        return aliyun_reply(200, "isv.PARAM_NOT_SUPPORT_URL", "a link in a variable");
    return std::nullopt;
}

std::string told(const std::vector<std::string>& numbers, const std::string& code,
                 const std::string& variables) {
    std::string text = std::to_string(numbers.size()) + " number(s) " + masked(numbers.front());
    return text + ", template " + shown(code) + " " + shown(variables, 200);
}

std::optional<Reply> fault_of_tc3(const Asked& asked, const Secrets* secrets, std::int64_t now_s) {
    const std::string authorization = asked.header("authorization");
    const std::string timestamp = asked.header("x-tc-timestamp");
    if (!authorization.starts_with("TC3-HMAC-SHA256 ") || !is_whole_number(timestamp))
        return tencent_error("AuthFailure.InvalidAuthorization", "no TC3-HMAC-SHA256");
    tencent_v3::Request signs;
    signs.headers = named_headers(asked, part_of(authorization, "SignedHeaders"));
    signs.body = asked.body;
    signs.timestamp_s = std::stoll(timestamp);
    if (!signs.headers.contains("host") || !signs.headers.contains("content-type"))
        return tencent_error("AuthFailure.InvalidAuthorization", "host or content-type unsigned");
    // Signed without its port, as the provider's own libraries do.
    signs.headers["host"] = signs.headers["host"].substr(0, signs.headers["host"].rfind(':'));
    const bool right =
        any_signed(secrets, part_of(authorization, "Signature"),
                   [&](const std::string& secret) { return tencent_v3::signature(secret, signs); });
    if (!right)
        return tencent_error("AuthFailure.SignatureFailure", "the signature does not match");
    if (std::abs(signs.timestamp_s - now_s) > 5 * 60)
        return tencent_error("AuthFailure.SignatureExpire", "the time is off by over 5 minutes");
    if (asked.header("x-tc-action") != "SendSms")
        return tencent_error("InvalidAction", "not SendSms");
    if (asked.header("x-tc-region").empty())
        return tencent_error("MissingParameter", "no X-TC-Region");
    return std::nullopt;
}

std::optional<Reply> fault_of_set(const json::value& message) {
    const auto* set = at(message, "PhoneNumberSet");
    if (set == nullptr || !set->is_array() || set->get_array().empty() ||
        text_at(message, "SmsSdkAppId").empty() || text_at(message, "TemplateId").empty())
        return tencent_error("MissingParameter", "PhoneNumberSet, SmsSdkAppId, TemplateId");
    if (set->get_array().size() > 200)
        return tencent_error("LimitExceeded.PhoneNumberCountLimit", "more than 200 numbers");
    return std::nullopt;
}

std::string code_of(const std::string& number, const std::string& variables, const Fault& fault) {
    if (fault.kind == Fault::Kind::refuse && number.ends_with(fault.who)) return fault.code;
    if (has_link(variables)) return "FailedOperation.ContainSensitiveWord";
    return is_mobile(number) ? "Ok" : "InvalidParameterValue.IncorrectPhoneNumber";
}

json::object status_of(const std::string& number, const std::string& code, const std::string& id) {
    const bool good = code == "Ok";
    return {{"SerialNo", good ? "5000:" + id : ""},
            {"PhoneNumber", number},
            {"Fee", good ? 1 : 0},
            {"Code", code},
            {"Message", good ? "send success" : "refused"},
            {"IsoCode", "CN"}};
}

}  // namespace

Reply Desk::aliyun(const Asked& asked, const Fault& fault) {
    if (fault.kind == Fault::Kind::errcode)
        return aliyun_reply(200, fault.code, "as the script says");
    Parameters all = asked.query;
    if (lower(asked.header("content-type")).starts_with("application/x-www-form-urlencoded"))
        for (auto& entry : read_form(asked.body)) all.push_back(std::move(entry));
    const bool older = !value_of(all, "SignatureMethod").empty();
    const auto* known = secrets("aliyun");
    const auto wrong = older ? fault_of_v1(asked, all, known) : fault_of_v3(asked, known);
    if (wrong) return *wrong;
    const auto when = read_utc(older ? value_of(all, "Timestamp") : asked.header("x-acs-date"));
    if (!when || std::abs(*when - now_s()) > 15 * 60)
        return aliyun_reply(400, "InvalidTimeStamp.Expired", "the time is off by over 15 minutes");
    const std::string nonce =
        older ? value_of(all, "SignatureNonce") : asked.header("x-acs-signature-nonce");
    if (nonce.empty() || seen_before(nonce))
        return aliyun_reply(400, "SignatureNonceUsed", "the nonce was used before");
    const std::string action = older ? value_of(all, "Action") : asked.header("x-acs-action");
    if (action != "SendSms") return aliyun_reply(404, "InvalidAction.NotFound", "not SendSms");

    if (const auto refused = fault_of_message(all)) return *refused;
    Reply reply = aliyun_reply(200, "OK", "OK");
    reply.body = json::serialize(
        json::object{{"Code", "OK"},
                     {"Message", "OK"},
                     {"BizId", std::to_string(now_s()) + std::to_string(count_) + "^0"},
                     {"RequestId", request_id}});
    reply.verdict = "ok, " +
                    told(split(value_of(all, "PhoneNumbers"), ','), value_of(all, "TemplateCode"),
                         value_of(all, "TemplateParam")) +
                    (known != nullptr ? ", signature " : ", NOT checked: signature ") +
                    (older ? "v1" : "v3");
    return reply;
}

Reply Desk::tencent(const Asked& asked, const Fault& fault) const {
    if (fault.kind == Fault::Kind::errcode) return tencent_error(fault.code, "as the script says");
    const auto* known = secrets("tencent");
    if (const auto wrong = fault_of_tc3(asked, known, now_s())) return *wrong;
    const auto message = read_json(asked.body);
    if (const auto wrong = fault_of_set(message)) return *wrong;
    const auto* parameters = at(message, "TemplateParamSet");
    const std::string variables = parameters == nullptr ? "[]" : json::serialize(*parameters);
    json::array statuses;
    std::vector<std::string> numbers;
    std::size_t good = 0;
    for (const auto& item : at(message, "PhoneNumberSet")->get_array()) {
        numbers.push_back(item.is_string() ? std::string(item.as_string()) : std::string());
        const std::string code = code_of(numbers.back(), variables, fault);
        if (code == "Ok") ++good;
        auto status = status_of(numbers.back(), code,
                                std::to_string(count_) + std::to_string(statuses.size()));
        status["SessionContext"] = text_at(message, "SessionContext");
        statuses.push_back(std::move(status));
    }
    Reply reply;
    reply.body = json::serialize(json::object{
        {"Response", json::object{{"SendStatusSet", statuses}, {"RequestId", request_id}}}});
    reply.verdict = (good == numbers.size() ? "ok, " : std::to_string(good) + " ok, ") +
                    told(numbers, text_at(message, "TemplateId"), variables) +
                    (known != nullptr ? ", signature TC3" : ", NOT checked: signature TC3");
    return reply;
}

}  // namespace jinqiao::adapters::echo
