#include "adapters/notify/sms/codes.h"

#include <algorithm>
#include <array>
#include <span>

namespace jinqiao::adapters::notify::sms {
namespace {

using engine::ports::Outcome;
using Kind = Outcome::Kind;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

// How long a code asks to wait.
enum class Wait { none, moment, half_minute, hour, day, as_the_message_says };

struct Row {
    std::string_view code;  // "Throttling*": all that begin so
    Kind kind;
    bool lane;
    Wait wait;
    std::string_view advice;
};

constexpr std::string_view key = "the provider refuses the key: see access_key_id and _secret";
constexpr std::string_view clock_off = "the provider's clock differs from ours by minutes";
constexpr std::string_view funds = "the account is out of service or out of money";
constexpr std::string_view quota = "the account's own limit is used up: see the provider's console";
constexpr std::string_view origin = "the provider takes nothing from this network address";
constexpr std::string_view number = "the provider cannot use the number";
constexpr std::string_view text = "the provider refuses template, signature or variables";
constexpr std::string_view rights = "the key may not send messages";

constexpr std::array aliyun_codes{
    Row{"isv.BUSINESS_LIMIT_CONTROL", Kind::retry, false, Wait::as_the_message_says, {}},
    Row{"isp.SYSTEM_ERROR", Kind::retry, false, Wait::none, {}},
    Row{"Throttling*", Kind::retry, true, Wait::moment, {}},
    Row{"ServiceUnavailable*", Kind::retry, false, Wait::none, {}},
    Row{"InternalError*", Kind::retry, false, Wait::none, {}},
    Row{"SignatureNonceUsed", Kind::retry, false, Wait::none, {}},
    Row{"isv.MOBILE_NUMBER_ILLEGAL", Kind::rejected, false, Wait::none, number},
    Row{"isp.RAM_PERMISSION_DENY", Kind::rejected, false, Wait::none, rights},
    Row{"isv.OUT_OF_SERVICE", Kind::retry, true, Wait::none, funds},
    Row{"isv.AMOUNT_NOT_ENOUGH", Kind::retry, true, Wait::none, funds},
    Row{"isv.DAY_LIMIT_CONTROL", Kind::retry, true, Wait::day, quota},
    Row{"isv.MONTH_LIMIT_CONTROL", Kind::retry, true, Wait::day, quota},
    Row{"isv.DENY_IP_RANGE", Kind::retry, true, Wait::none, origin},
    Row{"SignatureDoesNotMatch", Kind::retry, true, Wait::none, key},
    Row{"IncompleteSignature", Kind::retry, true, Wait::none, key},
    Row{"InvalidAccessKeyId*", Kind::retry, true, Wait::none, key},
    Row{"InvalidTimeStamp*", Kind::retry, true, Wait::none, clock_off},
    Row{"Forbidden*", Kind::retry, true, Wait::none, rights},
    Row{"isp.*", Kind::retry, false, Wait::none, {}},
    Row{"isv.*", Kind::rejected, false, Wait::none, text},
};

constexpr std::array tencent_codes{
    Row{"RequestLimitExceeded*", Kind::retry, true, Wait::moment, {}},
    Row{"InternalError*", Kind::retry, false, Wait::none, {}},
    Row{"LimitExceeded.DeliveryFrequencyLimit", Kind::retry, false, Wait::half_minute, {}},
    Row{"LimitExceeded.PhoneNumberThirtySecondLimit", Kind::retry, false, Wait::half_minute, {}},
    Row{"LimitExceeded.PhoneNumberOneHourLimit", Kind::retry, false, Wait::hour, {}},
    Row{"LimitExceeded.PhoneNumberDailyLimit", Kind::retry, false, Wait::day, {}},
    Row{"LimitExceeded.PhoneNumberSameContentDailyLimit", Kind::retry, false, Wait::day, {}},
    // Of the application or the account.
    Row{"LimitExceeded.App*", Kind::retry, true, Wait::day, quota},
    Row{"LimitExceeded.DailyLimit", Kind::retry, true, Wait::day, quota},
    Row{"LimitExceeded*", Kind::retry, false, Wait::half_minute, {}},
    Row{"InvalidParameterValue.IncorrectPhoneNumber", Kind::rejected, false, Wait::none, number},
    Row{"FailedOperation.PhoneNumberInBlacklist", Kind::rejected, false, Wait::none, number},
    Row{"AuthFailure.SignatureExpire", Kind::retry, true, Wait::none, clock_off},
    Row{"AuthFailure*", Kind::retry, true, Wait::none, key},
    Row{"UnauthorizedOperation.RequestIpNotInWhitelist", Kind::retry, true, Wait::none, origin},
    Row{"UnauthorizedOperation*", Kind::retry, true, Wait::none, rights},
    Row{"FailedOperation.InsufficientBalanceInSmsPackage", Kind::retry, true, Wait::none, funds},
    Row{"ResourceInsufficient*", Kind::retry, false, Wait::none, {}},
    Row{"ResourceUnavailable*", Kind::retry, true, Wait::none, funds},
    Row{"FailedOperation*", Kind::rejected, false, Wait::none, text},
    Row{"InvalidParameter*", Kind::rejected, false, Wait::none, text},
};

bool matches(const Row& row, std::string_view code) {
    if (row.code.ends_with('*')) return code.starts_with(row.code.substr(0, row.code.size() - 1));
    return code == row.code;
}

// The providers count days as Beijing does.
seconds until_midnight(sys_seconds now) {
    const auto here = now + hours{8};
    return std::chrono::ceil<std::chrono::days>(here + seconds{1}) - here;
}

seconds as_the_message_says(std::string_view message, sys_seconds now) {
    const auto says = [&](std::string_view word) {
        return message.find(word) != std::string_view::npos;
    };
    if (says("天级") || says("day") || says("Day")) return until_midnight(now);
    if (says("小时级") || says("hour") || says("Hour")) return hours{1};
    return minutes{1};
}

std::optional<seconds> length(Wait wait, std::string_view message, sys_seconds now) {
    switch (wait) {
        case Wait::none:
            return std::nullopt;
        case Wait::moment:
            return seconds{10};
        case Wait::half_minute:
            return seconds{30};
        case Wait::hour:
            return hours{1};
        case Wait::day:
            return until_midnight(now);
        case Wait::as_the_message_says:
            return as_the_message_says(message, now);
    }
    return std::nullopt;
}

Verdict judge(std::span<const Row> table, std::string_view code, std::string_view message,
              int status, sys_seconds now) {
    const auto row = std::find_if(table.begin(), table.end(),
                                  [&](const Row& each) { return matches(each, code); });
    if (row != table.end())
        return {row->kind, row->lane, length(row->wait, message, now), row->advice};
    const bool busy = status == 408 || status == 425 || status == 429 || status >= 500;
    return {busy ? Kind::retry : Kind::rejected, false, {}, {}};
}

}  // namespace

Verdict of_aliyun(std::string_view code, std::string_view message, int status, sys_seconds now) {
    return judge(aliyun_codes, code, message, status, now);
}

Verdict of_tencent(std::string_view code, int status, sys_seconds now) {
    return judge(tencent_codes, code, {}, status, now);
}

}  // namespace jinqiao::adapters::notify::sms
