#include "adapters/http/deadlines.h"

#include <algorithm>

#include "adapters/http/rights.h"
#include "engine/policy/policy.h"

namespace jinqiao::adapters::http {

using engine::model::Assignment;
using engine::model::Case;
using engine::model::Clock;
using engine::model::ClockState;
using engine::model::Message;
using engine::model::PostId;

namespace {

class DeadlineReader {
  public:
    DeadlineReader(const Case& kase, const Lens& lens) : kase_(kase), lens_(lens) {}

    bool keeps(const Clock& clock) const {
        if (clock.name == "st.handover") return kase_.offer && mine(kase_.offer->to);
        if (clock.subject.empty()) return mine(kase_.owner.post);
        for (const auto& assignment : kase_.assignments) {
            if (assignment.id.value == clock.subject && clock.name == "asg.sign")
                return for_me(assignment);
            // Who is competent is asked of others than those who sent it back.
            if (assignment.task == "competence" && assignment.about == clock.subject &&
                for_me(assignment))
                return true;
        }
        if (clock.name.starts_with("asg.")) return false;
        for (const auto& request : kase_.requests)
            if (request.id.value == clock.subject) return mine(request.approver);
        return mine(kase_.owner.post);  // an instalment, a second application
    }

  private:
    bool mine(const PostId& post) const {
        return serves(lens_.account.person, post, *lens_.world->directory, lens_.now);
    }
    bool for_me(const Assignment& assignment) const {
        return is_for(assignment.addressee, lens_.account, *lens_.world->directory, lens_.now);
    }

    const Case& kase_;
    const Lens& lens_;
};

// When it was over. What only tells people how long they have (ClockClass::reference) is never
// settled, and is nobody's any more when the case has ended.
std::optional<engine::time::Instant> end_of(const Clock& clock, const Case& kase) {
    if (!clock.open()) return clock.ended_at;
    if (!kase.open && clock.cls == engine::model::ClockClass::reference) return kase.ended_at;
    return {};
}

std::string words_of(const Clock& clock, const Case& kase, const Lens& lens) {
    const auto* policy = lens.policy(kase.workflow);
    const auto* rule = policy ? policy->clock(clock.name) : nullptr;
    return rule ? rule->label.in(lens.language) : clock.name;
}

std::string summary_of(const Clock& clock, const Case& kase, const Lens& lens) {
    const auto grade = "grade." + std::string(engine::model::name(kase.grade.effective));
    auto text = lens.words->text(Message{"calendar.summary",
                                         {{"grade", lens.say(grade)},
                                          {"number", kase.number},
                                          {"clock", words_of(clock, kase, lens)}}},
                                 lens.language);
    if (kase.exercise) text = lens.say("page.exercise") + text;
    return end_of(clock, kase) ? lens.say("calendar.over") + text : text;
}

std::string description_of(const Clock& clock, const Lens& lens) {
    std::string text;
    if (!clock.source.empty())
        text =
            lens.words->text(Message{"calendar.basis", {{"basis", clock.source}}}, lens.language) +
            "\n";
    if (clock.state == ClockState::suspended) text += lens.say("calendar.suspended") + "\n";
    if (clock.due.provisional) text += lens.say("calendar.provisional") + "\n";
    return text + lens.say("calendar.note");
}

// Reminders of what is over, or was due before anybody subscribed, would all ring at once.
std::optional<std::chrono::seconds> alarm_of(const Clock& clock, const Case& kase,
                                             const CalendarSettings& settings) {
    const auto found = settings.alarms.find(kase.grade.effective);
    if (found == settings.alarms.end() || found->second.count() <= 0) return {};
    if (clock.state != ClockState::running || end_of(clock, kase)) return {};
    return found->second;
}

CalendarEntry entry_of(const Clock& clock, const Case& kase, const Lens& lens,
                       const CalendarSettings& settings) {
    using Status = CalendarEntry::Status;
    CalendarEntry entry;
    entry.uid = kase.id.value + "/" + clock.key() + "@jinqiao";
    // The version rises with every clock of the case that moves; those of assignments move without
    // it, but never without a row of history.
    entry.sequence = clock.name.starts_with("asg.") ? kase.seq : kase.version;
    const auto ended = end_of(clock, kase);
    entry.stamp = ended.value_or(clock.from);
    entry.due = clock.due.at;
    entry.summary = summary_of(clock, kase, lens);
    entry.description = description_of(clock, lens);
    const bool firm = clock.state != ClockState::suspended && !clock.due.provisional;
    entry.status = ended ? Status::cancelled : firm ? Status::confirmed : Status::tentative;
    entry.alarm = alarm_of(clock, kase, settings);
    return entry;
}

}  // namespace

std::vector<CalendarEntry> deadlines_of(const Case& kase, const Lens& lens,
                                        const CalendarSettings& settings) {
    const DeadlineReader reader(kase, lens);
    std::vector<CalendarEntry> out;
    for (const auto& clock : kase.clocks) {
        const auto ended = end_of(clock, kase);
        if (ended ? *ended + settings.cancelled_kept <= lens.now : !clock.open()) continue;
        if (!reader.keeps(clock)) continue;
        auto entry = entry_of(clock, kase, lens, settings);
        // One that began anew is the same deadline, later.
        std::erase_if(out, [&](const auto& known) { return known.uid == entry.uid; });
        out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace jinqiao::adapters::http
