#include "adapters/cli/diff/diff_view.h"

#include <boost/json/array.hpp>
#include <set>

#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli::diff {

namespace json = boost::json;
using Kind = Difference::Kind;
using Time = Change::Time;

namespace {

constexpr std::size_t most_named = 10;  // cases of one change; --json has them all

std::string_view name(Kind kind) {
    return kind == Kind::due ? "due" : kind == Kind::told ? "told" : "owner";
}

std::string_view name(Time time) {
    switch (time) {
        case Time::same:
            return "same";
        case Time::sooner:
            return "sooner";
        case Time::later:
            return "later";
        case Time::begins:
            return "begins";
        case Time::ends:
            return "ends";
        case Time::oftener:
            return "oftener";
        case Time::rarer:
            return "rarer";
    }
    return "same";
}

json::value instant(const std::optional<Instant>& at) {
    if (!at) return nullptr;
    return json::value(engine::time::to_rfc3339(*at, std::chrono::minutes{480}));
}

json::value text(const std::string& value) {
    return value.empty() ? json::value(nullptr) : json::value(value);
}

json::array list_of(const std::vector<Change>& changes) {
    json::array out;
    for (const Change& change : changes) {
        json::array cases;
        for (const auto& [number, one] : change.cases)
            cases.push_back({{"number", number},
                             {"clock", text(one.clock)},
                             {"before_at", instant(one.at_before)},
                             {"after_at", instant(one.at_after)},
                             {"times_before", one.times_before},
                             {"times_after", one.times_after}});
        out.push_back({{"what", name(change.kind)},
                       {"change", name(change.time)},
                       {"clock", text(change.clock)},
                       {"event", text(change.event)},
                       {"rung", text(change.rung)},
                       {"before", text(change.before)},
                       {"after", text(change.after)},
                       {"count", change.cases.size()},
                       {"cases", std::move(cases)}});
    }
    return out;
}

class View {
  public:
    View(const Context& context, const Setup& setup)
        : context_(context),
          say_(context.speech),
          texts_(*setup.configuration.texts),
          language_(context.speech.language()) {
        std::vector<const engine::kernel::Workflow*> workflows;
        for (const auto& workflow : setup.workflows) workflows.push_back(workflow.get());
        labels_ = config::labels_of(workflows, setup.configuration.policies,
                                    setup.configuration.organisation);
    }

    void section(const char* code, const std::vector<Change>& changes, std::uint64_t cases,
                 std::uint64_t of) {
        context_.out << '\n'
                     << say_(code, {{"cases", std::to_string(cases)}, {"of", std::to_string(of)}})
                     << '\n';
        for (const Change& change : changes) {
            context_.out << say_("cli.diff.change", {{"count", std::to_string(count(change))},
                                                     {"what", printable(what(change))}})
                         << '\n';
            std::size_t named = 0;
            for (const auto& each : change.cases) {
                if (named++ == most_named) break;
                context_.out << "    " << printable(each.number) << "  " << moments(each.difference)
                             << '\n';
            }
            if (change.cases.size() > most_named)
                context_.out << "    "
                             << say_("cli.diff.more",
                                     {{"count", std::to_string(change.cases.size() - most_named)}})
                             << '\n';
        }
    }

  private:
    // A case may have the same change twice, such as two instalments.
    static std::size_t count(const Change& change) {
        std::set<std::string> numbers;
        for (const auto& each : change.cases) numbers.insert(each.number);
        return numbers.size();
    }

    std::string label(const std::string& kind, const std::string& id) const {
        const auto found = labels_.find(kind + ":" + id);
        return found == labels_.end() ? id : found->second.in(language_);
    }

    // "st.ack", or "asg.sign department:hrss".
    std::string clock(const std::string& name) const {
        const auto space = name.find(' ');
        const auto text = label("clock", name.substr(0, space));
        return space == std::string::npos ? text : text + " " + whom(name.substr(space + 1));
    }

    // "post:duty_desk file".
    std::string whom(const std::string& text) const {
        if (text.empty()) return say_("cli.diff.nobody");
        const auto space = std::min(text.find(' '), text.size());
        const auto colon = text.find(':');
        const auto id = text.substr(colon + 1, space - colon - 1);
        const auto channel = space < text.size() ? " (" + text.substr(space + 1) + ")" : "";
        return label(text.substr(0, colon), id) + channel;
    }

    std::string message(const Change& change) const {
        std::string said = texts_.text("notice." + change.event, language_);
        if (!change.rung.empty())
            said += say_("cli.preview.colon") + clock(change.clock) + say_("cli.preview.comma") +
                    texts_.text("rung." + change.rung, language_);
        return said;
    }

    std::string what(const Change& change) const {
        const std::string time =
            change.time == Time::same ? "" : say_("cli.diff." + std::string(name(change.time)));
        if (change.kind == Kind::due)
            return say_("cli.diff.due", {{"clock", clock(change.clock)}, {"time", time}});
        if (change.kind == Kind::owner)
            return say_("cli.diff.owner", {{"before", label("post", change.before)},
                                           {"after", label("post", change.after)}});
        if (change.before == change.after)
            return say_(
                "cli.diff.told",
                {{"message", message(change)}, {"whom", whom(change.after)}, {"time", time}});
        return say_("cli.diff.other", {{"message", message(change)},
                                       {"before", whom(change.before)},
                                       {"after", whom(change.after)}});
    }

    std::string moments(const Difference& one) const {
        const auto at = [&](const std::optional<Instant>& moment, int times) {
            if (!moment) return say_("cli.diff.never");
            auto text = config::word_instant(*moment, language_);
            if (times > 1) text += " ×" + std::to_string(times);
            return text;
        };
        if (one.kind == Kind::owner) return {};
        return at(one.at_before, one.times_before) + " → " + at(one.at_after, one.times_after);
    }

    const Context& context_;
    const Speech& say_;
    const config::Catalogue& texts_;
    engine::model::Language language_;
    config::Labels labels_;
};

}  // namespace

json::object as_json(const Takeover& takeover, Span span) {
    json::array cut(takeover.cut.begin(), takeover.cut.end());
    return {{"same", takeover.same()},
            {"from", instant(span.now)},
            {"until", instant(span.until)},
            {"cases", takeover.cases},
            {"changed_at_once", takeover.changed_at_once},
            {"changed_on_migration", takeover.changed_on_migration},
            {"situations", takeover.situations},
            {"changed_situations", takeover.changed_situations},
            {"at_once", list_of(takeover.at_once)},
            {"on_migration", list_of(takeover.on_migration)},
            {"new_cases", list_of(takeover.new_cases)},
            {"cut", std::move(cut)}};
}

void show(const Context& context, const Setup& setup, const Takeover& takeover, Span span) {
    const auto language = context.speech.language();
    context.out << context.speech("cli.diff.summary",
                                  {{"cases", std::to_string(takeover.cases)},
                                   {"situations", std::to_string(takeover.situations)},
                                   {"from", config::word_instant(span.now, language)},
                                   {"until", config::word_instant(span.until, language)}})
                << '\n';
    if (takeover.same()) {
        context.out << context.speech("cli.diff.same") << '\n';
        return;
    }
    View view(context, setup);
    if (takeover.cases > 0) {
        view.section("cli.diff.at_once", takeover.at_once, takeover.changed_at_once,
                     takeover.cases);
        view.section("cli.diff.on_migration", takeover.on_migration, takeover.changed_on_migration,
                     takeover.cases);
    }
    view.section("cli.diff.new_cases", takeover.new_cases, takeover.changed_situations,
                 takeover.situations);
    for (const auto& number : takeover.cut)
        context.err << context.speech("cli.diff.cut", {{"number", number}}) << '\n';
}

}  // namespace jinqiao::adapters::cli::diff
