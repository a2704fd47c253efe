// The three exits (dispute-machine.md 3.3): nobody can be trapped, and no dangerous case can be
// made to disappear.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "workflows/dispute/frames.h"
#include "workflows/dispute/machine.h"
#include "workflows/dispute/regions.h"

namespace jinqiao::workflows::dispute {
namespace {

const std::set<std::string> exits{"party_refused", "party_went_to_arbitration", "withdraw"};

// The facts behind the routing conditions of exits, as a case has them.
struct Facts {
    bool part, confirmed, calm, collective, mandate, effective, waiver;
    std::string of;      // of E1; empty: mediation
    std::string last_c;  // empty: none

    bool holds(std::string_view id) const {
        if (id == "R.part") return part;
        if (id == "R.done") return confirmed && calm;
        if (id == "R.mandate") return !collective || mandate;
        if (id == "R.effective") return effective;
        if (id == "R.waived") return waiver;
        if (id == "R.confirmation") return of == "confirmation";
        if (id == "R.mediation") return of.empty() || of == "mediation";
        if (id == "R.last(verifying)") return last_c.empty();
        if (id.starts_with("R.last(")) return id == "R.last(" + last_c + ")";
        ADD_FAILURE() << "an exit asks " << id;
        return false;
    }
    bool holds(const kernel::Row& row) const {
        return std::all_of(row.routes.begin(), row.routes.end(), [this](std::string_view id) {
            return id.starts_with('!') ? !holds(id.substr(1)) : holds(id);
        });
    }
};

std::vector<Facts> all_facts() {
    std::vector<Facts> all;
    for (unsigned bits = 0; bits < 128; ++bits)
        for (const auto* of : {"", "mediation", "confirmation", "contact"})
            for (const auto* last : {"", "committee", "team", "joint"}) {
                const auto bit = [bits](unsigned n) { return ((bits >> n) & 1u) != 0; };
                all.push_back({bit(0), bit(1), bit(2), bit(3), bit(4), bit(5), bit(6), of, last});
            }
    return all;
}

TEST(DisputeExits, HaveNoGate) {
    for (const auto& row : rows())
        if (exits.contains(row.event)) {
            EXPECT_TRUE(row.gates.empty()) << row.source << " " << row.event;
        }
}

TEST(DisputeExits, LeadToExactlyOneStateWhateverTheFacts) {
    const auto facts = all_facts();
    for (const auto state : open_states())
        for (const auto& event : exits) {
            std::vector<kernel::Row> here;
            for (const auto& row : moving_rows())
                if (row.region == "pipeline" && row.source == state && row.event == event)
                    here.push_back(row);
            for (const auto& each : facts)
                ASSERT_EQ(std::count_if(here.begin(), here.end(),
                                        [&](const auto& row) { return each.holds(row); }),
                          1)
                    << state << " " << event;
        }
}

// Table 3.3, cell by cell, written down a second time.
std::string expected_target(std::string_view from, std::string_view event, const Facts& facts) {
    const std::string here(from);
    const bool text_binds = facts.effective || from == "confirming";
    const bool done = facts.confirmed && facts.calm;
    const bool mandated = !facts.collective || facts.mandate;
    const bool warn = from == "reported" || from == "verifying" || from == "watching";
    const bool late = from == "performing" || from == "follow_up";
    const bool early = !warn && !late && (from != "agreement" || !facts.effective) &&
                       from != "confirming";  // C, and an agreement not in force
    if (facts.part) return here;
    if (event == "party_refused") {
        if (warn || from == "performing") return here;
        if (from == "follow_up") return facts.of == "confirmation" ? here : "performing";
        if (from == "agreement" && !text_binds)
            return facts.last_c.empty() ? "verifying" : facts.last_c;
        return early ? here : "performing";
    }
    if (event == "party_went_to_arbitration") return done ? "referred" : early ? "watching" : here;
    if (warn) return mandated && done ? "withdrawn" : here;
    if (late) return facts.waiver && mandated && done ? "withdrawn" : here;
    if (!early && !facts.waiver) return "performing";
    return mandated && done ? "withdrawn" : "watching";
}

TEST(DisputeExits, FollowTheTableOfExits) {
    for (const auto& facts : all_facts())
        for (const auto& row : moving_rows())
            if (row.region == "pipeline" && exits.contains(row.event) && facts.holds(row)) {
                ASSERT_EQ(row.target, expected_target(row.source, row.event, facts))
                    << row.source << " " << row.event;
            }
}

TEST(DisputeExits, NeverTouchContainment) {
    for (const auto& row : rows())
        if (exits.contains(row.event)) {
            EXPECT_NE(row.region, "containment");
        }
}

}  // namespace
}  // namespace jinqiao::workflows::dispute
