#include "adapters/cli/channel/secrets_of.h"

namespace jinqiao::adapters::cli::channel {
namespace {

using engine::ports::Section;
using Secrets = std::vector<std::string>;

void take(Section& section, std::string_view key, Secrets& into) {
    if (!section.has(key)) return;
    if (auto secret = section.secret(key, false); !secret.empty())
        into.push_back(std::move(secret));
}

// Those of one channel, and of the endpoints it may have.
void collect(const std::string& kind, Section& section, std::map<std::string, Secrets>& secrets) {
    if (kind == "sms") {
        take(section, "access_key_secret", secrets[section.text("provider")]);
        return;
    }
    for (const auto* key : {"secret", "previous_secret", "corp_secret"})
        take(section, key, secrets[kind]);
    if (!section.has("endpoints")) return;
    const auto endpoints = section.section("endpoints");
    for (const std::string& name : endpoints->keys()) {
        const auto endpoint = endpoints->section(name);
        for (const auto* key : {"secret", "previous_secret", "corp_secret"})
            take(*endpoint, key, secrets[kind]);
    }
}

}  // namespace

std::map<std::string, Secrets> secrets_of(const std::vector<config::ChannelConfig>& channels) {
    std::map<std::string, Secrets> secrets;
    for (const auto& channel : channels) {
        config::Faults unheard;  // `check` is who tells them
        const auto section = config::open(channel, unheard);
        for (const auto* kind : {"sms", "webhook", "dingtalk", "feishu", "wecom_app"})
            if (channel.kind == kind) collect(kind, *section, secrets);
    }
    std::erase_if(secrets, [](const auto& entry) { return entry.second.empty(); });
    return secrets;
}

}  // namespace jinqiao::adapters::cli::channel
