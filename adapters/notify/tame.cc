#include "adapters/notify/tame.h"

#include <algorithm>

#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify {
namespace {

constexpr std::string_view zero_width_space = "\xE2\x80\x8B";

// U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
bool turns_direction(std::string_view character) {
    if (character == "\xD8\x9C") return true;
    if (character.size() != 3 || character[0] != '\xE2') return false;
    const auto middle = static_cast<unsigned char>(character[1]);
    const auto last = static_cast<unsigned char>(character[2]);
    if (middle == 0x80) return last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE);
    return middle == 0x81 && last >= 0xA6 && last <= 0xA9;
}

std::string one_direction(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(character_length(text), 1);
        if (!turns_direction(text.substr(0, length))) result += text.substr(0, length);
        text.remove_prefix(length);
    }
    return result;
}

// A zero-width space ends what would become markup, and nobody sees it. It does not stop `*` and
// "`" from pairing up, so those become their full-width likenesses.
void put_inert(char c, std::string& into) {
    if (c == '*') {
        into += "＊";
    } else if (c == '`') {
        into += "｀";
    } else {
        into += c;
        if (std::string_view("![]\\").find(c) != std::string_view::npos) into += zero_width_space;
    }
}

bool token_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
}

}  // namespace

std::string tame(std::string_view text) { return calling_nobody(one_direction(clean_lines(text))); }

std::string tame_markdown(std::string_view text) {
    std::string result;
    bool begins = true;  // nothing but blanks in this line so far: they may be an indented block
    for (const char c : tame(text)) {
        if (begins && (c == ' ' || c == '\t')) continue;
        if (begins && std::string_view("#>-+=|~").find(c) != std::string_view::npos)
            result += zero_width_space;
        begins = c == '\n';
        put_inert(c, result);
    }
    return result;
}

std::string around_links(std::string_view text, std::string_view link,
                         const std::function<std::string(std::string_view)>& words,
                         const std::function<std::string(std::string_view)>& ours) {
    const std::size_t slash = link.rfind('/');
    if (slash == std::string_view::npos || !link.starts_with("http")) return words(text);
    const std::string_view beginning = link.substr(0, slash + 1);
    std::string result;
    while (!text.empty()) {
        const std::size_t at = std::min(text.find(beginning), text.size());
        result += at == 0 ? std::string() : words(text.substr(0, at));
        text.remove_prefix(at);
        if (text.empty()) break;
        std::size_t end = beginning.size();
        while (end < text.size() && token_character(text[end])) ++end;
        result += ours(text.substr(0, end));
        text.remove_prefix(end);
    }
    return result;
}

std::string link_of(const engine::ports::Transmission& transmission) {
    const auto* value = transmission.body.if_contains("sign_url");
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

std::string markdown_text(std::string_view text, std::string_view link) {
    return around_links(text, link, tame_markdown, [](std::string_view ours) {
        return "[" + std::string(ours) + "](" + std::string(ours) + ")";
    });
}

std::string plain_text(std::string_view text, std::string_view link) {
    return around_links(text, link, tame, [](std::string_view ours) { return std::string(ours); });
}

std::string fitted(std::string_view text, std::size_t most, std::string_view keep,
                   const std::function<std::string(std::string_view)>& render) {
    std::size_t room = std::min(text.size(), most);
    while (true) {
        std::string result = render(fit(text, room, keep));
        if (result.size() <= most || room == 0) return result;
        room = std::min(room - 1, room * most / result.size());
    }
}

}  // namespace jinqiao::adapters::notify
