#include "adapters/echo/desk.h"

#include <array>
#include <utility>

namespace jinqiao::adapters::echo {
namespace {

constexpr std::array<std::string_view, 9> providers{"wecom",    "wecom_token", "wecom_app",
                                                    "dingtalk", "feishu",      "aliyun",
                                                    "tencent",  "webhook",     "http"};
constexpr std::size_t most_nonces = 10'000;

std::string by_shape(const Asked& asked) {
    const auto says = [&](std::string_view path) { return asked.path == path; };
    if (says("/cgi-bin/webhook/send")) return "wecom";
    if (says("/cgi-bin/gettoken")) return "wecom_token";
    if (says("/cgi-bin/message/send")) return "wecom_app";
    if (says("/robot/send")) return "dingtalk";
    if (asked.path.starts_with("/open-apis/bot/v2/hook/")) return "feishu";
    if (!asked.header("x-tc-action").empty()) return "tencent";
    if (!asked.header("x-acs-action").empty() || !asked.parameter("SignatureMethod").empty() ||
        asked.body.find("SignatureMethod=") != std::string::npos)
        return "aliyun";
    return asked.header("webhook-id").empty() ? "http" : "webhook";
}

}  // namespace

Desk::Desk(Settings settings) : settings_(std::move(settings)) {
    if (!settings_.now)
        settings_.now = [] {
            return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        };
}

std::string Desk::provider_of(Asked& asked) {
    const auto end = asked.path.find('/', 1);
    const auto first = asked.path.substr(0, end);
    for (const auto provider : providers)
        if (first == "/" + std::string(provider)) {
            asked.path = end == std::string::npos ? "/" : asked.path.substr(end);
            // The name of the robot's path stands for the whole of WeCom.
            const auto shape = by_shape(asked);
            return shape.starts_with(provider) ? shape : std::string(provider);
        }
    return by_shape(asked);
}

Reply Desk::answer(const std::string& provider, const Asked& asked, const Fault& fault) {
    std::lock_guard lock(mutex_);
    ++count_;
    if (provider == "wecom") return wecom(asked, fault);
    if (provider == "wecom_token") return wecom_token(asked, fault);
    if (provider == "wecom_app") return wecom_app(asked, fault);
    if (provider == "dingtalk") return dingtalk(asked, fault);
    if (provider == "feishu") return feishu(asked, fault);
    if (provider == "aliyun") return aliyun(asked, fault);
    if (provider == "tencent") return tencent(asked, fault);
    if (provider == "webhook") return webhook(asked, fault);
    return {200, R"({"ok":true})",
            "ok, " + asked.method + " of " + std::to_string(asked.body.size()) + " bytes"};
}

const std::vector<std::string>* Desk::secrets(const std::string& provider) const {
    const auto found = settings_.secrets.find(provider);
    return found == settings_.secrets.end() || found->second.empty() ? nullptr : &found->second;
}

bool Desk::seen_before(const std::string& nonce) {
    const auto now = settings_.now();
    if (nonces_.size() >= most_nonces)
        std::erase_if(nonces_, [&](const auto& entry) {
            return entry.second < now - std::chrono::minutes{15};
        });
    if (nonces_.size() >= most_nonces) nonces_.clear();
    return !nonces_.emplace(nonce, now).second;
}

}  // namespace jinqiao::adapters::echo
