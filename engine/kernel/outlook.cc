#include "engine/kernel/outlook.h"

#include <algorithm>

#include "engine/kernel/refuse.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Case;
using model::Clock;
using model::Command;
using time::Instant;

namespace {

// Ids of assignments depend on how many there were before; whom they are for does not.
std::string name_of(const Case& kase, const Clock& clock) {
    if (!clock.name.starts_with("asg.")) return clock.key();
    for (const auto& assignment : kase.assignments)
        if (assignment.id.value == clock.subject)
            return clock.name + " " + assignment.addressee.text();
    return clock.name;
}

void note_dues(const Case& kase, Outlook& into) {
    for (const auto& clock : kase.clocks)
        if (clock.open()) into.dues[name_of(kase, clock)] = clock.due.at;
}

void note_message(const model::Notice& notice, Ringing when, Outlook& into) {
    const Foretold key{notice.event, text(notice.vars, "clock"), text(notice.vars, "rung"),
                       notice.addressee.text(), notice.channel};
    auto [entry, fresh] = into.messages.try_emplace(key, Ringing{when.first, when.last, 0});
    entry->second.last = std::max(entry->second.last, when.last);
    entry->second.times += when.times;
}

// False: it would go on for longer than anybody would read.
bool ring_until(Trial& trial, Instant until) {
    std::size_t fired = 0;
    for (auto next = trial.next(); next && *next <= until; next = trial.next())
        if (fired++ == most_timers || !trial.ring()) return false;
    return true;
}

}  // namespace

Case caught_up(const Trial::World& world, Case kase, Instant now) {
    const auto id = kase.id;
    Trial trial(world, now);
    trial.take(std::move(kase));
    (void)ring_until(trial, now);
    return trial.cases().at(id);
}

Outlook outlook(const Trial::World& world, Case kase, std::vector<Command> first, Instant now,
                Instant until) {
    Outlook out;
    const auto id = kase.id;
    note_dues(kase, out);
    Trial trial(world, now, [&](const Command& command, const Decision& decision, Instant at) {
        if (command.target != id) return;
        note_dues(decision.after, out);
        for (const auto& notice : decision.notices) note_message(notice, {at, at, 1}, out);
    });
    trial.take(std::move(kase));
    for (const auto& command : first) (void)trial.send(command);
    out.cut = !ring_until(trial, until);
    out.owner = trial.cases().at(id).owner.post;
    return out;
}

Outlook outlook(const Preview& preview) {
    Outlook out;
    note_dues(preview.filed, out);
    note_dues(preview.after, out);
    for (const auto& line : preview.lines)
        if (line.notice) note_message(*line.notice, {line.at, line.last, line.times}, out);
    out.owner = preview.after.owner.post;
    out.cut = preview.cut;
    return out;
}

namespace {

using Kind = Difference::Kind;

void compare_dues(const Outlook& before, const Outlook& after, std::vector<Difference>& out) {
    const auto missing = [](const Outlook& in, const std::string& clock) {
        return !in.dues.contains(clock);
    };
    const auto add = [&](const std::string& clock) {
        Difference one{Kind::due, clock, {}, {}, {}, {}, {}, {}};
        if (!missing(before, clock)) one.at_before = before.dues.at(clock);
        if (!missing(after, clock)) one.at_after = after.dues.at(clock);
        if (one.at_before != one.at_after) out.push_back(std::move(one));
    };
    for (const auto& [clock, due] : before.dues) add(clock);
    for (const auto& [clock, due] : after.dues)
        if (missing(before, clock)) add(clock);
}

std::string whom(const Foretold& told) {
    return told.channel.empty() ? told.to : told.to + " " + told.channel;
}

Difference told(const Foretold& key) {
    return {Kind::told, key.clock, key.event, key.rung, {}, {}, {}, {}};
}

bool same(const Ringing& a, const Ringing& b) { return a.first == b.first && a.times == b.times; }

void compare_messages(const Outlook& before, const Outlook& after, std::vector<Difference>& out) {
    std::vector<Difference> gone, come;
    for (const auto& [key, was] : before.messages) {
        const auto found = after.messages.find(key);
        if (found != after.messages.end() && same(was, found->second)) continue;
        Difference one = told(key);
        one.before = whom(key);
        one.at_before = was.first;
        one.times_before = was.times;
        if (found != after.messages.end()) {
            one.after = one.before;
            one.at_after = found->second.first;
            one.times_after = found->second.times;
            out.push_back(std::move(one));
        } else {
            gone.push_back(std::move(one));
        }
    }
    for (const auto& [key, is] : after.messages) {
        if (before.messages.contains(key)) continue;
        const auto instead = std::find_if(gone.begin(), gone.end(), [&](const Difference& one) {
            return one.after.empty() && one.clock == key.clock && one.event == key.event &&
                   one.rung == key.rung && one.at_before == is.first;
        });
        Difference fresh = told(key);
        Difference& one = instead != gone.end() ? *instead : fresh;
        one.after = whom(key);
        one.at_after = is.first;
        one.times_after = is.times;
        if (instead == gone.end()) come.push_back(std::move(fresh));
    }
    std::move(gone.begin(), gone.end(), std::back_inserter(out));
    std::move(come.begin(), come.end(), std::back_inserter(out));
}

Instant begins(const Difference& one) {
    const auto never = Instant::max();
    return std::min(one.at_before.value_or(never), one.at_after.value_or(never));
}

}  // namespace

std::vector<Difference> differences(const Outlook& before, const Outlook& after) {
    std::vector<Difference> out;
    compare_dues(before, after, out);
    compare_messages(before, after, out);
    if (before.owner != after.owner)
        out.push_back({Kind::owner, {}, {}, {}, before.owner.value, after.owner.value, {}, {}});
    std::stable_sort(out.begin(), out.end(), [](const Difference& a, const Difference& b) {
        return begins(a) < begins(b);
    });
    return out;
}

}  // namespace jinqiao::engine::kernel
