#include "adapters/notify/http/signing.h"

#include <algorithm>
#include <array>

#include "adapters/notify/base64.h"
#include "adapters/notify/courier/url.h"
#include "adapters/notify/mac.h"
#include "adapters/notify/signature.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::http {
namespace {

using engine::ports::Section;
using Scheme = Signing::Scheme;

constexpr std::array<std::pair<std::string_view, Scheme>, 7> schemes{{
    {"none", Scheme::none},
    {"bearer", Scheme::bearer},
    {"basic", Scheme::basic},
    {"hmac_sha256", Scheme::hmac_sha256},
    {"standard_webhooks", Scheme::standard_webhooks},
    {"dingtalk", Scheme::dingtalk},
    {"feishu", Scheme::feishu},
}};

Scheme read_scheme(Section& part) {
    const std::string name = part.text("scheme", "none");
    std::string names;
    for (const auto& [each, scheme] : schemes) {
        if (each == name) return scheme;
        names += (names.empty() ? "" : ", ") + std::string(each);
    }
    part.fault("scheme", "one of " + names, name);
    return Scheme::none;
}

bool read_choice(Section& part, std::string_view key, std::string_view first,
                 std::string_view second) {
    const std::string word = part.text(key, first);
    if (word != first && word != second)
        part.fault(key, std::string(first) + " or " + std::string(second), word);
    return word == second;
}

void read_header(Section& part, std::string_view key, std::string& into) {
    into = part.text(key, into);
    if (!is_header_name(into)) part.fault(key, "the name of a header", into);
}

std::string mac_of(const Signing& signing, const std::string& secret, std::int64_t timestamp,
                   const std::string& body) {
    const std::string content =
        signing.with_timestamp ? std::to_string(timestamp) + "." + body : body;
    const std::string mac = hmac_sha256(secret, content);
    return signing.prefix + (signing.base64 ? notify::base64(mac) : hex(mac));
}

}  // namespace

bool is_header_name(const std::string& text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_';
    });
}

Signing Signing::read(Section& section) {
    Signing signing;
    const auto part = section.section("sign");
    signing.scheme = read_scheme(*part);
    if (signing.scheme == Scheme::basic) signing.user = part->secret("user", true);
    if (one_line(signing.user) != signing.user || signing.user.find(':') != std::string::npos)
        part->fault("user", "one line without a colon", "another form");
    if (signing.scheme != Scheme::hmac_sha256) return signing;
    read_header(*part, "header", signing.header);
    signing.base64 = read_choice(*part, "encoding", "hex", "base64");
    signing.with_timestamp = read_choice(*part, "over", "body", "timestamp.body");
    if (signing.with_timestamp) read_header(*part, "timestamp_header", signing.timestamp_header);
    signing.prefix = part->text("prefix", {});
    if (one_line(signing.prefix) != signing.prefix)
        part->fault("prefix", "one line", "another form");
    return signing;
}

std::string Signing::unusable(const std::string& secret) const {
    if (scheme == Scheme::standard_webhooks && !decode_secret(secret))
        return "whsec_ and base64 of 24 to 64 bytes";
    if (one_line(secret) != secret) return "one line";
    return {};
}

void Signing::apply(const std::string& id, const std::string& secret,
                    std::chrono::sys_time<std::chrono::milliseconds> now,
                    courier::Request& request) const {
    const std::int64_t ms = now.time_since_epoch().count();
    const std::int64_t seconds =
        std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    const auto add = [&](const std::string& name, const std::string& value) {
        request.headers.push_back(name + ": " + value);
    };
    switch (scheme) {
        case Scheme::none:
            break;
        case Scheme::bearer:
            add("Authorization", "Bearer " + secret);
            break;
        case Scheme::basic:
            add("Authorization", "Basic " + notify::base64(user + ":" + secret));
            break;
        case Scheme::hmac_sha256:
            if (with_timestamp) add(timestamp_header, std::to_string(seconds));
            add(header, mac_of(*this, secret, seconds, request.body));
            break;
        case Scheme::standard_webhooks:
            add("webhook-id", id);
            add("webhook-timestamp", std::to_string(seconds));
            add("webhook-signature",
                webhook_signature({decode_secret(secret).value_or("")}, id, seconds, request.body));
            break;
        case Scheme::dingtalk:
            request.url += request.url.find('?') == std::string::npos ? '?' : '&';
            request.url += "timestamp=" + std::to_string(ms) +
                           "&sign=" + courier::percent_encode(dingtalk_signature(ms, secret));
            break;
        case Scheme::feishu:  // the body is an object with something in it: it was checked
            request.body.insert(request.body.find('{') + 1,
                                "\"timestamp\":\"" + std::to_string(seconds) + "\",\"sign\":\"" +
                                    feishu_signature(seconds, secret) + "\",");
            break;
    }
}

}  // namespace jinqiao::adapters::notify::http
