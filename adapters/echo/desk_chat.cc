// WeCom, DingTalk and Feishu as they answer: errors too are HTTP 200, with a code in the body.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/echo/desk.h"
#include "adapters/notify/mac.h"
#include "adapters/notify/signature.h"

namespace jinqiao::adapters::echo {
namespace {

namespace json = boost::json;

constexpr std::size_t dingtalk_most = 20'000, feishu_most = 20 * 1024;
constexpr std::int64_t an_hour_s = 3600;
constexpr std::size_t most_tokens = 1000;

std::string unchecked(bool checked) {
    return checked ? "signature checked" : "signature NOT checked";
}

Reply coded(int code, const std::string& words, std::string verdict = {}) {
    Reply reply;
    reply.body = json::serialize(json::object{{"errcode", code}, {"errmsg", words}});
    reply.verdict = verdict.empty() ? std::to_string(code) + " " + words : std::move(verdict);
    return reply;
}

// errcode and refuse of a script.
std::optional<Reply> played(const Fault& fault) {
    if (fault.kind != Fault::Kind::errcode) return std::nullopt;
    return coded(number_or(fault.code, -1, 999'999'999, -1), "as the script says");
}

// What a message of WeCom may hold: text 2048 bytes, markdown 4096.
std::optional<Reply> fault_of_wecom(const json::value& message, std::size_t markdown_most) {
    const std::string type = text_at(message, "msgtype");
    if (type.empty() || at(message, type) == nullptr) return coded(40008, "invalid message type");
    const std::string content = text_at(*at(message, type), "content");
    const std::size_t most = type == "text" ? 2048 : markdown_most;
    if ((type == "text" || type.starts_with("markdown")) && content.empty())
        return coded(44004, "content is empty");
    if (content.size() > most)
        return coded(40058, type + ".content exceed max length " + std::to_string(most));
    return std::nullopt;
}

std::string about(const json::value& message) {
    const std::string type = text_at(message, "msgtype");
    const auto* part = at(message, type);
    const std::size_t bytes =
        part == nullptr ? 0 : text_at(*part, "content").size() + text_at(*part, "text").size();
    return type + (bytes == 0 ? "" : " of " + std::to_string(bytes) + " bytes");
}

}  // namespace

Reply Desk::wecom(const Asked& asked, const Fault& fault) const {
    if (auto reply = played(fault)) return *reply;
    if (asked.method != "POST") return coded(43002, "require POST method");
    if (asked.parameter("key").empty()) return coded(93000, "invalid webhook url");
    const auto message = read_json(asked.body);
    if (message.is_null()) return coded(47001, "data format error");
    if (auto reply = fault_of_wecom(message, 4096)) return *reply;
    return coded(0, "ok", "ok, " + about(message));
}

Reply Desk::wecom_token(const Asked& asked, const Fault& fault) {
    if (auto reply = played(fault)) return *reply;
    if (asked.parameter("corpid").empty()) return coded(41002, "corpid missing");
    const auto* known = secrets("wecom_app");
    const std::string secret = asked.parameter("corpsecret");
    if (secret.empty()) return coded(41004, "corpsecret missing");
    const bool right =
        known == nullptr || std::any_of(known->begin(), known->end(), [&](const auto& one) {
            return notify::equal_secrets(one, secret);
        });
    if (!right) return coded(40001, "invalid credential");
    if (tokens_.size() >= most_tokens) tokens_.clear();
    std::erase_if(tokens_, [&](const auto& entry) {
        return entry.second + std::chrono::hours{4} < settings_.now();
    });
    const std::string token =
        "echo-" + notify::hex(notify::sha256(secret + std::to_string(count_))).substr(0, 32);
    tokens_[token] = settings_.now() + settings_.token_life;
    Reply reply;
    reply.body = json::serialize(json::object{{"errcode", 0},
                                              {"errmsg", "ok"},
                                              {"access_token", token},
                                              {"expires_in", settings_.token_life.count()}});
    reply.verdict = known != nullptr ? "ok, secret checked" : "ok, secret NOT checked";
    return reply;
}

Reply Desk::wecom_app(const Asked& asked, const Fault& fault) {
    if (auto reply = played(fault)) return *reply;
    if (asked.method != "POST") return coded(43002, "require POST method");
    const auto token = tokens_.find(asked.parameter("access_token"));
    if (token == tokens_.end()) return coded(40014, "invalid access_token");
    if (token->second <= settings_.now()) return coded(42001, "access_token expired");
    const auto message = read_json(asked.body);
    if (message.is_null()) return coded(47001, "data format error");
    const auto* agent = at(message, "agentid");
    if (agent == nullptr || !agent->is_number()) return coded(41011, "missing agentid");
    if (auto reply = fault_of_wecom(message, 2048)) return *reply;
    std::string invalid;
    std::size_t good = 0;
    for (const std::string& user : split(text_at(message, "touser"), '|'))
        if (fault.kind == Fault::Kind::refuse && user.ends_with(fault.who))
            invalid += (invalid.empty() ? "" : "|") + lower(user);
        else
            ++good;
    if (text_at(message, "toparty").empty() && text_at(message, "totag").empty() && good == 0)
        return coded(81013, "user & department & tag all invalid");
    Reply reply;
    reply.body = json::serialize(json::object{{"errcode", 0},
                                              {"errmsg", "ok"},
                                              {"invaliduser", invalid},
                                              {"msgid", "echo-" + std::to_string(count_)}});
    reply.verdict = "ok, " + about(message) + ", " + std::to_string(good) + " users" +
                    (invalid.empty() ? "" : ", others invalid");
    return reply;
}

Reply Desk::dingtalk(const Asked& asked, const Fault& fault) const {
    if (auto reply = played(fault)) return *reply;
    if (asked.method != "POST") return coded(43002, "require POST method");
    if (!lower(asked.header("content-type")).starts_with("application/json"))
        return coded(43004, "invalid Content-Type");
    if (asked.parameter("access_token").empty()) return coded(300005, "token is not exist");
    const auto* known = secrets("dingtalk");
    if (known != nullptr) {
        const std::string timestamp = asked.parameter("timestamp");
        const std::int64_t at_ms = is_whole_number(timestamp) ? std::stoll(timestamp) : 0;
        if (std::abs(at_ms / 1000 - now_s()) > an_hour_s)
            return coded(310000, "description:invalid timestamp");
        const bool right = std::any_of(known->begin(), known->end(), [&](const auto& secret) {
            // Decoded in the query, encoded as the sender makes it.
            return notify::equal_secrets(
                percent_decoded(notify::dingtalk_signature(at_ms, secret), false),
                asked.parameter("sign"));
        });
        if (!right) return coded(310000, "description:sign not match");
    }
    if (asked.body.size() > dingtalk_most)
        return coded(460101, "message too long, exceed 20000 bytes");
    const auto message = read_json(asked.body);
    const std::string type = text_at(message, "msgtype");
    if (type.empty() || at(message, type) == nullptr) return coded(40035, "missing parameter");
    return coded(0, "ok", "ok, " + about(message) + ", " + unchecked(known != nullptr));
}

Reply Desk::feishu(const Asked& asked, const Fault& fault) const {
    const auto answer = [](int code, const std::string& words, std::string verdict = {}) {
        Reply reply;
        reply.body =
            json::serialize(json::object{{"code", code}, {"msg", words}, {"data", json::object{}}});
        reply.verdict = verdict.empty() ? std::to_string(code) + " " + words : std::move(verdict);
        return reply;
    };
    if (fault.kind == Fault::Kind::errcode)
        return answer(number_or(fault.code, 0, 999'999'999, 9499), "as the script says");
    const auto message = read_json(asked.body);
    if (asked.method != "POST" || asked.body.size() > feishu_most || !message.is_object())
        return answer(9499, "Bad Request");
    const auto* known = secrets("feishu");
    if (known != nullptr) {
        const std::string timestamp = text_at(message, "timestamp");
        const std::int64_t at_s = is_whole_number(timestamp) ? std::stoll(timestamp) : 0;
        const bool right = std::any_of(known->begin(), known->end(), [&](const auto& secret) {
            return notify::equal_secrets(notify::feishu_signature(at_s, secret),
                                         text_at(message, "sign"));
        });
        if (!right || std::abs(at_s - now_s()) > an_hour_s)
            return answer(19021,
                          "sign match fail or timestamp is not within one hour from current time");
    }
    const std::string type = text_at(message, "msg_type");
    if (type.empty() || at(message, type == "interactive" ? "card" : "content") == nullptr)
        return answer(19002, "param invalid: incoming webhook msg_type");
    return answer(0, "success",
                  "ok, " + shown(type) + " of " + std::to_string(asked.body.size()) + " bytes, " +
                      unchecked(known != nullptr));
}

Reply Desk::webhook(const Asked& asked, const Fault& fault) const {
    const auto answer = [](int status, const std::string& verdict) {
        return Reply{status, json::serialize(json::object{{"ok", status < 300}}), verdict};
    };
    if (fault.kind == Fault::Kind::errcode)
        return answer(number_or(fault.code, 200, 599, 400), "as the script says");
    const std::string id = asked.header("webhook-id");
    const std::string timestamp = asked.header("webhook-timestamp");
    if (id.empty() || id.find('.') != std::string::npos || !is_whole_number(timestamp))
        return answer(400, "no webhook-id or webhook-timestamp");
    const std::int64_t at_s = std::stoll(timestamp);
    if (std::abs(at_s - now_s()) > 300) return answer(400, "timestamp is off");
    const auto* known = secrets("webhook");
    if (known != nullptr) {
        const auto given = split(asked.header("webhook-signature"), ' ');
        bool right = false;
        for (const std::string& secret : *known)
            if (const auto key = notify::decode_secret(secret))
                for (const std::string& one : given)
                    right =
                        right || notify::equal_secrets(
                                     notify::webhook_signature({*key}, id, at_s, asked.body), one);
        if (!right) return answer(401, "signature does not match");
    }
    return answer(
        200, "ok, " + std::to_string(asked.body.size()) + " bytes, " + unchecked(known != nullptr));
}

}  // namespace jinqiao::adapters::echo
