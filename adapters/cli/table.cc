#include "adapters/cli/table.h"

#include <algorithm>
#include <array>
#include <cstdint>

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

void Table::print(std::ostream& out) const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], display_width(row[i]));
    }
    for (const auto& row : rows_) {
        std::string line;
        std::size_t owed = 0;  // blanks owed before the next cell; none after the last
        for (std::size_t i = 0; i < row.size(); ++i) {
            line.append(owed, ' ').append(printable(row[i]));
            owed = widths[i] - display_width(row[i]) + 2;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    }
}

}  // namespace jinqiao::adapters::cli
