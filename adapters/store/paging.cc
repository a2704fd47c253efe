#include "adapters/store/paging.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "engine/model/grade.h"

namespace jinqiao::adapters::store {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string to_hex(std::string_view bytes) {
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        hex += hex_digits[value >> 4U];
        hex += hex_digits[value & 0xFU];
    }
    return hex;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = hex_digits.find(hex[i]);
        const auto low = hex_digits.find(hex[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

model::Error not_a_cursor() {
    return {model::ErrorCode::invalid, "not a cursor of this list", "cursor"};
}

}  // namespace

model::Result<Sort> parse_sort(const std::string& text) {
    const bool descending = text.starts_with('-');
    const std::string_view key = std::string_view(text).substr(descending ? 1 : 0);
    if (key == "filed_at") return Sort{SortKey::filed_at, descending, text};
    if (key == "next_due") return Sort{SortKey::next_due, descending, text};
    if (key == "grade") return Sort{SortKey::grade, descending, text};
    if (key == "number") return Sort{SortKey::number, descending, text};
    return model::Error{model::ErrorCode::invalid, "cases cannot be sorted by '" + text + "'",
                        "sort"};
}

Position position_of(const ports::CaseRow& row, SortKey key) {
    switch (key) {
        case SortKey::filed_at:
            return {time::to_ms(row.filed_at), {}, row.id.value};
        case SortKey::next_due:
            return {due_ms(row), {}, row.id.value};
        case SortKey::grade:
            return {grade_rank(row.grade), {}, row.id.value};
        case SortKey::number:
            return {0, row.number, row.id.value};
    }
    return {};
}

std::string write_cursor(const Sort& sort, const Position& position) {
    const boost::json::array parts{sort.text, position.number, position.text, position.id};
    return to_hex(boost::json::serialize(parts));
}

model::Result<Position> read_cursor(const Sort& sort, const std::string& cursor) {
    const auto text = from_hex(cursor);
    if (!text) return not_a_cursor();
    boost::json::error_code failed;
    const boost::json::value json = boost::json::parse(*text, failed);
    if (failed || !json.is_array() || json.get_array().size() != 4) return not_a_cursor();
    const boost::json::array& parts = json.get_array();
    if (!parts[0].is_string() || !parts[1].is_int64() || !parts[2].is_string() ||
        !parts[3].is_string() || parts[0].get_string() != std::string_view(sort.text)) {
        return not_a_cursor();
    }
    return Position{parts[1].get_int64(), std::string(parts[2].get_string()),
                    std::string(parts[3].get_string())};
}

int grade_rank(std::string_view grade) {
    const auto level = model::parse_grade(grade);
    return level ? static_cast<int>(*level) : -1;
}

std::int64_t due_ms(const ports::CaseRow& row) {
    return row.next_due ? time::to_ms(*row.next_due) : no_due_ms;
}

std::string folded(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

}  // namespace jinqiao::adapters::store
