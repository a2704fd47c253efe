#include "adapters/notify/wecom_app/options.h"

#include <algorithm>

#include "adapters/notify/text.h"
#include "adapters/notify/wecom_app/message.h"

namespace jinqiao::adapters::notify::wecom_app {
namespace {

using engine::ports::Section;

constexpr std::size_t most_members = 1000;

bool is_id(const std::string& text) {
    return !text.empty() && text.size() <= 64 && text[0] != '@' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '_' || c == '-' || c == '.' || c == '@';
           });
}

}  // namespace

engine::ports::Usage Options::usual() {
    engine::ports::Usage usage;
    usage.burst = 10;
    usage.every = std::chrono::milliseconds{200};
    usage.recognises_repeats = true;
    usage.merges = true;
    usage.text_limit = 1600;
    return usage;
}

Options Options::read(Section& section) {
    Options options;
    options.reaching = Reaching::read(section);
    options.corp_id = section.required_text("corp_id");
    if (!options.corp_id.empty() && !is_id(options.corp_id))
        section.fault("corp_id", "the company's id", options.corp_id);
    options.secret = section.secret("secret", true);
    if (one_line(options.secret) != options.secret)
        section.fault("secret", "one line", "another form");
    options.agent_id = section.integer("agent_id", 0, 2'000'000'000, -1);
    if (!section.has("agent_id")) section.fault("agent_id", "the number of the app", "nothing");
    const std::string format = section.text("format", "text");
    if (format != "text" && format != "markdown")
        section.fault("format", "text or markdown", format);
    options.markdown = format == "markdown";
    options.base_url = section.text("base_url", options.base_url);
    options.reaching.check_url(section, "base_url", options.base_url);
    while (options.base_url.ends_with('/')) options.base_url.pop_back();
    options.usage = usual();
    read_usage(section, options.usage, most_bytes);
    return options;
}

std::string Options::unusable(const std::string& address) {
    const auto members = members_of(address);
    const bool good = !members.empty() && members.size() <= most_members &&
                      std::all_of(members.begin(), members.end(), is_id);
    return good ? std::string() : "ids of members such as zhangsan or zhangsan|lisi";
}

std::vector<std::string> members_of(const std::string& address) {
    std::vector<std::string> members;
    for (std::size_t at = 0; at <= address.size() && !address.empty();) {
        const std::size_t end = std::min(address.find('|', at), address.size());
        const std::string member = address.substr(at, end - at);
        if (std::find(members.begin(), members.end(), member) == members.end())
            members.push_back(member);
        at = end + 1;
    }
    return members;
}

std::string joined(const std::vector<std::string>& members) {
    std::string text;
    for (const std::string& member : members) text += (text.empty() ? "" : "|") + member;
    return text;
}

}  // namespace jinqiao::adapters::notify::wecom_app
