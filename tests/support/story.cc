#include "tests/support/story.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace json = boost::json;
namespace kernel = engine::kernel;
namespace model = engine::model;
namespace time = engine::time;

namespace {

std::string word(const json::object& from, std::string_view key) {
    return std::string(from.at(key).as_string());
}

// What must not happen in any story ends the run, but not without a word.
[[noreturn]] void says_why(const std::string& what, const model::Refusal& refusal) {
    std::fprintf(stderr, "%s was refused:", what.c_str());
    for (const auto& reason : refusal.reasons) {
        std::fprintf(stderr, " %s", reason.code.c_str());
        for (const auto& [name, value] : reason.args)
            std::fprintf(stderr, " %s=%s", name.c_str(), value.c_str());
    }
    std::fprintf(stderr, "\n");
    std::abort();
}

}  // namespace

Story::Story(const kernel::Workflow& workflow_, engine::policy::Policy policy_,
             engine::policy::Directory directory_, time::Calendar calendar_)
    : workflow(workflow_),
      policy(std::move(policy_)),
      directory(std::move(directory_)),
      calendar(std::move(calendar_)) {}

void Story::at(const std::string& shanghai) { now = time::testing::at(shanghai); }

kernel::Facts Story::facts() const {
    kernel::Facts out;
    out.directory = &directory;
    return out;
}

bool Story::file(json::object payload, const model::Actor& actor) {
    model::Command command;
    command.target = model::CaseId{"case" + std::to_string(cases_.size() + 1)};
    command.name = "file";
    command.payload = std::move(payload);
    command.actor = actor;
    return send(command);
}

bool Story::act(const model::Actor& actor, const std::string& name, json::object payload) {
    model::Command command;
    command.target = model::CaseId{first_};
    command.name = name;
    command.payload = std::move(payload);
    command.actor = actor;
    return send(command);
}

bool Story::by_engine(const std::string& name, json::object payload) {
    return act(model::Actor::engine(), name, std::move(payload));
}

bool Story::send(const model::Command& command) {
    std::map<std::string, model::Case> staged;
    std::vector<kernel::Decision> decisions;
    if (!decide(command, staged, decisions)) return false;
    for (auto& decision : decisions) keep(std::move(decision));
    return true;
}

// One transaction: a follow-up that is refused undoes the command that asked for it.
bool Story::decide(const model::Command& command, std::map<std::string, model::Case>& staged,
                   std::vector<kernel::Decision>& decisions) {
    const auto& id = command.target.value;
    const auto known = cases_.find(id);
    const auto fresh = staged.find(id);
    const model::Case* before = fresh != staged.end()   ? &fresh->second
                                : known != cases_.end() ? &known->second
                                                        : nullptr;
    auto read = facts();
    if (more_facts) more_facts(command, read);
    auto verdict = kernel::decide(workflow, before, command, read, policy, calendar, now);
    if (auto* refused = std::get_if<model::Refusal>(&verdict)) {
        refusal = std::move(*refused);
        return false;
    }
    auto& decision = std::get<kernel::Decision>(verdict);
    if (decision.after.number.empty())
        decision.after.number = "JQ-2026-" + std::to_string(cases_.size() + staged.size() + 1);
    staged[id] = decision.after;
    const auto follow_ups = decision.follow_ups;
    decisions.push_back(std::move(decision));
    return std::all_of(follow_ups.begin(), follow_ups.end(),
                       [&](const auto& follow_up) { return decide(follow_up, staged, decisions); });
}

void Story::keep(kernel::Decision decision) {
    const auto& after = decision.after;
    if (first_.empty()) first_ = after.id.value;
    cases_[after.id.value] = after;
    events.insert(events.end(), decision.events.begin(), decision.events.end());
    notices.insert(notices.end(), decision.notices.begin(), decision.notices.end());
    if (watch) watch(decision);
    if (deliver) deliver_all(decision.notices);
}

void Story::deliver_all(const std::vector<model::Notice>& fresh) {
    for (const auto& notice : fresh) {
        if (notice.assignment.empty()) continue;
        model::Command command;
        command.target = notice.kase;
        command.name = "delivered";
        command.payload = {{"assignment", notice.assignment.value}};
        const auto kept = refusal;
        if (!send(command)) refusal = kept;  // delivered before: no news
    }
}

void Story::run_until(const std::string& shanghai) { run_until(time::testing::at(shanghai)); }

void Story::run_until(time::Instant until) {
    for (;;) {
        std::optional<kernel::Timer> next;
        model::CaseId of;
        for (const auto& [id, kase] : cases_)
            for (const auto& timer : kernel::timers(kase))
                if (timer.at <= until && (!next || timer.at < next->at)) {
                    next = timer;
                    of = kase.id;
                }
        if (!next) break;
        now = std::max(now, next->at);
        // A timer that is due and does nothing would come again for ever.
        if (!send(kernel::timer_command(of, *next))) says_why(next->slot, refusal);
    }
    now = std::max(now, until);
}

model::Case& Story::kase() { return kase(first_); }
model::Case& Story::kase(const std::string& id) { return cases_.at(id); }

const model::Clock& Story::clock(const std::string& name, const std::string& subject) {
    const auto* found = kase().clock(name, subject);
    static const model::Clock none;
    return found ? *found : none;
}

time::Instant Story::due(const std::string& name) { return clock(name).due.at; }

std::vector<std::string> Story::rungs() const {
    std::vector<std::string> out;
    for (const auto& event : events)
        if (event.name == "rung")
            out.push_back(word(event.data, "clock") + "/" +
                          std::to_string(event.data.at("epoch").as_int64()) + "/" +
                          word(event.data, "rung") + "/" +
                          std::to_string(event.data.at("repeat").as_int64()));
    return out;
}

std::size_t Story::count(const std::string& name) const {
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [&](const auto& e) { return e.name == name; }));
}

std::vector<std::string> Story::told(const std::string& event) const {
    std::vector<std::string> out;
    for (const auto& notice : notices)
        if (notice.event == event) out.push_back(notice.addressee.text());
    return out;
}

const model::Assignment* Story::assignment(const std::string& addressee, const std::string& task) {
    const model::Assignment* found = nullptr;
    for (const auto& assignment : kase().assignments)
        if (assignment.addressee.text() == addressee && assignment.task == task)
            found = &assignment;
    return found;
}

std::string Story::reason() const {
    return refusal.reasons.empty() ? std::string() : refusal.reasons.front().code;
}

std::vector<std::string> Story::lacking() { return kernel::lacking(kase(), directory, now); }

}  // namespace jinqiao::tests
