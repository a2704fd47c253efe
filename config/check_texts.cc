#include <algorithm>
#include <optional>
#include <set>

#include "config/check.h"
#include "config/codes.h"
#include "config/map.h"

namespace jinqiao::config {

using engine::kernel::Workflow;

const std::vector<std::string>& engine_clocks() {
    static const std::vector<std::string> names{"st.handover", "st.answer", "asg.sign"};
    return names;
}

const std::vector<std::string>& engine_notices() {
    static const std::vector<std::string> names{"alert",
                                                "alert_copy",
                                                "handover_offered",
                                                "handover_accepted",
                                                "handover_declined",
                                                "handover_recalled",
                                                "handover_lapsed",
                                                "handover_void",
                                                "owner_changed",
                                                "rung.remind",
                                                "rung.inform",
                                                "rung.hand_over",
                                                "rung.raise",
                                                "grade_raised",
                                                "grade_lowered",
                                                "request_made",
                                                "request_answered",
                                                "unreachable",
                                                "undeliverable",
                                                "returned",
                                                "urged",
                                                "side_not_reached",
                                                "default"};
    return names;
}

const std::vector<std::string>& engine_told() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> told = engine_notices();
        std::erase_if(told, [](const std::string& name) {
            return name.starts_with("rung.") || name == "unreachable" || name == "undeliverable" ||
                   name == "urged" || name == "default";
        });
        return told;
    }();
    return names;
}

const std::vector<std::string>& clock_words() {
    static const std::vector<std::string> names{"clock.rest_day", "clock.off_hours",
                                                "clock.special_period"};
    return names;
}

// Of the directory of posts and people: no workflow tells them.
const std::vector<std::string>& directory_notices() {
    static const std::vector<std::string> names{
        "coverage_gap",      "duty_open",      "duty_changed",         "duty_swap_asked",
        "duty_swap_refused", "contacts_stale", "contacts_stale_count", "alarm",
        "alarm_over",        "dead_letter"};
    return names;
}

const std::vector<std::string>& template_variables() {
    static const std::vector<std::string> names{
        // set for every notice
        "number", "grade", "state", "addressee", "exercise", "sign_url", "reason", "event", "zone",
        "urgent", "subject",
        // of clocks and ladders
        "clock", "due", "rung", "repeat", "overdue", "unrolled", "earlier", "earlier_due",
        // of single events
        "from", "to", "kind", "answer", "how", "why", "what", "post", "department", "side", "at",
        "date", "until", "no", "amount", "count", "target", "source", "cause", "body", "channel",
        "workers", "gap", "since", "missing", "next", "scope", "by", "outcome", "case", "of",
        "tier"};
    return names;
}

namespace {

// The name inside a tag, without the sign that says what kind of tag it is.
std::string name_of(std::string_view tag) {
    while (!tag.empty() &&
           std::string_view("#^/&{!> \t").find(tag.front()) != std::string_view::npos)
        tag.remove_prefix(1);
    while (!tag.empty() && (tag.back() == ' ' || tag.back() == '}')) tag.remove_suffix(1);
    return std::string(tag);
}

class TextCheck {
  public:
    TextCheck(const Catalogue& texts, std::string folder, Faults& faults)
        : texts_(texts), folder_(std::move(folder)), faults_(faults) {}

    void code(const std::string& code) {
        if (asked_.insert(code).second && !texts_.has(code)) missing("check.code", code, folder_);
    }

    void notice(const std::string& event) {
        if (asked_.insert("notice " + event).second && !texts_.notices.contains(event))
            missing("check.template", event, notices());
    }

    void templates() {
        patterns(texts_.notices);
        for (const auto& [set, notices] : texts_.sets) {
            file_ = folder_ + "/notices." + set + ".yaml";
            source_.reset();
            patterns(notices);
            for (const auto& [event, words] : notices) known_event(event);
        }
    }

    void unused() {
        for (const auto& [event, notice] : texts_.notices) {
            if (asked_.contains("notice " + event)) continue;
            Fault& fault =
                note(notices(), event, {"check.proof.template", {}}, {"check.proof.no_event", {}});
            fault.code = "template.unused";
            fault.warning = true;
        }
    }

  private:
    std::string notices() const { return folder_ + "/notices.yaml"; }

    void patterns(const Catalogue::Notices& notices) {
        for (const auto& [event, notice] : notices) {
            pattern_of(event, "subject", "zh", notice.subject.zh);
            pattern_of(event, "subject", "en", notice.subject.en);
            pattern_of(event, "text", "zh", notice.text.zh);
            pattern_of(event, "text", "en", notice.text.en);
        }
    }

    // Words for an event nobody tells would never be read: a slip of the pen.
    void known_event(const std::string& event) {
        if (texts_.notices.contains(event)) return;
        std::vector<std::string> events;
        for (const auto& [name, words] : texts_.notices) events.push_back(name);
        add(faults_, place_of(event, "", ""), {"check.kind.event", {{"words", listed(events)}}},
            {"check.found.value", {{"value", event}}}, nearest(event, events));
    }

    Fault& missing(std::string_view code, const std::string& name, const std::string& file) {
        return note(file, name, {std::string(code), {{"code", name}}}, {"check.found.nothing", {}});
    }

    Fault& note(const std::string& file, const std::string& path, engine::model::Message expected,
                engine::model::Message found) {
        Tree place;
        place.file = std::make_shared<const std::string>(file);
        place.path = path;
        return add(faults_, place, std::move(expected), std::move(found));
    }

    void pattern_of(const std::string& event, const char* part, const char* language,
                    const std::string& pattern) {
        std::string error;
        const auto& known = template_variables();
        for (const std::string& name : variables_of(pattern, error))
            if (std::find(known.begin(), known.end(), name) == known.end())
                add(faults_, place_of(event, part, language),
                    {"check.kind.variable", {{"words", listed(known)}}},
                    {"check.found.value", {{"value", name}}}, nearest(name, known));
        if (!error.empty())
            add(faults_, place_of(event, part, language), {"check.mustache", {}},
                {"check.found.value", {{"value", error}}});
    }

    // Where a template stands is of interest only once something is wrong with it: the file is read
    // again then, so that the catalogue need not carry places for the life of the program.
    Tree place_of(const std::string& event, const char* part, const char* language) {
        if (!source_) {
            Faults told;
            source_ = read_yaml(file_, told);
        }
        const Tree* at = source_->find(event);
        if (at != nullptr && *part != '\0') at = at->find(part);
        if (at != nullptr && *language != '\0') at = at->find(language);
        if (at != nullptr) return *at;
        Tree place;
        place.file = std::make_shared<const std::string>(file_);
        place.path = event;
        return place;
    }

    const Catalogue& texts_;
    std::string folder_;
    Faults& faults_;
    std::set<std::string> asked_;
    std::string file_ = notices();  // of the templates at hand
    std::optional<Tree> source_;    // the templates as their file has them
};

}  // namespace

std::vector<std::string> variables_of(const std::string& pattern, std::string& error) {
    std::vector<std::string> names;
    std::vector<std::string> open_sections;
    for (std::size_t at = 0; (at = pattern.find("{{", at)) != std::string::npos;) {
        const std::size_t end = pattern.find("}}", at);
        if (end == std::string::npos) {
            error = pattern.substr(at);
            return {};
        }
        const std::string_view tag = std::string_view(pattern).substr(at + 2, end - at - 2);
        const std::string name = name_of(tag);
        const char sign = tag.empty() ? ' ' : tag.front();
        if (sign == '#' || sign == '^') open_sections.push_back(name);
        if (sign == '/') {
            if (open_sections.empty() || open_sections.back() != name) {
                error = "{{" + std::string(tag) + "}}";
                return {};
            }
            open_sections.pop_back();
        } else if (sign != '!') {
            names.push_back(name);
        }
        at = end + 2;
    }
    if (!open_sections.empty()) error = "{{#" + open_sections.back() + "}}";
    return names;
}

namespace {

void ask_for_notices(TextCheck& check, std::span<const Workflow* const> workflows) {
    for (const std::string& event : engine_notices()) check.notice(event);
    for (const std::string& event : directory_notices()) check.notice(event);
    for (const Workflow* workflow : workflows)
        for (const std::string& event : workflow->notice_names()) check.notice(event);
}

}  // namespace

void check_texts(const Catalogue& texts, std::span<const Workflow* const> workflows,
                 const std::string& folder, Faults& faults) {
    TextCheck check(texts, folder, faults);
    for (const std::string& code : engine_codes()) check.code(code);
    for (const Workflow* workflow : workflows)
        for (const auto& row : workflow->rows())
            for (const std::string& gate : row.gates) check.code(gate);
    ask_for_notices(check, workflows);
    check.templates();
}

void warn_of_templates(const Catalogue& texts, std::span<const Workflow* const> workflows,
                       const std::string& folder, Faults& faults) {
    Faults missing;  // told by check_texts()
    TextCheck check(texts, folder, missing);
    ask_for_notices(check, workflows);
    missing.clear();
    check.unused();
    faults.insert(faults.end(), missing.begin(), missing.end());
}

}  // namespace jinqiao::config
