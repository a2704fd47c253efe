#include "adapters/http/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace jinqiao::adapters::http {

using engine::model::Message;
using engine::time::Instant;

namespace {

std::optional<std::int64_t> number(const std::string& text, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, failed] = std::from_chars(text.data(), end, value);
    if (failed != std::errc{} || rest != end || value < least || value > most) return {};
    return value;
}

}  // namespace

void Parameters::only(std::initializer_list<std::string_view> known,
                      std::initializer_list<std::string_view> repeated) {
    const auto among = [](std::initializer_list<std::string_view> list, std::string_view name) {
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    for (const auto& [name, value] : target_.parameters)
        if (!among(known, name) && !among(repeated, name)) fault(name, "query.unknown", {});
    for (const auto name : known)
        if (target_.count(name) > 1) fault(name, "query.repeated", {});
}

std::optional<bool> Parameters::flag(std::string_view name) {
    const auto text = target_.one(name);
    if (!text || text->empty()) return {};
    if (*text == "true" || *text == "1") return true;
    if (*text == "false" || *text == "0") return false;
    fault(name, "query.value", *text);
    return {};
}

int Parameters::limit(int fallback) {
    const auto text = target_.one("limit");
    if (!text || text->empty()) return fallback;
    if (const auto value = number(*text, 1, most_items)) return static_cast<int>(*value);
    faults_.push_back({"limit", Message{"query.limit",
                                        {{"value", *text}, {"most", std::to_string(most_items)}}}});
    return fallback;
}

std::optional<std::int64_t> Parameters::whole(std::string_view name, std::int64_t least,
                                              std::int64_t most) {
    const auto text = target_.one(name);
    if (!text || text->empty()) return {};
    const auto value = number(*text, least, most);
    if (!value) fault(name, "query.value", *text);
    return value;
}

std::string Parameters::text(std::string_view name, std::size_t longest) {
    auto value = target_.one(name).value_or("");
    if (value.size() > longest) fault(name, "query.length", std::to_string(longest));
    return value;
}

std::string Parameters::sort() {
    static constexpr std::array<std::string_view, 4> keys = {"filed_at", "next_due", "grade",
                                                             "number"};
    const auto value = target_.one("sort").value_or("");
    if (value.empty()) return "-filed_at";
    const auto key = value.front() == '-' ? value.substr(1) : value;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) fault("sort", "query.value", value);
    return value;
}

Instant Parameters::instant(std::string_view name, Instant otherwise) {
    const auto text = target_.one(name);
    if (!text || text->empty()) return otherwise;
    if (const auto at = engine::time::parse_rfc3339(*text)) return *at;
    fault(name, "query.value", *text);
    return otherwise;
}

void Parameters::fault(std::string_view name, std::string code, std::string value) {
    faults_.push_back(
        {std::string(name),
         Message{std::move(code), {{"name", std::string(name)}, {"value", std::move(value)}}}});
}

std::optional<Problem> Parameters::problem() {
    if (faults_.empty()) return {};
    auto problem = Problem::of(400, "bad_request");
    problem.errors = std::move(faults_);
    return problem;
}

}  // namespace jinqiao::adapters::http
