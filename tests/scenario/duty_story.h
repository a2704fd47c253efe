#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "adapters/store/memory/memory_store.h"
#include "engine/runtime/core.h"
#include "tests/support/builders.h"
#include "tests/support/manual_clock.h"
#include "tests/support/plain_renderer.h"
#include "tests/support/recording_notifier.h"
#include "tests/support/seeded_ids.h"

namespace jinqiao::tests {

// Posts, people and deputies told as a timeline, on the whole of the program but its threads:
// store, committer's core, timers, the directory's own boundaries and deliveries, under a clock set
// by hand. The cases are requests for leave (tests/support/leave_setting.h): 5 days make yellow, 10
// orange, 20 red.
//
//   post           people, first one first       stands in
//   desk           wang, li, hu                  second_desk (zhao), whose deputy is third_desk
//   (zheng) chief          qian, feng                    leader (zhou) fallback_desk  wu -
//   union_chair    chen                          natural pair with secretary (xu)
//   desk_union, desk_hr, desk_police             tao, he, pan
//
// No desk has a mailbox, so that each message shows which person it went to.
class DutyStory : public ::testing::Test {
  protected:
    DutyStory();

    engine::policy::Directory people;  // until open(); later changes go through change()
    RecordingNotifier channel;

    void open(const std::string& shanghai);  // the program starts
    // Turns the clock to this time; what comes due on the way happens at its instant.
    void at(const std::string& shanghai);
    void switch_off_until(const std::string& shanghai);  // nothing happens meanwhile
    void restart();                                      // a killed and restarted program

    // A change of the directory by the administrator. What was said to be done must be accepted.
    void change(const std::string& kind, const std::string& json);
    void refused(const std::string& field, const std::string& kind, const std::string& json);

    engine::model::CaseId file(int days = 3, const std::string& enterprise = "ent-1");
    void act(const std::string& who, const std::string& action, const engine::model::CaseId& id,
             const std::string& json = "{}");
    std::string refusal_of(const std::string& who, const std::string& action,
                           const engine::model::CaseId& id, const std::string& json = "{}");
    engine::model::Case kase(const engine::model::CaseId& id);

    std::vector<std::string> acting(const std::string& post);  // now, in order
    // Messages of an event as they went out, "03-03 08:00 wang"; "" for all of them.
    std::vector<std::string> sent(const std::string& event);
    std::size_t rows(const std::string& stream);
    bool recorded(const std::string& stream, const std::string& event);
    const engine::policy::Directory& directory();

    using Lines = std::vector<std::string>;

  private:
    struct Sent {
        engine::time::Instant at;
        std::string event, address;
    };
    engine::runtime::Answer submit(engine::runtime::Submission submission);
    engine::runtime::Answer change_answer(const std::string& kind, const std::string& json);
    engine::runtime::Answer answer(const std::string& who, const std::string& action,
                                   const engine::model::CaseId& id, const std::string& json);
    void settle();  // everything that is due at this instant
    void send_all();

    adapters::store::memory::MemoryStore store_;
    ManualClock clock_;
    SeededIds ids_;
    PlainRenderer renderer_;
    std::unique_ptr<engine::runtime::WorldHolder> world_;
    std::unique_ptr<engine::runtime::Core> core_;
    std::unique_ptr<engine::kernel::Workflow> workflow_;
    std::vector<Sent> sent_;
};

}  // namespace jinqiao::tests
