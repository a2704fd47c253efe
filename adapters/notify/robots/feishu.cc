// Feishu's (Lark's) custom bot (自定义机器人).
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "adapters/notify/answers.h"
#include "adapters/notify/robots/robot.h"
#include "adapters/notify/signature.h"
#include "adapters/notify/tame.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::robots {
namespace {

namespace json = boost::json;
using engine::model::GradeLevel;
using engine::ports::Outcome;
using engine::ports::Transmission;

constexpr std::size_t most_bytes = 20000;  // of 20 KB for the whole request, timestamp and sign too

std::string_view colour(GradeLevel grade) {
    switch (grade) {
        case GradeLevel::red:
            return "red";
        case GradeLevel::orange:
            return "orange";
        case GradeLevel::yellow:
            return "yellow";
        case GradeLevel::blue:
            return "blue";
    }
    return "blue";
}

std::string called(const Mention& mention, std::string_view before, std::string_view after) {
    std::string names;
    if (mention.all) names += std::string(before) + "all" + std::string(after);
    for (const std::string& user : mention.users)
        names += std::string(before) + user + std::string(after);
    return names;
}

json::object text_message(const std::string& head, std::string_view text, const std::string& link,
                          const Mention& mention) {
    std::string content = head + "\n" + plain_text(text, link);
    if (!mention.empty()) content += "\n" + called(mention, "<at user_id=\"", "\"></at>");
    return {{"msg_type", "text"}, {"content", {{"text", content}}}};
}

json::array post_line(std::string_view line, const std::string& link) {
    json::array parts;
    (void)around_links(
        line, link,
        [&](std::string_view words) {
            parts.push_back({{"tag", "text"}, {"text", tame(words)}});
            return std::string();
        },
        [&](std::string_view ours) {
            parts.push_back({{"tag", "a"}, {"text", ours}, {"href", ours}});
            return std::string();
        });
    return parts;
}

json::object post_message(const std::string& head, std::string_view text, const std::string& link,
                          const Mention& mention) {
    json::array lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) lines.push_back(post_line(text.substr(0, end), link));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    json::array names;
    if (mention.all) names.push_back({{"tag", "at"}, {"user_id", "all"}});
    for (const std::string& user : mention.users)
        names.push_back({{"tag", "at"}, {"user_id", user}});
    if (!names.empty()) lines.push_back(std::move(names));
    json::object post{{"zh_cn", {{"title", head}, {"content", std::move(lines)}}}};
    return {{"msg_type", "post"}, {"content", {{"post", std::move(post)}}}};
}

json::object card_message(const std::string& head, std::string_view text, const std::string& link,
                          const Mention& mention, GradeLevel grade) {
    std::string content = markdown_text(text, link);
    if (!mention.empty()) content += "\n" + called(mention, "<at id=", "></at>");
    const json::object title{{"tag", "plain_text"}, {"content", head}};
    const json::object words{{"tag", "lark_md"}, {"content", content}};
    const json::object card{{"header", {{"title", title}, {"template", colour(grade)}}},
                            {"elements", json::array{{{"tag", "div"}, {"text", words}}}}};
    return {{"msg_type", "interactive"}, {"card", card}};
}

std::string body(const RobotOptions& options, const Transmission& transmission) {
    const std::string link = link_of(transmission), head = headline(options, transmission);
    const Mention& mention = options.mentions.of(transmission.grade);
    const std::string text = fit(transmission.text, options.usage.text_limit, link);
    return fitted(text, most_bytes, link, [&](std::string_view shortened) {
        if (options.format == "text")
            return json::serialize(text_message(head, shortened, link, mention));
        if (options.format == "post")
            return json::serialize(post_message(head, shortened, link, mention));
        return json::serialize(card_message(head, shortened, link, mention, transmission.grade));
    });
}

// Beside msg_type. What was signed is not the message, so it stays as it is on every attempt.
void sign(std::chrono::sys_time<std::chrono::milliseconds> now, const std::string& secret,
          courier::Request& request) {
    const std::int64_t timestamp =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    request.body.insert(1, "\"timestamp\":\"" + std::to_string(timestamp) + "\",\"sign\":\"" +
                               feishu_signature(timestamp, secret) + "\",");
}

const Answers& answers() {
    static const Answers table = [] {
        Answers known;
        known.pointer = "/code";
        known.codes = {
            {"11232", {Meaning::wait, "too many messages for this robot"}},
            {"99991400", {Meaning::wait, "too many messages for this robot"}},
            {"9499", {Meaning::permanent, "the message has the wrong shape or is too long"}},
            {"19001", {Meaning::channel, "the robot's token is not known"}},
            {"19002", {Meaning::permanent, "a parameter is refused"}},
            {"19021", {Meaning::channel, "the signature does not match, or the clock is wrong"}},
            {"19022", {Meaning::channel, "this machine's address is not on the robot's list"}},
            {"19024", {Meaning::channel, "the message has none of the robot's keywords"}},
        };
        return known;
    }();
    return table;
}

Outcome judge_feishu(const courier::Response& response, std::chrono::sys_seconds now) {
    Outcome outcome = judge(answers(), response, now);
    const std::string* reset = response.header("x-ogw-ratelimit-reset");
    if (outcome.kind != Outcome::Kind::retry || reset == nullptr) return outcome;
    int seconds = 0;
    const auto read = std::from_chars(reset->data(), reset->data() + reset->size(), seconds);
    if (read.ec == std::errc{} && seconds >= 0 && seconds <= 86400)
        outcome.retry_after = std::chrono::seconds{seconds};
    return outcome;
}

}  // namespace

Robot feishu() {
    Robot robot;
    robot.formats = {{"card", 10000, most_bytes, true, false},
                     {"post", 10000, most_bytes, true, false},
                     {"text", 10000, most_bytes, true, false}};
    // 100 a minute and 5 a second are allowed: never more than 90 and 5.
    robot.usage.burst = 3;
    robot.usage.every = std::chrono::milliseconds{700};
    robot.usage.merges = true;
    robot.protects = true;
    robot.body = body;
    robot.sign = sign;
    robot.judge = judge_feishu;
    return robot;
}

}  // namespace jinqiao::adapters::notify::robots
