// What the table can be asked without firing anything.
#include <algorithm>
#include <set>

#include "workflows/dispute/frames.h"
#include "workflows/dispute/regions.h"

namespace jinqiao::workflows::dispute {

namespace {

// Renamed states, oldest name first: {"stored by an older program", "name in use now"}. A case
// keeps the name it was stored under until its next move.
constexpr std::array<std::pair<std::string_view, std::string_view>, 0> renamed{};

constexpr std::array<std::string_view, 18> by_engine{"exit_applied",
                                                     "tier_raised",
                                                     "timer_fired(cc.effect)",
                                                     "child_opened",
                                                     "skip_approved",
                                                     "became_collective",
                                                     "timer_fired(med.end)",
                                                     "absorbed",
                                                     "released",
                                                     "case_ended",
                                                     "spread_reported",
                                                     "suspension_approved",
                                                     "facts_regraded",
                                                     "timer_fired(sus.until)",
                                                     "offer_forced",
                                                     "handover_lapsed",
                                                     "person_disabled",
                                                     "fallback_owns"};

bool starts_here(const kernel::Row& row, Region region, const Configuration& configuration,
                 std::string_view event) {
    return row.event == event && row.region == region_names[static_cast<std::size_t>(region)] &&
           row.source == configuration[region];
}

bool moves_from(const Configuration& configuration, Region region, std::string_view event) {
    return std::any_of(moving_rows().begin(), moving_rows().end(), [&](const auto& row) {
        return starts_here(row, region, configuration, event);
    });
}

bool needs_met(const Frame& frame, const Configuration& configuration) {
    return !frame.needs || contains(frame.in, configuration[*frame.needs]) ||
           moves_from(configuration, *frame.needs, frame.event);
}

void add(std::vector<std::string>& all, const std::vector<std::string>& more) {
    for (const auto& id : more)
        if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
}

// Gates common to every row of one region that starts here: no payload gets round them.
std::vector<std::string> common_gates(const Configuration& configuration, Region region,
                                      std::string_view event) {
    std::optional<std::vector<std::string>> common;
    for (const auto& row : moving_rows()) {
        if (!starts_here(row, region, configuration, event)) continue;
        if (!common) common = row.gates;
        std::erase_if(*common, [&](const auto& id) {
            return std::find(row.gates.begin(), row.gates.end(), id) == row.gates.end();
        });
    }
    return common.value_or(std::vector<std::string>{});
}

kernel::Row still(Region region, std::string_view state, const Frame& frame) {
    return {std::string(region_names[static_cast<std::size_t>(region)]),
            std::string(state),
            std::string(frame.event),
            std::string(state),
            frame.conditions.gates,
            frame.conditions.routes};
}

void add_still_rows(const Frame& frame, std::vector<kernel::Row>& all) {
    for (const auto state : frame.in) all.push_back(still(*frame.needs, state, frame));
    const bool bracketed_only = frame.needs && frame.from == open_states();
    if (bracketed_only) return;
    for (const auto state : frame.from) all.push_back(still(Region::pipeline, state, frame));
}

}  // namespace

bool has_row(const Configuration& configuration, std::string_view event) {
    bool framed = false;
    for (const auto& frame : frames()) {
        if (frame.event != event) continue;
        if (!needs_met(frame, configuration)) return false;
        framed = framed || contains(frame.from, configuration[Region::pipeline]);
    }
    return framed || moves_from(configuration, Region::pipeline, event);
}

bool fact_allowed(const Configuration& configuration, std::string_view action) {
    return std::any_of(frames().begin(), frames().end(), [&](const Frame& frame) {
        return frame.event == action && contains(frame.from, configuration[Region::pipeline]) &&
               needs_met(frame, configuration);
    });
}

std::vector<std::string> gates_of(const Configuration& configuration, std::string_view event) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < region_count; ++i)
        add(all, common_gates(configuration, static_cast<Region>(i), event));
    if (!moves_from(configuration, Region::pipeline, event))
        for (const auto& frame : frames())
            if (frame.event == event && contains(frame.from, configuration[Region::pipeline]))
                add(all, frame.conditions.gates);
    return all;
}

std::vector<std::string> gates_of(std::string_view event) {
    std::vector<std::string> all;
    for (const auto& row : rows())
        if (row.event == event) add(all, row.gates);
    return all;
}

bool known_event(std::string_view event) {
    static const auto known = [] {
        const auto all = events();
        return std::set<std::string, std::less<>>(all.begin(), all.end());
    }();
    return known.contains(event);
}

std::vector<std::string> events() {
    std::vector<std::string> all;
    for (const auto& row : moving_rows()) add(all, {row.event});
    for (const auto& frame : frames()) add(all, {std::string(frame.event)});
    return all;
}

bool engine_event(std::string_view event) {
    return std::find(by_engine.begin(), by_engine.end(), event) != by_engine.end();
}

bool known_state(Region region, std::string_view name) {
    const auto name_of = region_names[static_cast<std::size_t>(region)];
    return std::any_of(states().begin(), states().end(), [&](const kernel::StateInfo& state) {
        return state.region == name_of && state.name == name;
    });
}

std::string_view current_name(std::string_view stored) {
    for (const auto& [old_name, new_name] : renamed)
        if (old_name == stored) return new_name;
    return stored;
}

bool is_end(std::string_view state) { return contains(end_states(), state); }

bool before_agreement(std::string_view state) {
    return contains(warn_states(), state) || contains(coordinate_states(), state);
}

std::vector<kernel::Row> rows() {
    auto all = moving_rows();
    for (const auto& frame : frames()) add_still_rows(frame, all);
    return all;
}

}  // namespace jinqiao::workflows::dispute
