#include "adapters/cli/preview_view.h"

#include <boost/json/array.hpp>

#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli {

namespace json = boost::json;
using engine::kernel::Preview;
using engine::kernel::PreviewLine;
using engine::time::Instant;

namespace {

std::string string_at(const json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// "+8 min", "+3 h 20 min", "+2 d 4 h": short, and good enough to find one's way.
std::string since(Instant from, Instant at, const Speech& speech) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at - from).count();
    const auto days = minutes / (24 * 60), hours = minutes / 60 % 24, rest = minutes % 60;
    const auto part = [&](std::int64_t n, const char* unit) {
        return speech(std::string("cli.preview.") + unit, {{"n", std::to_string(n)}});
    };
    if (days > 0) return "+" + part(days, "d") + (hours > 0 ? " " + part(hours, "h") : "");
    if (hours > 0) return "+" + part(hours, "h") + (rest > 0 ? " " + part(rest, "min") : "");
    return "+" + part(rest, "min");
}

// Words for one preview, in one language.
class Wording {
  public:
    Wording(const Context& context, const Setup& setup)
        : context_(context),
          texts_(*setup.configuration.texts),
          language_(context.speech.language()) {
        std::vector<const engine::kernel::Workflow*> workflows;
        for (const auto& workflow : setup.workflows) workflows.push_back(workflow.get());
        labels_ = config::labels_of(workflows, setup.configuration.policies,
                                    setup.configuration.organisation);
    }

    std::string label(const std::string& kind, const std::string& id) const {
        const auto found = labels_.find(kind + ":" + id);
        return found == labels_.end() ? id : found->second.in(language_);
    }

    std::string addressee(const PreviewLine& line) const {
        const auto& to = line.notice->addressee;
        const std::string kind(engine::model::name(to.kind));
        std::string text = label(kind, to.id);
        const auto& person = line.notice->person.value;
        if (!person.empty() && person != to.id) text += " (" + person + ")";
        return text;
    }

    std::string what(const PreviewLine& line) const {
        if (!line.notice)
            return happening(line) + (line.times == 1 ? "" : " ×" + std::to_string(line.times));
        std::string text = texts_.text("notice." + line.event, language_);
        if (!line.rung.empty())
            text += context_.speech("cli.preview.colon") + label("clock", line.clock) +
                    context_.speech("cli.preview.comma") +
                    texts_.text("rung." + line.rung, language_);
        return text + held(line) + repeated(line);
    }

    std::string why(const PreviewLine& line) const {
        constexpr std::string_view from = "from:";
        if (line.why.starts_with(from))
            return context_.speech(
                "cli.preview.from",
                {{"grade", texts_.text("grade." + line.why.substr(from.size()), language_)}});
        if (line.why == "condition") return context_.speech("cli.preview.condition");
        return line.why;
    }

  private:
    std::string happening(const PreviewLine& line) const {
        const auto clock = string_at(line.data, "clock");
        const auto grade = string_at(line.data, "to");
        return context_.speech(
            "cli.preview." + line.event,
            {{"clock", label("clock", clock.substr(0, clock.find('#')))},
             {"post", label("post", string_at(line.data, "to"))},
             {"state", label("state", string_at(line.data, "to"))},
             {"grade", grade.empty() ? grade : texts_.text("grade." + grade, language_)},
             {"who", string_at(line.data, "addressee")}});
    }

    // Quiet hours: it is on its way and waits for the morning.
    std::string held(const PreviewLine& line) const {
        if (!line.notice->not_before) return {};
        return context_.speech(
            "cli.preview.held",
            {{"until", config::word_instant(*line.notice->not_before, language_)}});
    }

    std::string repeated(const PreviewLine& line) const {
        if (line.times == 1) return {};
        return context_.speech("cli.preview.again",
                               {{"times", std::to_string(line.times)},
                                {"last", config::word_instant(line.last, language_)}});
    }

    const Context& context_;
    const config::Catalogue& texts_;
    engine::model::Language language_;
    config::Labels labels_;
};

}  // namespace

std::vector<PreviewRow> preview_rows(const Context& context, const Setup& setup,
                                     const Preview& preview) {
    const Wording wording(context, setup);
    std::vector<PreviewRow> rows;
    for (const auto& line : preview.lines) {
        PreviewRow row;
        row.at = line.at;
        row.time = config::word_instant(line.at, context.speech.language());
        row.since = since(preview.filed.filed_at, line.at, context.speech);
        if (line.notice) {
            row.who = wording.addressee(line);
            row.channel = line.notice->channel;
        }
        row.what = wording.what(line);
        row.why = wording.why(line);
        row.sign = line.sign;
        rows.push_back(std::move(row));
    }
    return rows;
}

void show_preview(const Context& context, const Setup& setup, const Preview& preview) {
    const auto& texts = *setup.configuration.texts;
    const auto language = context.speech.language();
    context.out << context.speech("cli.head.grade") << ": "
                << texts.grade(preview.filed.grade.effective, language) << '\n';
    for (const auto& reason : preview.filed.grade.reasons)
        context.out << "  - " << printable(reason.text.in(language)) << '\n';
    context.out << '\n';
    std::vector<std::string> head;
    for (const char* name : {"at", "since", "addressee", "channel", "event", "sign", "why"})
        head.push_back(context.speech(std::string("cli.head.") + name));
    Table table(std::move(head));
    for (const auto& row : preview_rows(context, setup, preview))
        table.add({row.time, row.since, row.who, row.channel, row.what,
                   row.sign ? context.speech("cli.preview.sign") : "", row.why});
    table.print(context.out);
    if (preview.cut) context.out << context.speech("cli.preview.cut") << '\n';
    for (const auto& word : preview.lacked)
        context.out << context.speech("cli.preview.lacked", {{"what", word}}) << '\n';
}

json::object preview_json(const Context& context, const Setup& setup, const Preview& preview) {
    json::array lines;
    const auto rows = preview_rows(context, setup, preview);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& line = preview.lines[i];
        json::object item{{"at", engine::time::to_rfc3339(line.at, std::chrono::minutes{480})},
                          {"event", line.event},
                          {"text", rows[i].what}};
        if (line.notice) {
            item["addressee"] = line.notice->addressee.text();
            item["person"] = line.notice->person.value;
            item["channel"] = line.notice->channel;
            item["sign"] = line.sign;
            item["why"] = line.why;
            if (line.notice->not_before)
                item["held_until"] =
                    engine::time::to_rfc3339(*line.notice->not_before, std::chrono::minutes{480});
        }
        if (!line.rung.empty()) {
            item["clock"] = line.clock;
            item["rung"] = line.rung;
            item["times"] = line.times;
            item["last"] = engine::time::to_rfc3339(line.last, std::chrono::minutes{480});
        }
        lines.push_back(std::move(item));
    }
    json::array lacked;
    for (const auto& word : preview.lacked) lacked.emplace_back(word);
    return {{"grade", engine::model::name(preview.filed.grade.effective)},
            {"lines", std::move(lines)},
            {"lacked", std::move(lacked)},
            {"cut", preview.cut}};
}

}  // namespace jinqiao::adapters::cli
