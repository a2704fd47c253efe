#include <algorithm>
#include <array>

#include "adapters/cli/mail/message.h"

namespace jinqiao::adapters::cli::mail {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

void append_utf8(std::string& out, unsigned long code) {
    const auto byte = [&](unsigned long value) { out += static_cast<char>(value); };
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return;
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | (code >> 18U));
        byte(0x80U | ((code >> 12U) & 0x3FU));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

// The entity that begins here, and how long it is; 0 if it is none.
std::size_t append_entity(std::string& out, std::string_view text) {
    constexpr std::size_t longest = 10;
    const auto end = text.substr(0, longest).find(';');
    if (end == std::string_view::npos) return 0;
    const auto name = text.substr(1, end - 1);
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{
        {{"nbsp", " "}, {"lt", "<"}, {"gt", ">"}, {"amp", "&"}, {"quot", "\""}, {"apos", "'"}}};
    for (const auto& [word, means] : known)
        if (name == word) {
            out += means;
            return end + 1;
        }
    if (!name.starts_with('#') || name.size() < 2) return 0;
    const bool hex = name[1] == 'x' || name[1] == 'X';
    unsigned long code = 0;
    const auto digits = name.substr(hex ? 2 : 1);
    if (digits.empty()) return 0;
    for (const char c : digits) {
        const int value = c >= '0' && c <= '9'          ? c - '0'
                          : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                        : -1;
        if (value < 0) return 0;
        code = code * (hex ? 16 : 10) + static_cast<unsigned long>(value);
    }
    append_utf8(out, code == 0xA0 ? ' ' : code);
    return end + 1;
}

constexpr std::array<std::string_view, 5> hidden{"style", "script", "head", "title", "blockquote"};

bool is_hidden(std::string_view name) {
    return std::find(hidden.begin(), hidden.end(), name) != hidden.end();
}

bool breaks_line(std::string_view name) {
    static constexpr std::array<std::string_view, 12> names{"br", "p",  "div", "tr",    "li", "h1",
                                                            "h2", "h3", "hr",  "table", "ul", "ol"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

class Page {
  public:
    explicit Page(std::string_view html) : rest_(html) {}

    std::string read() {
        while (!rest_.empty()) {
            if (rest_.front() == '<') {
                tag();
                continue;
            }
            if (rest_.front() == '&') {
                std::string word;
                if (const auto size = append_entity(word, rest_)) {
                    put(word);
                    rest_.remove_prefix(size);
                    continue;
                }
            }
            const char c = rest_.front();
            // White space is one space, however it is written.
            const bool space = c == '\n' || c == '\t' || c == ' ';
            if (!space)
                put(rest_.substr(0, 1));
            else if (!out_.empty() && out_.back() != ' ' && out_.back() != '\n')
                put(" ");
            rest_.remove_prefix(1);
        }
        return std::move(out_);
    }

  private:
    void put(std::string_view text) {
        if (inside_.empty()) out_ += text;
    }

    void tag() {
        if (rest_.starts_with("<!--")) {
            const auto end = rest_.find("-->", 4);
            rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 3);
            return;
        }
        const auto end = rest_.find('>');
        const auto whole = rest_.substr(1, end == std::string_view::npos ? end : end - 1);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        const bool closes = whole.starts_with('/');
        auto name = lower(whole.substr(closes ? 1 : 0));
        name.resize(std::min(name.find_first_of(" \t\n/"), name.size()));
        if (!inside_.empty()) {
            if (name == inside_) depth_ += closes ? -1 : 1;
            if (depth_ == 0) inside_.clear();
            return;
        }
        if (!closes && is_hidden(name) && !whole.ends_with('/')) {
            inside_ = name;
            depth_ = 1;
        } else if (breaks_line(name) && !out_.empty() && out_.back() != '\n') {
            out_ += '\n';
        } else if (name == "br") {
            out_ += '\n';
        }
    }

    std::string_view rest_;
    std::string out_;
    std::string inside_;  // what is passed over
    int depth_ = 0;
};

}  // namespace

std::string plain_of_html(std::string_view html) { return Page(html).read(); }

}  // namespace jinqiao::adapters::cli::mail
