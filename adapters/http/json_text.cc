#include "adapters/http/json_text.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/parse.hpp>
#include <string>
#include <unordered_set>
#include <vector>

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

// Walks a text without building anything and stops at the first name that comes twice.
// Boost.JSON's own parser keeps the last of them silently.
class Inspector {
  public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    bool on_document_begin(json::error_code& /*ec*/) { return true; }
    bool on_document_end(json::error_code& /*ec*/) { return true; }
    bool on_object_begin(json::error_code& /*ec*/) { return open(false); }
    bool on_object_end(std::size_t /*n*/, json::error_code& /*ec*/) { return close(); }
    bool on_array_begin(json::error_code& /*ec*/) { return open(true); }
    bool on_array_end(std::size_t /*n*/, json::error_code& /*ec*/) { return close(); }
    bool on_key_part(json::string_view part, std::size_t /*n*/, json::error_code& /*ec*/) {
        key_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t /*n*/, json::error_code& ec) {
        key_.append(part.data(), part.size());
        auto& level = levels_.back();
        level.name = std::exchange(key_, {});
        if (level.seen.insert(level.name).second) return true;
        return stop(JsonFault::Kind::duplicate, ec);
    }
    bool on_string_part(json::string_view part, std::size_t /*n*/, json::error_code& ec) {
        return text(part, ec);
    }
    bool on_string(json::string_view part, std::size_t /*n*/, json::error_code& ec) {
        return text(part, ec) && value();
    }
    bool on_number_part(json::string_view /*part*/, json::error_code& /*ec*/) { return true; }
    bool on_int64(std::int64_t, json::string_view, json::error_code& /*ec*/) { return value(); }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code& /*ec*/) { return value(); }
    bool on_double(double, json::string_view, json::error_code& /*ec*/) { return value(); }
    bool on_bool(bool, json::error_code& /*ec*/) { return value(); }
    bool on_null(json::error_code& /*ec*/) { return value(); }
    bool on_comment_part(json::string_view, json::error_code& /*ec*/) { return true; }
    bool on_comment(json::string_view, json::error_code& /*ec*/) { return true; }

    const std::optional<JsonFault>& fault() const { return fault_; }

  private:
    struct Level {
        bool array = false;
        std::size_t index = 0;
        std::string name;
        std::unordered_set<std::string> seen;
    };

    bool open(bool array) {
        levels_.push_back(Level{array, 0, {}, {}});
        return true;
    }
    bool close() {
        levels_.pop_back();
        return value();
    }
    bool value() {
        if (!levels_.empty() && levels_.back().array) ++levels_.back().index;
        return true;
    }
    bool text(json::string_view part, json::error_code& ec) {
        if (part.find('\0') == json::string_view::npos) return true;
        return stop(JsonFault::Kind::control, ec);
    }
    bool stop(JsonFault::Kind kind, json::error_code& ec) {
        fault_ = JsonFault{kind, path(), 0};
        ec = json::error::exception;  // any; `fault_` is what counts
        return false;
    }
    std::string path() const {
        std::string out;
        for (const auto& level : levels_) {
            if (!out.empty()) out += '.';
            out += level.array ? std::to_string(level.index) : level.name;
        }
        return out;
    }

    std::vector<Level> levels_;
    std::string key_;
    std::optional<JsonFault> fault_;
};

JsonFault::Kind kind_of(const json::error_code& ec) {
    if (ec == json::error::too_deep) return JsonFault::Kind::too_deep;
    if (ec == json::error::illegal_leading_surrogate ||
        ec == json::error::illegal_trailing_surrogate || ec == json::error::expected_utf16_escape)
        return JsonFault::Kind::encoding;
    return JsonFault::Kind::malformed;
}

// Length of the well-formed UTF-8 sequence at the front; 0 if it is not one (RFC 3629, table 3-7
// of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF).
std::size_t sequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool second = tail(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
        return second && tail(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool second = tail(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
        return second && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

std::optional<std::size_t> first_bad_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto length = sequence(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return {};
}

std::variant<json::object, JsonFault> parse_object(std::string_view text) {
    if (const auto bad = first_bad_utf8(text))
        return JsonFault{JsonFault::Kind::encoding, {}, *bad};
    json::parse_options options;
    options.max_depth = most_depth;
    json::basic_parser<Inspector> inspector(options);
    json::error_code ec;
    const auto read = inspector.write_some(false, text.data(), text.size(), ec);
    if (inspector.handler().fault()) {
        auto fault = *inspector.handler().fault();
        fault.offset = read;
        return fault;
    }
    if (ec) return JsonFault{kind_of(ec), {}, read};
    if (text.find_first_not_of(" \t\r\n", read) != std::string_view::npos)
        return JsonFault{JsonFault::Kind::malformed, {}, read};
    auto value = json::parse({text.data(), text.size()}, ec, {}, options);
    if (ec) return JsonFault{kind_of(ec), {}, read};
    if (!value.is_object()) return JsonFault{JsonFault::Kind::not_object, {}, 0};
    return std::move(value.get_object());
}

std::string text_of(const boost::json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

const boost::json::object& part(const boost::json::object& from, std::string_view key) {
    static const boost::json::object none;
    const auto* value = from.if_contains(key);
    return value != nullptr && value->is_object() ? value->get_object() : none;
}

}  // namespace jinqiao::adapters::http
