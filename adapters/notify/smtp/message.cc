#include "adapters/notify/smtp/message.h"

#include <algorithm>
#include <string_view>

#include "adapters/notify/base64.h"
#include "adapters/notify/smtp/header.h"
#include "adapters/notify/smtp/mailbox.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::smtp {
namespace {

using engine::ports::Transmission;

std::string text_of(const Transmission& transmission, std::string_view key) {
    const auto* value = transmission.body.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool is_exercise(const Transmission& transmission) {
    const auto* value = transmission.body.if_contains("exercise");
    return value != nullptr && value->is_bool() && value->as_bool();
}

// The text as a person reads it. Templates put the link where it belongs; one that does not must
// not leave its reader unable to sign.
std::string wording(const Transmission& transmission) {
    std::string text = transmission.text;
    const std::string link = text_of(transmission, "sign_url");
    if (!link.empty() && text.find(link) == std::string::npos) text += "\n\n" + link;
    return text;
}

// The part before the @ has 64 octets (RFC 5321, 4.5.3.1.1).
std::string answers_to(const Transmission& transmission, const Letterhead& head) {
    constexpr std::size_t longest_name = 64;
    const std::string link = text_of(transmission, "sign_url");
    const auto slash = link.rfind('/');
    if (head.reply_to_tokens.empty() || !head.reply_token || slash == std::string::npos)
        return head.reply_to;
    const auto token = head.reply_token(std::string_view(link).substr(slash + 1));
    const auto at = head.reply_to_tokens.find('@');
    const auto name = head.reply_to_tokens.substr(0, at) + "+" + token;
    if (token.empty() || name.size() > longest_name) return head.reply_to;
    return name + head.reply_to_tokens.substr(at);
}

std::string base64_lines(std::string_view bytes) {
    constexpr std::size_t per_line = 57;  // 76 characters
    std::string result;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(per_line, bytes.size())))
        result += base64(bytes.substr(0, per_line)) + "\r\n";
    return result;
}

}  // namespace

std::string message(const Transmission& transmission, const Letterhead& head) {
    const auto domain = domain_of(head.from);
    std::string out = date_header(transmission.at);
    out += address_header("From", head.from_name, head.from);
    out += address_header("To", {}, transmission.address);
    if (const auto to = answers_to(transmission, head); !to.empty())
        out += address_header("Reply-To", {}, to);
    out += text_header("Subject", transmission.subject);
    out += "Message-ID: " + message_id(transmission.id, domain) + "\r\n";
    // What is about the directory of people has no number and is no conversation.
    if (!text_of(transmission, "number").empty()) {
        const std::string thread = message_id("case-" + text_of(transmission, "case"), domain);
        out += "In-Reply-To: " + thread + "\r\n";
        out += "References: " + thread + "\r\n";
    }
    out += "Auto-Submitted: auto-generated\r\n";
    if (is_exercise(transmission)) out += "X-Jinqiao-Exercise: yes\r\n";
    out +=
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n";
    return out + base64_lines(crlf_lines(wording(transmission)));
}

}  // namespace jinqiao::adapters::notify::smtp
