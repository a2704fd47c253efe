#pragma once
#include <gtest/gtest.h>

#include <string>

#include "adapters/store/memory/memory_store.h"
#include "engine/runtime/core.h"
#include "tests/support/leave_setting.h"
#include "tests/support/manual_clock.h"
#include "tests/support/plain_renderer.h"
#include "tests/support/seeded_ids.h"

// The office of tests/support/leave_setting.h with a store, a clock and a core: what the tests of
// the runtime have in common. Tue 2026-03-03 10:00 Shanghai time; the enterprise ent-1 is known.
namespace jinqiao::tests {

namespace model = engine::model;
namespace ports = engine::ports;
namespace runtime = engine::runtime;
namespace time = engine::time;

runtime::World office_world();
runtime::CoreSettings office_settings();

// Parts of the core over borrowed pieces.
struct OfficeParts {
    adapters::store::memory::MemoryStore store;
    ManualClock clock;
    SeededIds ids;
    PlainRenderer renderer;
    runtime::WorldHolder world{office_world()};

    OfficeParts();
    runtime::Core::Parts parts();
};

model::Command command(const std::string& name, const model::CaseId& target,
                       boost::json::object payload, const model::Actor& actor);
// A request for so many days, filed by chen.
model::Command filing(int days, boost::json::object more = {});
runtime::Submission submission(model::Command command, const std::string& key = {},
                               const std::string& body_hash = "h");

struct Office : OfficeParts {
    Office();

    std::unique_ptr<runtime::Core> core;
    model::Status status = model::Done{};  // of the last batch

    std::vector<runtime::Answer> process(std::vector<runtime::Submission> batch);
    runtime::Answer send(runtime::Submission one);
    runtime::Answer send(model::Command one) { return send(submission(std::move(one))); }
    runtime::Answer act(const std::string& who, const std::string& name, const model::CaseId& id,
                        boost::json::object payload = {});
    runtime::Answer change(const std::string& kind, boost::json::object data);
    model::CaseId file(int days = 3);
    // A killed and restarted program: only what was committed is left.
    void restart();

    // What the store holds, read afresh.
    std::unique_ptr<ports::Reader> reader();
    model::Case stored(const model::CaseId& id);
    std::vector<ports::HistoryRow> history(const std::string& stream);
    boost::json::object last_row(const model::CaseId& id);
    std::vector<ports::TimerRow> timers(const model::CaseId& id);
    std::vector<ports::NoticeRow> notices(const model::CaseId& id);
};

const runtime::Accepted* accepted(const runtime::Answer& answer);
const model::Refusal* refused(const runtime::Answer& answer);
const model::Error* failed(const runtime::Answer& answer);
std::string text(const boost::json::object& from, std::string_view key);

}  // namespace jinqiao::tests
