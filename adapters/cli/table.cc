#include "adapters/cli/table.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <utility>

namespace jinqiao::adapters::cli {
namespace {

struct Range {
    std::uint32_t from, to;
};

constexpr std::array<Range, 12> wide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0x33FF},
                                      {0x3400, 0x4DBF},
                                      {0x4E00, 0x9FFF},
                                      {0xA000, 0xA4CF},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},
                                      {0x1F300, 0x1FAFF},
                                      {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 4> none{
    {{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}}};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, std::uint32_t point) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
        return point >= range.from && point <= range.to;
    });
}

// The code point at the front and its length in bytes; a byte that begins none stands for itself.
std::pair<std::uint32_t, std::size_t> decode(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0x80 || length == 1 || text.size() < length) return {lead, 1};
    std::uint32_t point = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0) != 0x80) return {lead, 1};
        point = (point << 6) | (next & 0x3FU);
    }
    return {point, length};
}

bool is_wide(std::string_view sign) { return !sign.empty() && in(wide, decode(sign).first); }

// Between two signs a line may end: at a blank, or beside a Chinese character, but neither before
// what closes nor behind what opens.
bool may_break(std::string_view before, std::string_view sign) {
    static constexpr std::string_view closing = "，。、；：！？）】》」』", opening = "（【《「『";
    if (before.empty()) return false;
    if (is_wide(sign) && closing.find(sign) != closing.npos) return false;
    if (is_wide(before) && opening.find(before) != opening.npos) return false;
    return before == " " || is_wide(sign) || is_wide(before);
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto [point, length] = decode(text);
        width += in(wide, point) ? 2 : in(none, point) ? 0 : 1;
        text.remove_prefix(length);
    }
    return width;
}

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto [point, length] = decode(text);
        if (point < 0x20 || (point >= 0x7F && point < 0xA0))
            result += ' ';
        else
            result.append(text.substr(0, length));
        text.remove_prefix(length);
    }
    return result;
}

View view_of_terminal() {
    View view;
    if (isatty(STDOUT_FILENO) != 1) return view;
    const char* plain = std::getenv("NO_COLOR");
    const char* kind = std::getenv("TERM");
    view.colours = (plain == nullptr || *plain == '\0') &&
                   (kind == nullptr || std::string_view(kind) != "dumb");
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) view.columns = size.ws_col;
    if (const char* given = std::getenv("COLUMNS"); given != nullptr && std::atoi(given) > 0)
        view.columns = static_cast<std::size_t>(std::atoi(given));
    return view;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> pieces;
    std::string piece;
    std::string_view before;              // the sign at the end of `piece`
    std::size_t used = 0, breakable = 0;  // bytes of `piece` a line may end after; 0: nowhere
    while (!text.empty()) {
        const std::string_view sign = text.substr(0, decode(text).second);
        text.remove_prefix(sign.size());
        const std::size_t columns = display_width(sign);
        if (may_break(before, sign)) breakable = piece.size();
        while (used + columns > width && used > 0) {
            const std::size_t end = sign == " " || breakable == 0 ? piece.size() : breakable;
            pieces.push_back(piece.substr(0, end));
            pieces.back().erase(pieces.back().find_last_not_of(' ') + 1);
            piece.erase(0, end);
            used = display_width(piece);
            breakable = 0;
        }
        before = sign;
        if (sign == " " && piece.empty() && !pieces.empty()) continue;
        piece += sign;
        used += columns;
    }
    if (!piece.empty() || pieces.empty()) pieces.push_back(piece);
    return pieces;
}

Table::Table(const std::vector<std::string>& header) {
    std::vector<Cell> row;
    for (const auto& name : header) row.emplace_back(name, Tint::strong);
    if (!row.empty()) rows_.push_back(std::move(row));
}

std::vector<std::size_t> Table::widths(std::size_t columns) const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], display_width(row[i].text));
    }
    constexpr std::size_t gap = 2, least = 8;
    const auto total = [&] {
        return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
    };
    while (columns > 0 && !widths.empty() && total() > columns) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (*widest <= least) break;
        --*widest;
    }
    return widths;
}

void Table::print(std::ostream& out, View view) const {
    const auto widths = this->widths(view.columns);
    for (const auto& row : rows_) {
        std::vector<std::vector<std::string>> cells;
        std::size_t height = 1;
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(wrapped(printable(row[i].text), widths[i]));
            height = std::max(height, cells.back().size());
        }
        for (std::size_t at = 0; at < height; ++at) {
            std::size_t owed = 0;  // blanks owed before the next cell; none after the last
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string& text = at < cells[i].size() ? cells[i][at] : "";
                if (!text.empty())
                    out << std::string(std::exchange(owed, 0), ' ')
                        << tinted(text, row[i].tint, view);
                owed += widths[i] - std::min(widths[i], display_width(text)) + 2;
            }
            out << '\n';
        }
    }
}

std::string tinted(const std::string& text, Tint tint, View view) {
    static constexpr std::array codes{"", "1", "1;31", "38;5;208", "33", "34"};
    if (!view.colours || tint == Tint::none || text.empty()) return text;
    return std::string("\x1b[") + codes[static_cast<std::size_t>(tint)] + "m" + text + "\x1b[0m";
}

}  // namespace jinqiao::adapters::cli
