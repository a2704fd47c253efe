#pragma once
#include <optional>
#include <vector>

#include "engine/kernel/decide.h"
#include "engine/runtime/core.h"
#include "engine/runtime/enterprises.h"
#include "engine/runtime/incidents.h"
#include "engine/runtime/policies.h"
#include "engine/runtime/rows.h"
#include "engine/runtime/transaction.h"

namespace jinqiao::engine::runtime {

// What the runtime works with: borrowed from the core, alive as long as it.
struct Tools {
    const Core::Parts& parts;
    const CoreSettings& settings;
    Policies& policies;
    Incidents& incidents;
};

// One decided command with everything that is written beside it.
struct Writing {
    std::optional<Snapshot> before;
    const model::Command* command = nullptr;  // personal values taken out
    const kernel::Facts* facts = nullptr;
    PolicyPtr policy;
    std::vector<ports::PersonalRow> personal;
    std::optional<EnterpriseMatch> enterprise;
};

// What wording rests on; borrowed. Everything in it may be used from any thread.
struct Wording {
    const Core::Parts& parts;
    const CoreSettings& settings;
    const World& world;
    const policy::Directory& directory;
    time::Instant now;
};

// A decision as it will be stored, and what follows from it.
struct Worded {
    std::shared_ptr<const model::Case> kase;
    ports::CaseRow row;
    ports::HistoryRow history;
    std::optional<ports::FiguresRow> figures;  // empty: what is stored of them still holds
    TimerChanges timers;
    std::vector<ports::NoticeRow> notices;
    std::vector<model::Event> events;
    std::vector<model::Command> follow_ups;
};

// The case has its number. Touches no store; any thread.
Worded word(const Wording& with, const Writing& writing, kernel::Decision decision);

// Writes case snapshot, history row, timers, notices with their deliveries, and what goes with
// them, in the open savepoint, and hands the new snapshot to the transaction. After an error the
// savepoint must be undone.
model::Status write_case(const Tools& tools, Transaction& tx, const Writing& writing,
                         Worded worded);

// Words a decision and writes it; a new case gets its number first.
model::Result<std::shared_ptr<const model::Case>> write_case(const Tools& tools, Transaction& tx,
                                                             const Writing& writing,
                                                             kernel::Decision decision);

// Adds a history row that changes nothing else, such as a refused follow-up.
model::Status record_on(const Tools& tools, Transaction& tx, const Snapshot& before,
                        const model::Command& command, model::Event event);

}  // namespace jinqiao::engine::runtime
