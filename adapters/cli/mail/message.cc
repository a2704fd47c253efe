#include "adapters/cli/mail/message.h"

#include <algorithm>

#include "adapters/cli/mail/charset.h"

namespace jinqiao::adapters::cli::mail {
namespace {

constexpr std::size_t most_fields = 500;
constexpr int most_depth = 8;
constexpr int most_parts = 64;
constexpr std::size_t most_text = std::size_t{256} << 10;  // bytes of a part that are looked at

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// The next line, without its end (CRLF, or LF as programs hand it on).
std::string_view take_line(std::string_view& rest) {
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

// Takes the head off.
Fields take_fields(std::string_view& rest) {
    Fields fields;
    while (!rest.empty()) {
        const auto line = take_line(rest);
        if (line.empty()) break;
        if ((line.front() == ' ' || line.front() == '\t') && !fields.empty()) {
            fields.back().second.append(" ").append(trimmed(line));
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || fields.size() >= most_fields) continue;
        fields.emplace_back(lower(trimmed(line.substr(0, colon))),
                            std::string(trimmed(line.substr(colon + 1))));
    }
    return fields;
}

std::string value_of(const Fields& fields, std::string_view name) {
    for (const auto& [key, value] : fields)
        if (key == name) return value;
    return {};
}

// `text/plain; charset="gbk"`: what stands before the first semicolon, in lower case.
std::string main_of(std::string_view field) {
    return lower(trimmed(field.substr(0, field.find(';'))));
}

std::string parameter_of(std::string_view field, std::string_view wanted) {
    auto at = field.find(';');
    while (at != std::string_view::npos) {
        field.remove_prefix(at + 1);
        const auto equals = field.find('=');
        if (equals == std::string_view::npos) return {};
        const auto name = lower(trimmed(field.substr(0, equals)));
        field.remove_prefix(equals + 1);
        field = trimmed(field);
        std::string value;
        if (field.starts_with('"')) {
            std::size_t i = 1;
            for (; i < field.size() && field[i] != '"'; ++i) {
                if (field[i] == '\\' && i + 1 < field.size()) ++i;
                value += field[i];
            }
            at = field.find(';', std::min(i, field.size()));
        } else {
            at = field.find(';');
            value = trimmed(field.substr(0, at));
        }
        if (name == wanted) return value;
    }
    return {};
}

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::string unix_lines(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool end = text[i] == '\r';
        if (end && i + 1 < text.size() && text[i + 1] == '\n') continue;
        const char c = end ? '\n' : text[i];
        if (c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= ' ') out += c;
    }
    return out;
}

// The words of one part that is no multipart.
std::optional<std::string> words_of(const Fields& fields, std::string_view body) {
    const auto field = value_of(fields, "content-type");
    const auto type = field.empty() ? std::string("text/plain") : main_of(field);
    if (type != "text/plain" && type != "text/html") return {};
    if (main_of(value_of(fields, "content-disposition")) == "attachment") return {};
    const auto encoding = main_of(value_of(fields, "content-transfer-encoding"));
    body = body.substr(0, most_text);
    const auto bytes = encoding == "base64"             ? decoded_base64(body)
                       : encoding == "quoted-printable" ? decoded_quoted_printable(body)
                                                        : std::string(body);
    auto text = unix_lines(to_utf8(bytes, parameter_of(field, "charset")));
    return type == "text/html" ? plain_of_html(text) : text;
}

class Search {
  public:
    // The words of what begins here: of alternatives the plain ones, else of the first part that
    // has any.
    std::optional<std::string> find(const Fields& fields, std::string_view body, int depth) {
        const auto field = value_of(fields, "content-type");
        const auto type = main_of(field);
        if (!type.starts_with("multipart/")) return words_of(fields, body);
        const auto boundary = parameter_of(field, "boundary");
        if (boundary.empty() || depth >= most_depth) return {};
        std::optional<std::string> found;
        bool is_plain = false;
        each(body, boundary, [&](std::string_view part) {
            if (--left_ < 0) return false;
            auto rest = part;
            const auto head = take_fields(rest);
            auto words = find(head, rest, depth + 1);
            if (!words) return true;
            const bool plain = main_of(value_of(head, "content-type")) != "text/html";
            if (!found || (type == "multipart/alternative" && plain && !is_plain)) {
                found = std::move(words);
                is_plain = plain;
            }
            return type == "multipart/alternative";
        });
        return found;
    }

  private:
    // Until the visitor answers false, or the closing boundary, or the end.
    template <class Visit>
    static void each(std::string_view body, const std::string& boundary, Visit visit) {
        const auto opening = "--" + boundary;
        std::string_view rest = body;
        const char* begun = nullptr;
        while (!rest.empty()) {
            const char* here = rest.data();
            auto line = take_line(rest);
            if (!line.starts_with(opening)) continue;
            const auto after = trimmed(line.substr(opening.size()));
            if (!after.empty() && after != "--") continue;
            if (begun != nullptr &&
                !visit(std::string_view(begun, static_cast<std::size_t>(here - begun))))
                return;
            begun = rest.data();
            if (after == "--") return;
        }
        if (begun != nullptr)
            visit(std::string_view(begun,
                                   static_cast<std::size_t>(body.data() + body.size() - begun)));
    }

    int left_ = most_parts;
};

}  // namespace

std::optional<std::string> Message::field(std::string_view name) const {
    for (const auto& [key, value] : fields)
        if (key == name) return value;
    return {};
}

std::vector<std::string> Message::all(std::string_view name) const {
    std::vector<std::string> out;
    for (const auto& [key, value] : fields)
        if (key == name) out.push_back(value);
    return out;
}

Message read_message(std::string_view bytes) {
    // Mailboxes put an envelope line before each message.
    if (bytes.starts_with("From ")) take_line(bytes);
    Message message;
    message.fields = take_fields(bytes);
    message.type = main_of(value_of(message.fields, "content-type"));
    auto words = Search().find(message.fields, bytes, 0);
    message.readable =
        words.has_value() || bytes.find_first_not_of(" \t\r\n") == std::string_view::npos;
    message.text = std::move(words).value_or("");
    return message;
}

std::string decoded_base64(std::string_view text) {
    static constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned int bits = 0;
    int held = 0;
    for (const char c : text) {
        const auto value = digits.find(c);
        if (c == '=') break;
        if (value == std::string_view::npos) continue;  // line ends, and what gateways put in
        bits = (bits << 6U) | static_cast<unsigned int>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out += static_cast<char>((bits >> static_cast<unsigned int>(held)) & 255U);
        bits &= (1U << static_cast<unsigned int>(held)) - 1U;
    }
    return out;
}

std::string decoded_quoted_printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const bool ends = text.find('\n') != std::string_view::npos;
        auto line = take_line(text);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
        const bool soft = !line.empty() && line.back() == '=';
        if (soft) line.remove_suffix(1);
        for (std::size_t i = 0; i < line.size(); ++i) {
            const int high = line[i] == '=' && i + 2 < line.size() ? hex(line[i + 1]) : -1;
            const int low = high >= 0 ? hex(line[i + 2]) : -1;
            if (low < 0) {
                out += line[i];
                continue;
            }
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (!soft && ends) out += '\n';
    }
    return out;
}

std::string decoded_words(std::string_view text) {
    std::string out;
    bool after_word = false;
    while (!text.empty()) {
        const auto at = text.find("=?");
        const auto before = text.substr(0, at);
        // White space between two encoded words is how they were folded.
        if (!after_word || before.find_first_not_of(" \t") != std::string_view::npos ||
            at == std::string_view::npos)
            out += before;
        if (at == std::string_view::npos) break;
        text.remove_prefix(at);
        const auto charset_end = text.find('?', 2);
        const auto kind_end = charset_end == std::string_view::npos
                                  ? std::string_view::npos
                                  : text.find('?', charset_end + 1);
        const auto end = kind_end == std::string_view::npos ? std::string_view::npos
                                                            : text.find("?=", kind_end + 1);
        if (end == std::string_view::npos || kind_end != charset_end + 2) {
            out += text.substr(0, 2);
            text.remove_prefix(2);
            after_word = false;
            continue;
        }
        auto charset = text.substr(2, charset_end - 2);
        charset = charset.substr(0, charset.find('*'));  // a language (RFC 2231, 5)
        std::string word(text.substr(kind_end + 1, end - kind_end - 1));
        const bool q = text[charset_end + 1] == 'q' || text[charset_end + 1] == 'Q';
        if (q) std::replace(word.begin(), word.end(), '_', ' ');
        // The trailing space of an encoded word counts, unlike that of a line.
        const auto bytes = q ? decoded_quoted_printable(word + "=") : decoded_base64(word);
        out += to_utf8(bytes, charset);
        text.remove_prefix(end + 2);
        after_word = true;
    }
    return out;
}

}  // namespace jinqiao::adapters::cli::mail
