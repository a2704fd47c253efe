#include "adapters/notify/http/sample.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <vector>

namespace jinqiao::adapters::notify::http {
namespace {

namespace json = boost::json;

constexpr std::string_view hostile = "x\"y'z<&>\\\n{{text}}]]>,\"a\":1}=;%0d#";

Values all(const Values& known, std::string_view word) {
    Values values = known;
    for (auto& [name, value] : values)
        value = name.starts_with("timestamp") ? "1700000000" : std::string(word);
    return values;
}

// Kinds and keys, without what the values are.
std::string shape(const json::value& value) {
    if (const auto* object = value.if_object()) {
        std::string result = "{";
        for (const auto& [key, part] : *object) result += std::string(key) + ":" + shape(part);
        return result + "}";
    }
    if (const auto* array = value.if_array()) {
        std::string result = "[";
        for (const auto& part : *array) result += shape(part) + ",";
        return result + "]";
    }
    return value.is_string() ? "s" : "v";
}

std::string json_fault(const std::string& text) {
    json::error_code wrong;
    (void)json::parse(text, wrong);
    return wrong ? "no JSON: " + wrong.message() : std::string();
}

std::string form_fault(const std::string& text) {
    const auto stranger = std::find_if(text.begin(), text.end(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !letter && !(c >= '0' && c <= '9') &&
               std::string_view("%&=+._~*-[]").find(c) == std::string_view::npos;
    });
    return stranger == text.end() ? std::string() : std::string("the character ") + *stranger;
}

bool name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-.:").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string_view name_at(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && name_character(text[end])) ++end;
    return text.substr(0, end);
}

// name="value" again and again; true: nothing else.
bool are_attributes(std::string_view text) {
    while (true) {
        const auto from = text.find_first_not_of(" \t\r\n");
        if (from == std::string_view::npos) return true;
        text.remove_prefix(from);
        const auto name = name_at(text);
        text.remove_prefix(name.size());
        if (name.empty() || text.size() < 3 || text[0] != '=') return false;
        const char quote = text[1];
        const auto end = text.find(quote, 2);
        if ((quote != '"' && quote != '\'') || end == std::string_view::npos) return false;
        text.remove_prefix(end + 1);
    }
}

// Passes over "<!--…-->", "<?…?>", "<![CDATA[…]]>" and "<!…>"; npos: it does not end.
std::size_t after_markup(std::string_view text, std::size_t at) {
    const auto past = [&](std::string_view end) {
        const auto found = text.find(end, at);
        return found == std::string_view::npos ? found : found + end.size();
    };
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--")) return past("-->");
    if (rest.starts_with("<?")) return past("?>");
    return past(rest.starts_with("<![CDATA[") ? "]]>" : ">");
}

}  // namespace

std::string xml_fault(std::string_view text) {
    std::vector<std::string_view> open;
    bool any = false;
    for (std::size_t at = 0; (at = text.find('<', at)) != std::string_view::npos;) {
        if (text.substr(at, 2) == "<!" || text.substr(at, 2) == "<?") {
            at = after_markup(text, at);
            if (at == std::string_view::npos) return "something that does not end";
            continue;
        }
        const auto end = text.find('>', at);
        if (end == std::string_view::npos) return "a tag that does not end";
        std::string_view tag = text.substr(at + 1, end - at - 1);
        at = end + 1;
        const bool closes = tag.starts_with('/'), alone = tag.ends_with('/');
        if (closes) tag.remove_prefix(1);
        if (alone) tag.remove_suffix(1);
        const auto name = name_at(tag);
        if (name.empty()) return "a tag without a name";
        if (!are_attributes(tag.substr(name.size()))) return "an attribute without quotation marks";
        if (!closes && open.empty() && any) return "more than one element";
        any = true;
        if (!closes && !alone) open.push_back(name);
        if (!closes) continue;
        if (open.empty() || open.back() != name) return "</" + std::string(name) + ">";
        open.pop_back();
    }
    if (!open.empty()) return "<" + std::string(open.back()) + "> that is not closed";
    return any ? std::string() : "no element";
}

std::string format_fault(const Template& body, Escape format, const Values& known) {
    const auto fault_of = [&](const Values& values) -> std::string {
        const std::string filled = body.fill(values);
        if (format == Escape::json) return json_fault(filled);
        if (format == Escape::xml) return xml_fault(filled);
        return format == Escape::form ? form_fault(filled) : std::string();
    };
    const Values harmless = all(known, "x"), rude = all(known, hostile), none = all(known, {});
    for (const Values* values : {&harmless, &rude})
        if (const std::string fault = fault_of(*values); !fault.empty()) return fault;
    if (format == Escape::json &&
        shape(json::parse(body.fill(harmless))) != shape(json::parse(body.fill(rude))))
        return "something that changes with what people write";
    if (const std::string fault = fault_of(none); !fault.empty())
        return fault + ", where the values are empty";
    // Commas between parts that come and go are easily forgotten.
    for (const auto& [name, value] : known) {
        Values but_one = harmless, only_one = none;
        but_one[name] = none.at(name);
        only_one[name] = harmless.at(name);
        for (const auto& [values, how] :
             {std::pair{&but_one, "without "}, {&only_one, "with no other than "}})
            if (const std::string fault = fault_of(*values); !fault.empty())
                return fault + ", " + how + name;
    }
    return {};
}

bool is_filled_object(const Template& body, const Values& known) {
    json::error_code wrong;
    const json::value value = json::parse(body.fill(all(known, {})), wrong);
    return !wrong && value.is_object() && !value.get_object().empty();
}

}  // namespace jinqiao::adapters::notify::http
