#pragma once
#include <set>

#include "engine/runtime/dispatcher.h"
#include "tests/support/recording_notifier.h"
#include "tests/unit/runtime/office.h"

namespace jinqiao::tests {

inline ports::Outcome outcome(ports::Outcome::Kind kind) { return {kind, "code", {}, {}, {}}; }

// The office with a channel that does as it is told.
struct Post : Office {
    Post() { notifiers["file"] = channel; }
    std::shared_ptr<RecordingNotifier> channel = std::make_shared<RecordingNotifier>();
    runtime::Notifiers notifiers;
    runtime::DeliverySettings settings;

    std::size_t pump() {
        const auto sent = runtime::pump(*core, *reader(), notifiers, settings, [] { return 1.0; });
        EXPECT_TRUE(sent.ok());
        return sent.ok() ? *sent : 0;
    }
    std::vector<ports::DeliveryRow> pending() {
        auto rows = reader()->deliveries_in_state("pending", 0, 100);
        EXPECT_TRUE(rows.ok());
        return rows.ok() ? std::move(*rows) : std::vector<ports::DeliveryRow>{};
    }
    std::set<std::string> states(const model::CaseId& id) {
        std::set<std::string> out;
        for (const auto& row : notices(id)) out.insert(row.state);
        return out;
    }
};

// The people of the union's desk have these contacts, in this order.
inline void set_contacts(OfficeParts& office, std::vector<engine::policy::Contact> contacts) {
    office.world.update([&](runtime::World& here) {
        auto directory = std::make_shared<engine::policy::Directory>(*here.directory);
        directory->channels = {"file", "sms"};
        directory->people.at(model::PersonId{"tao"}).contacts = std::move(contacts);
        here.directory = directory;
    });
}

}  // namespace jinqiao::tests
