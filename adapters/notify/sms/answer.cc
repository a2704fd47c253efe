#include "adapters/notify/sms/answer.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "adapters/notify/courier/retry_after.h"
#include "adapters/notify/sms/codes.h"

namespace jinqiao::adapters::notify::sms {
namespace {

namespace json = boost::json;
using engine::ports::Outcome;
using Kind = Outcome::Kind;

constexpr std::size_t longest_word = 80;

// What became of one number.
struct Fate {
    std::string code, id;
    Verdict verdict;
};

json::value read(const std::string& body) {
    json::parse_options options;
    options.max_depth = 16;
    boost::system::error_code wrong;
    auto value = json::parse(body, wrong, {}, options);
    return wrong ? json::value() : value;
}

std::string text_at(const json::value& value, std::string_view key) {
    const auto* object = value.if_object();
    const auto* found = object != nullptr ? object->if_contains(key) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

const json::value* at(const json::value& value, std::string_view key) {
    const auto* object = value.if_object();
    return object != nullptr ? object->if_contains(key) : nullptr;
}

// A stranger's word as far as it may stand in the ledger; empty if it may not.
std::string plain(const std::string& word, const std::vector<Phone>& phones = {}) {
    const bool fits = !word.empty() && word.size() <= longest_word &&
                      std::all_of(word.begin(), word.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                 (c >= '0' && c <= '9') ||
                                 std::string_view("-_.:^").find(c) != std::string_view::npos;
                      });
    const bool tells = std::any_of(phones.begin(), phones.end(), [&](const Phone& phone) {
        return word.find(phone.number) != std::string::npos;
    });
    return fits && !tells ? word : std::string();
}

Outcome of_all(std::string code, const Verdict& verdict) {
    Outcome outcome;
    outcome.kind = verdict.kind;
    outcome.code = std::move(code);
    outcome.detail = verdict.advice;
    outcome.retry_after = verdict.retry_after;
    outcome.concerns_lane = verdict.concerns_lane;
    return outcome;
}

Outcome without_answer(const courier::Response& response) {
    Outcome outcome;
    outcome.code = response.failure;
    outcome.kind = response.sent ? Kind::unknown : Kind::retry;
    outcome.detail =
        response.sent ? "the request was sent, no answer came" : "the request was not sent";
    if (response.failure == "refused_address") {
        outcome.kind = Kind::retry;
        outcome.concerns_lane = true;
        outcome.detail = "the address is not public and allow_private is not set: see base_url";
    }
    return outcome;
}

// An answer that bears no code of the provider.
Outcome without_code(const courier::Response& response) {
    Outcome outcome;
    outcome.code = std::to_string(response.status);
    const int status = response.status;
    if (status >= 200 && status < 300) {
        outcome.kind = Kind::unknown;
        outcome.code = "unreadable";
        outcome.detail = "the answer does not say what became of the message";
    } else if (status == 408 || status == 425 || status == 429 || status >= 500) {
        outcome.kind = Kind::retry;
        outcome.concerns_lane = status == 429;
    } else {
        outcome.kind = Kind::rejected;
        if (status < 400) outcome.detail = "redirects are not followed: see base_url";
    }
    return outcome;
}

// By notifier.h: retry while one of them is to be tried again, delivered if anybody has it.
Kind together(const std::vector<Fate>& fates) {
    const auto any = [&](Kind kind) {
        return std::any_of(fates.begin(), fates.end(),
                           [&](const Fate& fate) { return fate.verdict.kind == kind; });
    };
    for (const Kind kind : {Kind::retry, Kind::unknown, Kind::delivered})
        if (any(kind)) return kind;
    return Kind::rejected;
}

Outcome gathered(const std::vector<Fate>& fates) {
    Outcome outcome;
    const Kind kind = together(fates);
    for (const Fate& fate : fates) {
        if (fate.verdict.kind != kind) continue;
        if (outcome.code.empty()) outcome = of_all(fate.code, fate.verdict);
        if (outcome.provider_id.empty()) outcome.provider_id = fate.id;
        outcome.concerns_lane = outcome.concerns_lane || fate.verdict.concerns_lane;
        if (fate.verdict.retry_after)
            outcome.retry_after = std::min(outcome.retry_after.value_or(*fate.verdict.retry_after),
                                           *fate.verdict.retry_after);
    }
    outcome.kind = kind;
    const auto taken = std::count_if(fates.begin(), fates.end(), [](const Fate& fate) {
        return fate.verdict.kind == Kind::delivered;
    });
    if (taken != static_cast<std::ptrdiff_t>(fates.size()) && fates.size() > 1)
        outcome.detail = std::to_string(taken) + " of " + std::to_string(fates.size()) +
                         " numbers taken" + (outcome.detail.empty() ? "" : "; ") + outcome.detail;
    return outcome;
}

std::vector<Fate> read_aliyun(const courier::Response& response, const std::vector<Phone>& phones,
                              std::chrono::sys_seconds now) {
    const auto answer = read(response.body);
    const std::string code = plain(text_at(answer, "Code"));
    if (code.empty()) return {};
    Fate fate;
    fate.code = code;
    const bool good = response.status >= 200 && response.status < 300;
    if (code == "OK" && good) {
        fate.verdict.kind = Kind::delivered;
        fate.id = plain(text_at(answer, "BizId"), phones);
    } else {
        fate.verdict = of_aliyun(code, text_at(answer, "Message"), response.status, now);
    }
    // One code for all numbers of a request.
    return std::vector<Fate>(phones.size(), fate);
}

Fate fate_of(const Phone& phone, const json::array& statuses, const std::vector<Phone>& phones,
             std::chrono::sys_seconds now) {
    for (const auto& status : statuses) {
        const auto number = mobile_number(text_at(status, "PhoneNumber"));
        if (number != phone.number && !(statuses.size() == 1 && phones.size() == 1)) continue;
        Fate fate;
        fate.code = plain(text_at(status, "Code"));
        if (fate.code.empty()) break;
        if (fate.code == "Ok") {
            fate.verdict.kind = Kind::delivered;
            fate.id = plain(text_at(status, "SerialNo"), phones);
        } else {
            fate.verdict = of_tencent(fate.code, 200, now);
        }
        return fate;
    }
    return {"unreadable", {}, {Kind::unknown, false, {}, "the answer does not name the number"}};
}

std::vector<Fate> read_tencent(const courier::Response& response, const std::vector<Phone>& phones,
                               std::chrono::sys_seconds now) {
    const auto answer = read(response.body);
    const auto* inner = at(answer, "Response");
    if (inner == nullptr) return {};
    if (const auto* error = at(*inner, "Error")) {
        const std::string code = plain(text_at(*error, "Code"));
        if (code.empty()) return {};
        return std::vector<Fate>(phones.size(),
                                 Fate{code, {}, of_tencent(code, response.status, now)});
    }
    const auto* list = at(*inner, "SendStatusSet");
    if (list == nullptr || !list->is_array() || response.status / 100 != 2) return {};
    std::vector<Fate> fates;
    fates.reserve(phones.size());
    for (const Phone& phone : phones)
        fates.push_back(fate_of(phone, list->get_array(), phones, now));
    return fates;
}

}  // namespace

Outcome judge(Options::Provider provider, const courier::Response& response,
              const std::vector<Phone>& phones, bool several, std::chrono::sys_seconds now) {
    if (response.status == 0) return without_answer(response);
    const auto fates = provider == Options::Provider::aliyun ? read_aliyun(response, phones, now)
                                                             : read_tencent(response, phones, now);
    Outcome outcome = fates.empty() ? without_code(response) : gathered(fates);
    if (outcome.kind == Kind::retry)
        if (const std::string* value = response.header("retry-after"))
            if (const auto asked = courier::retry_after(*value, now)) outcome.retry_after = asked;
    if (several)
        for (std::size_t i = 0; i < fates.size(); ++i)
            outcome.recipients.push_back(
                {phones[i].name, fates[i].verdict.kind, fates[i].code, fates[i].id});
    return outcome;
}

}  // namespace jinqiao::adapters::notify::sms
