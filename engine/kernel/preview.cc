#include "engine/kernel/preview.h"

#include <algorithm>
#include <array>

#include "engine/kernel/refuse.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Notice;

namespace {

// What happens to a case that a reader of a timeline wants to see between the messages.
constexpr std::array<std::string_view, 9> worth_telling = {
    "due_passed",  "owner_changed", "grade_raised", "handover_offered", "handover_lapsed",
    "unreachable", "state_changed", "ended",        "undeliverable"};

class Scribe {
  public:
    explicit Scribe(Preview& into) : into_(into) {}

    void see(const Decision& decision, time::Instant at) {
        for (const auto& event : decision.events)
            if (std::find(worth_telling.begin(), worth_telling.end(), event.name) !=
                worth_telling.end())
                happened(event, at);
        for (const auto& notice : decision.notices) told(decision, notice, at);
    }

  private:
    void happened(const model::Event& event, time::Instant at) {
        if (auto* same = same_deadline(event, at)) {
            ++same->times;
            return;
        }
        PreviewLine line;
        line.at = line.last = at;
        line.event = event.name;
        line.data = event.data;
        into_.lines.push_back(std::move(line));
    }

    void told(const Decision& decision, const Notice& notice, time::Instant at) {
        PreviewLine line;
        line.at = line.last = at;
        line.event = notice.event;
        line.data = notice.vars;
        line.notice = notice;
        line.clock = text(notice.vars, "clock");
        line.rung = text(notice.vars, "rung");
        line.why = notice.reason;
        for (const auto& assignment : decision.after.assignments)
            if (assignment.id == notice.assignment) line.sign = assignment.needs_sign;
        for (const auto& event : decision.events)
            if (line.why.empty() && event.name == "told" &&
                text(event.data, "to") == notice.addressee.text())
                line.why = text(event.data, "why");
        if (auto* first = same_rung(line)) {
            ++first->times;
            first->last = at;
        } else {
            into_.lines.push_back(std::move(line));
        }
    }

    // Sixteen departments that have not signed by now are one line.
    PreviewLine* same_deadline(const model::Event& event, time::Instant at) {
        if (event.name != "due_passed") return nullptr;
        for (auto line = into_.lines.rbegin(); line != into_.lines.rend() && line->at == at; ++line)
            if (line->event == event.name && clock_name(line->data) == clock_name(event.data))
                return &*line;
        return nullptr;
    }

    static std::string clock_name(const json::object& data) {
        const auto key = text(data, "clock");
        return key.substr(0, key.find('#'));
    }

    PreviewLine* same_rung(const PreviewLine& line) {
        if (line.rung.empty()) return nullptr;
        const auto same = [&](const PreviewLine& known) {
            return known.notice && known.rung == line.rung && known.clock == line.clock &&
                   known.event == line.event && known.notice->addressee == line.notice->addressee &&
                   known.notice->channel == line.notice->channel &&
                   known.notice->grade == line.notice->grade;
        };
        const auto found = std::find_if(into_.lines.rbegin(), into_.lines.rend(), same);
        return found == into_.lines.rend() ? nullptr : &*found;
    }

    Preview& into_;
};

void note_lacking(const model::Case& kase, const Trial& trial, const policy::Directory& directory,
                  std::vector<std::string>& into) {
    for (auto& word : lacking(kase, directory, trial.now()))
        if (std::find(into.begin(), into.end(), word) == into.end())
            into.push_back(std::move(word));
}

std::optional<model::Refusal> carry_out(Trial& trial, const model::CaseId& id, const Deed& deed,
                                        const policy::Directory& directory) {
    return trial.send(command_of(deed, trial.cases().at(id), directory, trial.now()));
}

}  // namespace

Preview preview(const Trial::World& world, const Situation& situation) {
    Preview out;
    Scribe scribe(out);
    const model::CaseId id{"preview"};
    Trial trial(world, situation.at,
                [&](const model::Command&, const Decision& decision, time::Instant at) {
                    scribe.see(decision, at);
                });
    model::Command file;
    file.target = id;
    file.name = "file";
    file.payload = situation.alert;
    file.actor = situation.filer;
    out.refusal = trial.send(file);
    if (out.refusal) return out;
    out.filed = trial.cases().at(id);

    const auto until = situation.at + situation.horizon;
    std::size_t fired = 0;
    const auto live_until = [&](time::Instant at) {
        for (auto next = trial.next(); next && *next <= at; next = trial.next()) {
            if (fired++ == most_timers || !trial.ring()) return false;
            note_lacking(trial.cases().at(id), trial, *world.directory, out.lacked);
        }
        trial.set(at);
        return true;
    };
    note_lacking(out.filed, trial, *world.directory, out.lacked);
    for (std::size_t i = 0; i < situation.deeds.size() && !out.cut; ++i) {
        const auto& deed = situation.deeds[i];
        if (situation.at + deed.after > until) break;
        out.cut = !live_until(situation.at + deed.after);
        if (auto refusal = carry_out(trial, id, deed, *world.directory))
            out.refused.emplace_back(i, std::move(*refusal));
    }
    out.cut = out.cut || !live_until(until);
    out.after = trial.cases().at(id);
    return out;
}

}  // namespace jinqiao::engine::kernel
