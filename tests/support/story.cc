#include "tests/support/story.h"

#include <algorithm>
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
    const auto known = cases_.find(command.target.value);
    auto read = facts();
    if (more_facts) more_facts(command, read);
    auto verdict = kernel::decide(workflow, known == cases_.end() ? nullptr : &known->second,
                                  command, read, policy, calendar, now);
    if (auto* refused = std::get_if<model::Refusal>(&verdict)) {
        refusal = std::move(*refused);
        return false;
    }
    keep(std::move(std::get<kernel::Decision>(verdict)));
    return true;
}

void Story::keep(kernel::Decision decision) {
    auto& after = decision.after;
    if (after.number.empty()) after.number = "JQ-2026-" + std::to_string(cases_.size() + 1);
    if (first_.empty()) first_ = after.id.value;
    cases_[after.id.value] = after;
    events.insert(events.end(), decision.events.begin(), decision.events.end());
    notices.insert(notices.end(), decision.notices.begin(), decision.notices.end());
    if (watch) watch(decision);
    // A follow-up that is refused undoes the command that asked for it; no test story wants that.
    for (const auto& follow_up : decision.follow_ups)
        if (!send(follow_up)) std::abort();
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
        if (!send(kernel::timer_command(of, *next))) std::abort();
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
