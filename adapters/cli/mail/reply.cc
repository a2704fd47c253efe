#include "adapters/cli/mail/reply.h"

#include <algorithm>
#include <array>

namespace jinqiao::adapters::cli::mail {
namespace {

constexpr std::size_t longest_note = 3000;  // bytes; a note is no report
constexpr std::size_t shortest_token = 30;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\n";
    constexpr std::string_view wide = "\xE3\x80\x80";  // the ideographic space
    for (;;) {
        if (!text.empty() && space.find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        else if (!text.empty() && space.find(text.back()) != std::string_view::npos)
            text.remove_suffix(1);
        else if (text.starts_with(wide))
            text.remove_prefix(wide.size());
        else if (text.ends_with(wide))
            text.remove_suffix(wide.size());
        else
            return text;
    }
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view start) { return text.starts_with(start); });
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(),
                       [&](std::string_view end) { return text.ends_with(end); });
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
    });
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// "------------------ 原始邮件 ------------------", "-----Original Message-----", "________".
bool is_divider(std::string_view line) {
    const auto rule = [&](char c) {
        return line.size() >= 10 && line.find_first_not_of(c) == std::string_view::npos;
    };
    if (rule('_') || rule('=')) return true;
    return line.starts_with("--") &&
           holds_any(lower(line),
                     {"原始邮件", "原邮件", "原始信件", "回复的原", "转发邮件", "回复邮件",
                      "original message", "forwarded message", "original email"});
}

// The head that Outlook and others put above what they quote.
bool is_quoted_head(const std::vector<std::string_view>& lines, std::size_t at) {
    const auto name = [](std::string_view line) {
        std::string out = lower(trimmed(line));
        std::erase(out, '*');
        std::erase(out, ' ');
        return out;
    };
    if (!starts_with_any(name(lines[at]), {"from:", "发件人:", "发件人：", "寄件者:", "寄件者："}))
        return false;
    for (std::size_t i = at + 1; i < lines.size() && i <= at + 5; ++i)
        if (starts_with_any(name(lines[i]),
                            {"sent:", "date:", "to:", "发送时间", "时间:", "时间：",
                             "日期:", "日期：", "发送日期", "收件人", "寄件日期", "收件者"}))
            return true;
    return false;
}

// "On Tue, 3 Mar 2026 at 10:00, Duty desk wrote:", "在 2026-03-03 10:00:00，"值班台" 写道：", which
// programs break over as many as three lines.
bool opens_quotation(const std::vector<std::string_view>& lines, std::size_t at) {
    const auto first = lower(trimmed(lines[at]));
    const bool whole = ends_with_any(first, {"wrote:", "写道:", "写道：", "寫道:", "寫道："});
    if (whole) return true;
    const bool may = starts_with_any(first, {"on ", "at 20", "在 20", "在20", "20"}) ||
                     holds_any(first, {"于20", "于 20"});
    for (std::size_t i = at + 1; may && i < lines.size() && i <= at + 2; ++i)
        if (ends_with_any(lower(trimmed(lines[i])),
                          {"wrote:", "写道:", "写道：", "寫道:", "寫道："}))
            return true;
    return false;
}

bool is_signature(std::string_view raw, std::string_view line) {
    if (raw == "-- " || line == "--" || line == "—") return true;
    return starts_with_any(
        lower(line),
        {"发自我的", "从我的", "来自我的", "发送自我的", "发自 ", "sent from my ",
         "get outlook for ", "获取 outlook for ", "获取outlook for", "从 outlook for ",
         "从 windows 版邮件发送", "从qq邮箱发来", "发自网易邮箱", "发自qq邮箱", "发自foxmail"});
}

std::string bare(std::string_view text) {
    static constexpr std::array<std::string_view, 22> marks{
        "。",       "，", "！", "？",           "、",           "；", "：", "…",
        "～",       "“",  "”",  "（",           "）",           "【", "】", "\xE3\x80\x80",
        "\xC2\xA0", "👌",  "👍",  "\xEF\xBB\xBF", "\xE2\x80\x8B", "·"};
    std::string out;
    while (!text.empty()) {
        const auto mark = std::find_if(marks.begin(), marks.end(),
                                       [&](std::string_view one) { return text.starts_with(one); });
        if (mark != marks.end()) {
            text.remove_prefix(mark->size());
            continue;
        }
        const char c = text.front();
        const bool counts = (static_cast<unsigned char>(c) & 0x80U) != 0 ||
                            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                            (c >= 'A' && c <= 'Z');
        if (counts) out += c;
        text.remove_prefix(1);
    }
    return lower(out);
}

// Never within a character.
std::string shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
    return std::string(text.substr(0, most)) + "…";
}

std::string token_in(std::string_view addresses) {
    for (auto plus = addresses.find('+'); plus != std::string_view::npos;
         plus = addresses.find('+', plus + 1)) {
        const auto end = addresses.find_first_not_of(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", plus + 1);
        const auto size = std::min(end, addresses.size()) - plus - 1;
        if (end != std::string_view::npos && addresses[end] == '@' && size >= shortest_token)
            return lower(addresses.substr(plus + 1, size));
    }
    return {};
}

}  // namespace

Words words_of(std::string_view list) {
    Words out;
    while (!list.empty()) {
        const auto end = std::min(list.find_first_of(" \n"), list.size());
        if (auto word = bare(list.substr(0, end)); !word.empty()) out.insert(std::move(word));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return out;
}

// The envelope before what the sender wrote: in a copy of a copy To may be anybody.
std::string token_of(const Message& message) {
    for (const auto* name : {"delivered-to", "x-original-to", "envelope-to", "to", "cc"})
        for (const auto& value : message.all(name))
            if (auto token = token_in(value); !token.empty()) return token;
    return {};
}

bool is_automatic(const Message& message) {
    const auto word = [&](std::string_view name) {
        const auto value = message.field(name).value_or("");
        return lower(trimmed(std::string_view(value).substr(0, value.find(';'))));
    };
    if (const auto automatic = word("auto-submitted"); !automatic.empty() && automatic != "no")
        return true;
    const auto precedence = word("precedence");
    if (precedence == "bulk" || precedence == "list" || precedence == "junk" ||
        precedence == "auto_reply")
        return true;
    for (const auto* name : {"x-auto-response-suppress", "x-autoreply", "x-autorespond",
                             "x-auto-reply", "x-autoreply-from", "list-id", "list-unsubscribe"})
        if (message.field(name)) return true;
    if (const auto path = message.field("return-path"))
        if (const auto bare_path = trimmed(*path); bare_path == "<>" || bare_path.empty())
            return true;
    const auto from = lower(message.field("from").value_or(""));
    if (holds_any(from, {"mailer-daemon@", "postmaster@"})) return true;
    if (message.type == "multipart/report" || message.type.starts_with("message/")) return true;
    const auto subject = lower(decoded_words(message.field("subject").value_or("")));
    return starts_with_any(
        trimmed(subject),
        {"自动回复", "自动答复", "automatic reply", "auto reply", "auto-reply", "autoreply",
         "out of office", "out of the office", "外出自动", "休假自动", "undelivered mail",
         "delivery status notification", "undeliverable", "退信", "系统退信"});
}

std::string own_words(std::string_view text) {
    const auto lines = lines_of(text);
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto line = trimmed(lines[i]);
        if (is_divider(line) || is_signature(lines[i], line) || is_quoted_head(lines, i) ||
            opens_quotation(lines, i))
            break;
        if (line.starts_with('>')) continue;
        if (line.empty() && (out.empty() || out.ends_with("\n\n"))) continue;
        out.append(line).append("\n");
    }
    return std::string(trimmed(out));
}

Reply read_reply(const Message& message, const Words& words) {
    Reply reply;
    reply.token = token_of(message);
    if (is_automatic(message)) {
        reply.kind = Reply::Kind::automatic;
        return reply;
    }
    if (reply.token.empty()) return reply;
    if (!message.readable) {
        reply.kind = Reply::Kind::unreadable;
        return reply;
    }
    const auto own = own_words(message.text);
    const auto first = bare(own.substr(0, own.find('\n')));
    // What follows a word that signs is how its sender signs every mail.
    const bool signs = own.empty() || words.contains(first);
    reply.kind = signs ? Reply::Kind::sign : Reply::Kind::note;
    if (!signs) reply.note = shortened(own, longest_note);
    return reply;
}

}  // namespace jinqiao::adapters::cli::mail
