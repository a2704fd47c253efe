#include "engine/model/fit.h"

#include <algorithm>

namespace jinqiao::engine::model {
namespace {

bool continues(std::string_view text, std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

}  // namespace

std::string_view cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && continues(text, end)) --end;
    return text.substr(0, end);
}

std::string fit(std::string_view text, std::size_t most, std::string_view keep) {
    if (text.size() <= most) return std::string(text);
    constexpr std::string_view dots = "…";
    std::string last;
    const std::size_t at = keep.empty() ? std::string_view::npos : text.find(keep);
    if (at != std::string_view::npos) {
        const std::size_t before = text.rfind('\n', at);
        const std::size_t from = before == std::string_view::npos ? 0 : before + 1;
        last = "\n" + std::string(text.substr(from, text.find('\n', at) - from));
        // Of a line that is too long by itself the link alone.
        if (last.size() + dots.size() > most) last = "\n" + std::string(keep);
        if (last.size() + dots.size() > most) last.clear();
        if (!last.empty()) text = text.substr(0, from);
    }
    const std::string_view room = cut(text, most - std::min(most, last.size() + dots.size()));
    return std::string(cut(std::string(room) + std::string(dots) + last, most));
}

}  // namespace jinqiao::engine::model
