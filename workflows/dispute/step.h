#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kernel/draft.h"
#include "workflows/dispute/data.h"
#include "workflows/dispute/described.h"
#include "workflows/dispute/machine.h"
#include "workflows/dispute/params.h"

namespace jinqiao::workflows::dispute {

namespace time = engine::time;
namespace policy = engine::policy;

// --- reading a payload (its shape has been checked against the schema)
// ----------------------------

template <class T>
std::optional<T> field(const json::object& from, std::string_view key) {
    const json::value* found = from.if_contains(key);
    if (found == nullptr || found->is_null()) return std::nullopt;
    T value{};
    get(*found, value);
    return value;
}

std::string text(const json::object& from, std::string_view key);
bool flag(const json::object& from, std::string_view key);
std::int64_t number(const json::object& from, std::string_view key);
Texts texts(const json::object& from, std::string_view key);
std::vector<json::object> objects(const json::object& from, std::string_view key);
const json::object& object(const json::object& from, std::string_view key);  // empty if absent
// Tells people apart: a name, or the digest of one that was taken out before the decision.
std::string identity(const json::object& from, std::string_view key);

// --- one command on its way through the workflow
// ---------------------------------------------------

Configuration configuration_of(const model::Case& kase);

struct Step {
    explicit Step(kernel::Draft& of);

    kernel::Draft& draft;
    Params params;
    Data data;           // of draft.kase; save() puts it back
    Configuration from;  // before the event
    Configuration to;    // after it; equal to `from` while guards are asked
    std::string event;
    Instant at;  // when it happened: legal periods count from here

    // Set while an approved request is carried out: what was asked for stands in for the payload.
    const json::object* input = nullptr;
    // Only what does not depend on the payload is asked (what may this person do now?).
    bool probing = false;
    // Set by an effect: a refusal, failure or breach after which somebody must choose what comes
    // next. Starts st.next once the states have settled.
    std::string want_next;
    std::optional<Instant> next_from;  // default: `at`

    const json::object& payload() const { return input != nullptr ? *input : draft.payload(); }
    model::Case& kase() { return draft.kase; }
    const model::Case& kase() const { return draft.kase; }
    // Before any word of the draft that asks the workflow (regrade, tell, requests); load() after
    // one that may have changed the data behind our back. Regions are written once, by arrive():
    // custody is the draft's from then on.
    void save();
    void load();
    void arrive(const Configuration& after);

    bool moved(Region region) const { return from[region] != to[region]; }
    bool entered(Region region, std::string_view state) const {
        return moved(region) && to[region] == state;
    }
    bool left(Region region, std::string_view state) const {
        return moved(region) && from[region] == state;
    }
    const std::string& pipeline() const { return to[Region::pipeline]; }

    // Who really asks: for a follow-up of an approved request that is the person who requested it.
    std::string person() const;
    time::Date today() const { return draft.calendar().local_date(at); }
};

bool is_tier(std::string_view pipeline_state);  // committee, team, joint
bool is_warn(std::string_view pipeline_state);  // reported, verifying, watching

// What the case says about itself; used by guards, routes and effects alike.
Texts going_on(const Data& data);  // codes of behaviours not yet ended
Texts not_calm(const Data& data, const Params& params);
bool calm(const Data& data, const Params& params);
bool facts_confirmed(const Data& data);
bool suspended(const Configuration& configuration);

}  // namespace jinqiao::workflows::dispute
