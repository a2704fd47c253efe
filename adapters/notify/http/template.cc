#include "adapters/notify/http/template.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <kainjow/mustache.hpp>
#include <mutex>

#include "adapters/notify/courier/url.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::http {
namespace {

namespace mustache = kainjow::mustache;

std::string json_escaped(std::string_view text) {
    const std::string quoted = boost::json::serialize(boost::json::string(clean_lines(text)));
    return quoted.substr(1, quoted.size() - 2);
}

std::string xml_escaped(std::string_view text) {
    std::string result;
    for (const char c : clean_lines(text)) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&apos;";
                break;
            default:
                result += c;
        }
    }
    // U+FFFE and U+FFFF are characters that XML does not know.
    for (const std::string_view never : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
        for (std::size_t at = 0; (at = result.find(never, at)) != std::string::npos;)
            result.replace(at, never.size(), "\xEF\xBF\xBD");
    return result;
}

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\n");
    if (from == std::string_view::npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t\n") - from + 1));
}

// What stands between "{{" and "}}", one after another.
std::vector<std::string> tags_of(const std::string& source) {
    std::vector<std::string> tags;
    for (std::size_t at = 0; (at = source.find("{{", at)) != std::string::npos;) {
        const std::size_t end = source.find("}}", at);
        if (end == std::string::npos) break;
        tags.push_back(trimmed(std::string_view(source).substr(at + 2, end - at - 2)));
        at = end + 2;
    }
    return tags;
}

mustache::data data_of(const Values& values, Escape escape) {
    mustache::data data{mustache::object{}}, secrets{mustache::object{}};
    constexpr std::string_view secret = "secret.";
    for (const auto& [name, value] : values) {
        if (value.empty()) continue;
        if (name.starts_with(secret))
            secrets[name.substr(secret.size())] = escaped(value, escape);
        else
            data[name] = escaped(value, escape);
    }
    data["secret"] = std::move(secrets);
    return data;
}

}  // namespace

// Mustache does not call filling in const, and it keeps what went wrong.
struct Template::View {
    explicit View(const std::string& source) : pattern(source) {
        pattern.set_custom_escape([](const std::string& text) { return text; });
    }
    mutable std::mutex mutex;
    mutable mustache::mustache pattern;
};

Template::Template(std::string source, Escape escape) : escape_(escape) {
    const auto view = std::make_shared<const View>(source);
    view_ = view;
    if (!view->pattern.is_valid()) fault_ = view->pattern.error_message();
    for (const std::string& tag : tags_of(source)) {
        const char kind = tag.empty() ? '\0' : tag.front();
        if (kind == '>' || kind == '=') fault_ = "{{" + tag + "}}";
        if (kind == '!' || kind == '/' || tag == ".") continue;
        const bool marked = std::string_view("#^&{").find(kind) != std::string_view::npos;
        const std::string name = trimmed(marked ? tag.substr(1) : tag);
        if (name != ".") names_.push_back(name);
    }
}

std::string Template::fill(const Values& values) const {
    if (!view_) return {};
    const mustache::data data = data_of(values, escape_);
    std::lock_guard lock(view_->mutex);
    return view_->pattern.render(data);
}

std::string escaped(std::string_view text, Escape escape) {
    switch (escape) {
        case Escape::json:
            return json_escaped(text);
        case Escape::form:
            return courier::percent_encode(clean_lines(text));
        case Escape::xml:
            return xml_escaped(text);
        case Escape::header:
            return one_line(text);
        case Escape::text:
            break;
    }
    return clean_lines(text);
}

}  // namespace jinqiao::adapters::notify::http
