#include "adapters/notify/cap/alert.h"

#include "adapters/notify/body.h"
#include "adapters/notify/text.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::notify::cap {
namespace {

using engine::ports::Transmission;

constexpr std::size_t most_headline = 480;  // bytes: 160 characters, as the standard advises

void element(std::string& into, std::string_view indent, std::string_view name,
             std::string_view text) {
    into.append(indent).append("<").append(name).append(">");
    into.append(escaped(text));
    into.append("</").append(name).append(">\n");
}

void element_unless_empty(std::string& into, std::string_view indent, std::string_view name,
                          std::string_view text) {
    if (!text.empty()) element(into, indent, name, text);
}

void parameter(std::string& into, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    into += "    <parameter>\n";
    element(into, "      ", "valueName", name);
    element(into, "      ", "value", value);
    into += "    </parameter>\n";
}

// Lists are divided by spaces: one with a space in it stands in quotation marks.
std::string listed(std::string_view text) {
    std::string one = one_line(text);
    std::erase(one, '"');
    return one.find(' ') == std::string::npos ? one : "\"" + one + "\"";
}

struct Info {
    std::string_view language, event;
    std::string headline, description, web;
};

void write(std::string& into, const Info& info, const Transmission& transmission,
           const Issuer& issuer, bool cancels) {
    const auto grade = static_cast<std::size_t>(transmission.grade);
    into += "  <info>\n";
    const auto line = [&into](std::string_view name, std::string_view text) {
        element_unless_empty(into, "    ", name, text);
    };
    line("language", info.language);
    line("category", issuer.category);
    line("event", info.event);
    if (cancels) line("responseType", "AllClear");
    line("urgency", cancels ? "Past" : issuer.urgency.at(grade));
    line("severity", issuer.severity.at(grade));
    line("certainty", issuer.certainty.at(grade));
    line("senderName", issuer.sender_name);
    line("headline", fit(info.headline, most_headline));
    line("description", info.description);
    line("web", info.web);
    parameter(into, "case", body_text(transmission.body, "case"));
    parameter(into, "grade", engine::model::name(transmission.grade));
    into += "  </info>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string result;
    const std::string clean = clean_lines(text);
    for (std::string_view rest = clean; !rest.empty();) {
        const std::string_view one = rest.substr(0, character_length(rest));
        rest.remove_prefix(one.size());
        if (one == "&")
            result += "&amp;";
        else if (one == "<")
            result += "&lt;";
        else if (one == ">")
            result += "&gt;";
        else if (one == "\"")
            result += "&quot;";
        else if (one != "\xEF\xBF\xBE" && one != "\xEF\xBF\xBF")  // U+FFFE and U+FFFF
            result += one;
    }
    return result;
}

std::string identifier(const Transmission& transmission) {
    static constexpr std::string_view digits = "0123456789abcdef";
    static constexpr std::string_view marks = "-._:";
    std::string result;
    for (const char c : transmission.id) {
        const auto byte = static_cast<unsigned char>(c);
        const bool stays = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || marks.find(c) != std::string_view::npos;
        if (stays)
            result += c;
        else
            result.append("%").append(1, digits[byte >> 4U]).append(1, digits[byte & 15U]);
    }
    return result;
}

std::string sent(const Transmission& transmission, std::chrono::minutes offset) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(transmission.at);
    std::string text = engine::time::to_rfc3339(whole, offset);
    if (offset.count() == 0) text.replace(text.size() - 6, 1, "-");
    return text;
}

std::string reference(const Transmission& transmission, const Issuer& issuer) {
    return issuer.sender + "," + identifier(transmission) + "," +
           sent(transmission, issuer.utc_offset);
}

std::string alert(const Transmission& transmission, const Issuer& issuer,
                  const Relation& relation) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n";
    const auto line = [&out](std::string_view name, std::string_view text) {
        element_unless_empty(out, "  ", name, text);
    };
    const bool cancels = relation.type == "Cancel";
    const bool restricted = issuer.scope == Issuer::Scope::restricted;
    const std::string headline = one_line(transmission.subject);
    line("identifier", identifier(transmission));
    line("sender", issuer.sender);
    line("sent", sent(transmission, issuer.utc_offset));
    line("status", transmission.exercise ? "Exercise" : "Actual");
    line("msgType", relation.type);
    line("scope", restricted ? "Restricted" : "Private");
    if (restricted) line("restriction", issuer.restriction);
    element(out, "  ", "addresses", listed(transmission.address));
    if (cancels) line("note", headline);
    line("references", relation.references);
    line("incidents", listed(body_text(transmission.body, "number")));
    write(out,
          {"zh-CN", issuer.event, headline, transmission.text,
           body_text(transmission.body, "sign_url")},
          transmission, issuer, cancels);
    if (!issuer.headline_en.empty())
        write(out, {"en-US", issuer.event_en, issuer.headline_en, {}, {}}, transmission, issuer,
              cancels);
    return out + "</alert>\n";
}

}  // namespace jinqiao::adapters::notify::cap
