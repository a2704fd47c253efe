// DingTalk's custom robot (自定义机器人).
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/notify/answers.h"
#include "adapters/notify/courier/url.h"
#include "adapters/notify/robots/robot.h"
#include "adapters/notify/signature.h"
#include "adapters/notify/tame.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::robots {
namespace {

namespace json = boost::json;
using engine::ports::Outcome;
using engine::ports::Transmission;

constexpr std::size_t most_bytes = 20000;  // of the whole message

// Who is called stands in the text too, or the call is not shown.
std::string called(const Mention& mention) {
    std::string names;
    for (const auto* list : {&mention.mobiles, &mention.users})
        for (const std::string& name : *list) names += (names.empty() ? "@" : " @") + name;
    return names;
}

json::object at(const Mention& mention) {
    return {{"atMobiles", json::array(mention.mobiles.begin(), mention.mobiles.end())},
            {"atUserIds", json::array(mention.users.begin(), mention.users.end())},
            {"isAtAll", mention.all}};
}

// Two spaces before its end make a line a line.
std::string hard_breaks(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n') result += "  ";
        result += c;
    }
    return result;
}

std::string message(const RobotOptions& options, const Transmission& transmission,
                    std::string_view shortened) {
    const Mention& mention = options.mentions.of(transmission.grade);
    const std::string link = link_of(transmission);
    const std::string head = headline(options, transmission), names = called(mention);
    json::object result{{"msgtype", options.format}};
    if (options.format == "markdown") {
        std::string text =
            "#### " + tame_markdown(head) + "\n\n" + hard_breaks(markdown_text(shortened, link));
        if (!names.empty()) text += "\n\n" + names;
        result["markdown"] = {{"title", head}, {"text", text}};
    } else {
        std::string text = head + "\n" + plain_text(shortened, link);
        if (!names.empty()) text += "\n" + names;
        result["text"] = {{"content", text}};
    }
    result["at"] = at(mention);
    return json::serialize(result);
}

std::string body(const RobotOptions& options, const Transmission& transmission) {
    const std::string link = link_of(transmission);
    const std::string text = fit(transmission.text, options.usage.text_limit, link);
    return fitted(text, most_bytes, link, [&](std::string_view shortened) {
        return message(options, transmission, shortened);
    });
}

void sign(std::chrono::sys_time<std::chrono::milliseconds> now, const std::string& secret,
          courier::Request& request) {
    const std::int64_t timestamp = now.time_since_epoch().count();
    request.url += request.url.find('?') == std::string::npos ? '?' : '&';
    request.url += "timestamp=" + std::to_string(timestamp) +
                   "&sign=" + courier::percent_encode(dingtalk_signature(timestamp, secret));
}

const Answers& answers() {
    using std::chrono::seconds;
    static const Answers table = [] {
        const Said fast{Meaning::wait, "too many messages for this robot"};
        const Said gone{Meaning::channel, "the robot's token is not known"};
        Answers known;
        known.pointer = "/errcode";
        known.codes = {
            {"310000", {Meaning::channel, "the robot's security settings refuse it"}},
            {"130101", fast},
            {"410100", fast},
            {"-1", {Meaning::retry, "the provider is busy"}},
            {"300001", gone},
            {"300005", gone},
            {"400101", gone},
            {"400102", {Meaning::channel, "the robot is stopped"}},
            {"400106", {Meaning::channel, "the robot is not in the group"}},
            {"400013", {Meaning::channel, "the group is dissolved"}},
            {"400105", {Meaning::permanent, "the kind of message is refused"}},
            {"40035", {Meaning::permanent, "a parameter is missing"}},
            {"43004", {Meaning::permanent, "the content type is refused"}},
            {"460101", {Meaning::permanent, "the message is too long"}},
            {"90030", {Meaning::wait, "the quota of the day or plan is used up", seconds{3600}}},
        };
        return known;
    }();
    return table;
}

// The wall in front of the service has answers of its own, without a code.
std::optional<Outcome> turned_away(const json::value& answer) {
    if (word_at(answer, "/status") != "1111") return std::nullopt;
    json::error_code wrong;
    const json::value* wait = answer.find_pointer("/wait", wrong);
    const std::int64_t told = wait != nullptr && wait->is_int64() ? wait->get_int64() : 60;
    return outcome_of(Meaning::wait, "1111",
                      std::chrono::seconds{std::clamp<std::int64_t>(told, 1, 86400)},
                      "the provider's protection against floods");
}

// One code for four causes: only the words tell them apart, in two languages.
std::string cause_of_310000(const json::value& answer) {
    json::error_code wrong;
    const json::value* value = answer.find_pointer("/errmsg", wrong);
    if (value == nullptr || !value->is_string()) return {};
    const std::string text(value->get_string());
    const auto says = [&](const char* word) { return text.find(word) != std::string::npos; };
    if (says("timestamp") || says("时间戳")) return "the clock of this machine is wrong";
    if (says("keyword") || says("关键词"))
        return "the message has none of the robot's keywords: see the option keyword";
    if (says("sign") || says("签名")) return "the signature does not match: see the option secret";
    if (says("whitelist") || says("白名单") || says(" ip") || says("IP"))
        return "this machine's address is not on the robot's list";
    return {};
}

Outcome judge_dingtalk(const courier::Response& response, std::chrono::sys_seconds now) {
    Outcome outcome = judge(answers(), response, now);
    if (response.status == 0 || outcome.kind == Outcome::Kind::delivered) return outcome;
    const auto answer = parse_answer(response.body);
    if (!answer) return outcome;
    if (outcome.code == "310000") {
        if (std::string cause = cause_of_310000(*answer); !cause.empty())
            outcome.detail = std::move(cause);
        return outcome;
    }
    return turned_away(*answer).value_or(outcome);
}

}  // namespace

Robot dingtalk() {
    Robot robot;
    robot.formats = {{"markdown", 12000, most_bytes}, {"text", 12000, most_bytes}};
    // 20 a minute are allowed, and whoever sends more is shut out for ten: 3 and one each 4 s are
    // never more than 18.
    robot.usage.burst = 3;
    robot.usage.every = std::chrono::seconds{4};
    robot.usage.merges = true;
    robot.protects = true;
    robot.body = body;
    robot.sign = sign;
    robot.judge = judge_dingtalk;
    return robot;
}

}  // namespace jinqiao::adapters::notify::robots
