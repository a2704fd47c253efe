// WeCom's group robot (消息推送, formerly 群机器人). The key in the address is all that protects
// it.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/notify/answers.h"
#include "adapters/notify/robots/robot.h"
#include "adapters/notify/tame.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::robots {
namespace {

namespace json = boost::json;
using engine::ports::Transmission;

constexpr std::size_t most_text = 2048, most_markdown = 4096;  // of the content, in bytes

json::array array_of(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

std::string text_body(const RobotOptions& options, const Transmission& transmission) {
    const std::string link = link_of(transmission);
    const std::string head = headline(options, transmission) + "\n";
    const std::string text = fit(transmission.text, options.usage.text_limit, link);
    json::object part;
    part["content"] = fitted(text, most_text, link, [&](std::string_view shortened) {
        return head + plain_text(shortened, link);
    });
    const Mention& mention = options.mentions.of(transmission.grade);
    json::array users = array_of(mention.users);
    if (mention.all) users.emplace_back("@all");
    if (!users.empty()) part["mentioned_list"] = std::move(users);
    if (!mention.mobiles.empty()) part["mentioned_mobile_list"] = array_of(mention.mobiles);
    return json::serialize(json::object{{"msgtype", "text"}, {"text", std::move(part)}});
}

std::string markdown_body(const RobotOptions& options, const Transmission& transmission) {
    const std::string link = link_of(transmission);
    const std::string head = "**" + tame_markdown(headline(options, transmission)) + "**\n";
    const std::string text = fit(transmission.text, options.usage.text_limit, link);
    std::string called;
    for (const std::string& user : options.mentions.of(transmission.grade).users)
        called += (called.empty() ? "\n<@" : " <@") + user + ">";
    const std::string content = fitted(text, most_markdown, link, [&](std::string_view shortened) {
        return head + markdown_text(shortened, link) + called;
    });
    return json::serialize(
        json::object{{"msgtype", "markdown"}, {"markdown", {{"content", content}}}});
}

const Answers& answers() {
    static const Answers table = [] {
        Answers known;
        known.pointer = "/errcode";
        known.codes = {
            {"-1", {Meaning::retry, "the provider is busy"}},
            {"45009", {Meaning::wait, "too many messages for this robot"}},
            {"45033", {Meaning::retry, "too many messages at once"}},
            {"93000", {Meaning::channel, "the key is wrong, or the robot was removed"}},
            {"40058", {Meaning::permanent, "a parameter is refused, for instance too long"}},
            {"40008", {Meaning::permanent, "the kind of message is refused"}},
        };
        return known;
    }();
    return table;
}

}  // namespace

Robot wecom() {
    Robot robot;
    robot.formats = {{"text", 1600, most_text}, {"markdown", 3200, most_markdown, false, false}};
    // 20 a minute are allowed; 3 and one each 4 s are never more than 18.
    robot.usage.burst = 3;
    robot.usage.every = std::chrono::seconds{4};
    robot.usage.merges = true;
    robot.body = [](const RobotOptions& options, const Transmission& transmission) {
        return options.format == "markdown" ? markdown_body(options, transmission)
                                            : text_body(options, transmission);
    };
    robot.judge = [](const courier::Response& response, std::chrono::sys_seconds now) {
        return judge(answers(), response, now);
    };
    return robot;
}

}  // namespace jinqiao::adapters::notify::robots
