#include "adapters/notify/smtp/reply.h"

#include <algorithm>

namespace jinqiao::adapters::notify::smtp {
namespace {

using courier::MailReport;
using engine::ports::Outcome;
using Step = MailReport::Step;

constexpr std::size_t longest_id = 80;

bool is_numeral(char c) { return c >= '0' && c <= '9'; }

// What the server did not like, if it was us.
std::string_view fault_of_ours(const MailReport& report) {
    // RFC 4954: without TLS, without login, with the wrong one.
    if (report.reply == 530 || report.reply == 534 || report.reply == 535 || report.reply == 538)
        return "login";
    switch (report.step) {
        case Step::connect:
        case Step::hello:
            return "greeting";
        case Step::starttls:
            return "starttls";
        case Step::login:
            return "login";
        case Step::sender:
            return "sender";
        default:
            return {};
    }
}

std::string_view advice(std::string_view fault) {
    if (fault == "login") return "the server wants another login: see user and password";
    if (fault == "sender") return "the server takes no mail from this sender: see from";
    return "the server does not talk to us";
}

std::string code_of(const MailReport& report) {
    const std::string enhanced = enhanced_code(report.reply, report.text);
    return std::to_string(report.reply) + (enhanced.empty() ? "" : " " + enhanced);
}

Outcome refused(const MailReport& report) {
    Outcome outcome;
    outcome.code = code_of(report);
    const auto fault = fault_of_ours(report);
    if (report.reply < 500) {
        outcome.kind = Outcome::Kind::retry;
    } else if (!fault.empty()) {
        outcome.kind = Outcome::Kind::retry;
        outcome.code = std::string(fault) + " " + outcome.code;
        outcome.detail = advice(fault);
        outcome.concerns_lane = true;
    } else {
        outcome.kind = Outcome::Kind::rejected;
        outcome.detail = report.step == Step::recipient ? "the server refused the address"
                                                        : "the server refused the message";
    }
    return outcome;
}

Outcome without_answer(const MailReport& report) {
    Outcome outcome;
    outcome.code = report.failure;
    if (report.sent) {
        outcome.kind = Outcome::Kind::unknown;
        outcome.detail = "the message was sent, no answer came";
    } else {
        outcome.kind = Outcome::Kind::retry;
        outcome.detail = report.failure == "refused_address"
                             ? "the server's address is not one allow_private and tls permit"
                             : "the message was not sent";
    }
    return outcome;
}

// The word after a mark, up to a blank or a bracket; a full stop at its end is the sentence's.
std::string_view word_after(std::string_view text, std::string_view mark) {
    const auto at = text.find(mark);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + mark.size());
    text = text.substr(0, text.find_first_of(" ;()<>[]\""));
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::string_view word_before(std::string_view text, std::string_view mark) {
    const auto at = text.find(mark);
    if (at == std::string_view::npos) return {};
    text = text.substr(0, at);
    return text.substr(text.rfind(' ') + 1);
}

bool is_plain_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_id &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_numeral(c) ||
                      std::string_view("-_.,+=").find(c) != std::string_view::npos;
           });
}

}  // namespace

std::string enhanced_code(int reply, std::string_view text) {
    std::size_t end = 0;
    int dots = 0;
    int digits = 0;
    for (; end < text.size() && (is_numeral(text[end]) || text[end] == '.'); ++end) {
        if (text[end] == '.') {
            if (digits == 0) return {};
            ++dots;
            digits = 0;
        } else if (++digits > 3) {
            return {};
        }
    }
    const bool whole = end == text.size() || text[end] == ' ';
    if (!whole || dots != 2 || digits == 0 || text[0] != '0' + reply / 100 || text[1] != '.')
        return {};
    return std::string(text.substr(0, end));
}

std::string queue_id(std::string_view text) {
    for (const auto id : {word_after(text, "ueued as "), word_after(text, " id="),
                          word_before(text, " Message accepted for delivery")})
        if (is_plain_id(id)) return std::string(id);
    return {};
}

Outcome judge(const MailReport& report) {
    if (report.reply >= 400) return refused(report);
    if (!report.taken()) return without_answer(report);
    Outcome outcome;
    outcome.kind = Outcome::Kind::delivered;
    outcome.code = code_of(report);
    outcome.provider_id = queue_id(report.text);
    return outcome;
}

}  // namespace jinqiao::adapters::notify::smtp
