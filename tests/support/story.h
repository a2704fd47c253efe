#pragma once
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "engine/kernel/decide.h"
#include "engine/time/calendar.h"

namespace jinqiao::engine::model {

template <class Tag>
void PrintTo(const Id<Tag>& id, std::ostream* out) {
    *out << '"' << id.value << '"';
}

}  // namespace jinqiao::engine::model

namespace jinqiao::tests {

// The kernel told as a timeline of "at" and "expect". Keeps the cases and does by hand what the
// committer does: allots numbers, carries out follow-ups, fires the timers that a case asked for.
// There is no store, no thread and no clock but `now`. Policy, directory and calendar may be
// changed between two steps, as in life.
class Story {
  public:
    Story(const engine::kernel::Workflow& workflow, engine::policy::Policy policy,
          engine::policy::Directory directory, engine::time::Calendar calendar);

    const engine::kernel::Workflow& workflow;
    engine::policy::Policy policy;
    engine::policy::Directory directory;
    engine::time::Calendar calendar;
    engine::time::Instant now;

    // What has happened so far, oldest first.
    std::vector<engine::model::Event> events;
    std::vector<engine::model::Notice> notices;
    engine::model::Refusal refusal;  // of the last command that was refused
    bool deliver = true;             // notices reach their addressee at once

    void at(const std::string& shanghai);
    engine::kernel::Facts facts() const;

    // Each returns whether it was carried out; if not, see `refusal`.
    bool file(boost::json::object payload, const engine::model::Actor& actor);
    bool act(const engine::model::Actor& actor, const std::string& name,
             boost::json::object payload = {});
    bool by_engine(const std::string& name, boost::json::object payload = {});
    bool send(const engine::model::Command& command);

    // Turns the clock to this time, firing each timer at its instant on the way.
    void run_until(const std::string& shanghai);
    void run_until(engine::time::Instant until);

    engine::model::Case& kase();  // the first one filed
    engine::model::Case& kase(const std::string& id);
    std::size_t cases() const { return cases_.size(); }

    // Short questions for expectations.
    const engine::model::Clock& clock(const std::string& name,
                                      const std::string& subject = {});  // latest instance
    engine::time::Instant due(const std::string& clock);
    std::vector<std::string> rungs() const;  // "st.ask#1/0/half/2": clock, epoch, rung, repeat
    std::size_t count(const std::string& event) const;
    std::vector<std::string> told(const std::string& event) const;  // addressees of its notices
    const engine::model::Assignment* assignment(const std::string& addressee,
                                                const std::string& task);
    std::string reason() const;  // the first reason code of the last refusal
    std::vector<std::string> lacking();

    // Called after every command that was carried out.
    std::function<void(const engine::kernel::Decision&)> watch;
    // What other records say, for workflows that ask: fills in more of what a decision reads.
    std::function<void(const engine::model::Command&, engine::kernel::Facts&)> more_facts;

    const std::map<std::string, engine::model::Case>& all_cases() const { return cases_; }

  private:
    std::map<std::string, engine::model::Case> cases_;
    std::string first_;

    bool decide(const engine::model::Command& command,
                std::map<std::string, engine::model::Case>& staged,
                std::vector<engine::kernel::Decision>& decisions);
    void keep(engine::kernel::Decision decision);
    void deliver_all(const std::vector<engine::model::Notice>& fresh);
};

}  // namespace jinqiao::tests
