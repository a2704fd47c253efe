#include "adapters/notify/cap/options.h"

#include <algorithm>
#include <string_view>

#include "adapters/notify/text.h"
#include "engine/model/grade.h"

namespace jinqiao::adapters::notify::cap {
namespace {

using engine::ports::Section;
using Words = std::vector<std::string_view>;

std::string joined(const Words& words) {
    std::string result;
    for (const auto each : words) result.append(result.empty() ? "" : ", ").append(each);
    return result;
}

std::string word(Section& section, std::string_view key, const Words& words,
                 const std::string& usual) {
    std::string text = section.text(key, usual);
    if (std::find(words.begin(), words.end(), text) == words.end())
        section.fault(key, "one of " + joined(words), text);
    return text;
}

void read_words(Section& section, std::string_view key, const Words& words,
                std::array<std::string, 4>& into) {
    const auto part = section.section(key);
    for (std::size_t i = 0; i < into.size(); ++i)
        into.at(i) = word(*part, engine::model::name(static_cast<engine::model::GradeLevel>(i)),
                          words, into.at(i));
}

// CAP divides by spaces and commas.
bool is_sender(std::string_view text) {
    return text.find_first_of(" ,<&\t\r\n\"") == std::string_view::npos && one_line(text) == text;
}

void read_issuer(Section& section, Issuer& issuer) {
    issuer.sender = section.required_text("sender");
    if (!is_sender(issuer.sender))
        section.fault("sender", "a text without space, comma, <, & and quotation mark",
                      issuer.sender);
    issuer.sender_name = section.text("sender_name", {});
    const std::string scope = section.text("scope", "Private");
    if (scope != "Private" && scope != "Restricted")
        section.fault("scope",
                      "Private or Restricted: a grade is internal, and no public warning "
                      "(Emergency Response Law, Art. 63)",
                      scope);
    if (scope == "Restricted") issuer.scope = Issuer::Scope::restricted;
    issuer.restriction = section.text("restriction", {});
    if (issuer.restriction.empty() != (scope != "Restricted"))
        section.fault("restriction", "a text with scope: Restricted, and no other",
                      issuer.restriction.empty() ? "nothing" : issuer.restriction);
    issuer.category = word(section, "category", {"Security", "Other"}, issuer.category);
    issuer.event = section.text("event", issuer.event);
    issuer.event_en = section.text("event_en", issuer.event_en);
    for (const auto* key : {"event", "event_en"})
        if (section.text(key, "x").empty()) section.fault(key, "a text", "nothing");
    issuer.headline_en = section.text("headline_en", {});
    read_words(section, "urgency", {"Immediate", "Expected", "Future", "Past", "Unknown"},
               issuer.urgency);
    read_words(section, "severity", {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
               issuer.severity);
    read_words(section, "certainty", {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
               issuer.certainty);
    issuer.utc_offset = std::chrono::minutes{section.integer("utc_offset_minutes", -840, 840, 480)};
}

void read_target(Section& section, const std::filesystem::path& data, Options& options) {
    options.reaching = Reaching::read(section);
    const std::string folder = section.text("folder", {});
    if (!folder.empty()) options.folder = data / folder;
    options.url = section.secret("url", false);
    options.authorization = section.secret("authorization", false);
    if (section.has("url") == !folder.empty())
        section.fault(section.has("url") ? "url" : "folder", "either folder or url",
                      section.has("url") ? "both" : "neither");
    options.reaching.check_url(section, "url", options.url);
    if (one_line(options.authorization) != options.authorization)
        section.fault("authorization", "one line of text", "another form");
}

}  // namespace

Options Options::read(Section& section, const std::filesystem::path& data) {
    Options options;
    read_target(section, data, options);
    read_issuer(section, options.issuer);
    options.cancel_on = section.texts("cancel_on");
    options.ledger = data / "cap";
    return options;
}

std::string Options::unusable(const std::string& address) {
    return address.empty() ? "whom the document is for" : "";
}

}  // namespace jinqiao::adapters::notify::cap
