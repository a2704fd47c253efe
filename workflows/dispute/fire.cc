// The rules that tie the regions together (dispute-machine.md 0, 3.2, 3.3, 4). Each region is a
// machine of its own, and MSM would let one accept what another does not; so all of them are tried
// on scratch machines first, and their answers are adopted together or not at all.
#include <algorithm>

#include "workflows/dispute/frames.h"
#include "workflows/dispute/regions.h"

namespace jinqiao::workflows::dispute {

namespace {

constexpr std::array all_regions{Region::pipeline,    Region::process, Region::mediation,
                                 Region::containment, Region::clock,   Region::custody};

constexpr std::size_t index(Region region) { return static_cast<std::size_t>(region); }

using Answers = std::array<Advance, region_count>;

Answers ask_machines(const Configuration& before, std::string_view event, Asking& asking) {
    Answers answers;
    for (const Region region : all_regions)
        answers[index(region)] = advance(region, before[region], event, asking);
    return answers;
}

// Whether the prerequisites of the event hold here. Asks the gates of the matching frame too.
class Admission {
  public:
    Admission(const Configuration& before, std::string_view event, const Answers& answers,
              Asking& asking)
        : before_(before), event_(event), answers_(answers), asking_(asking) {}

    // Empty: admitted. Else the state from which there is no row.
    std::string_view missing() {
        if (!pipeline_admits()) return before_[Region::pipeline];
        for (const auto& frame : frames())
            if (frame.event == event_ && needs_fail(frame)) return before_[*frame.needs];
        return {};
    }

  private:
    static bool concerned(const Advance& answer) {
        return answer.kind == Advance::taken || answer.kind == Advance::refused;
    }

    bool pipeline_admits() {
        const Advance& own = answers_[index(Region::pipeline)];
        if (own.kind != Advance::silent) return concerned(own);
        return std::any_of(frames().begin(), frames().end(), [this](const Frame& frame) {
            if (frame.event != event_ || !contains(frame.from, before_[Region::pipeline]) ||
                !asking_.routed(frame.conditions.routes))
                return false;
            asking_.gates_hold(frame.conditions.gates);
            return true;
        });
    }

    bool needs_fail(const Frame& frame) const {
        return frame.needs && !contains(frame.in, before_[*frame.needs]) &&
               !concerned(answers_[index(*frame.needs)]);
    }

    const Configuration& before_;
    std::string_view event_;
    const Answers& answers_;
    Asking& asking_;
};

void adopt(Move& move, Region region, const Advance& answer, std::string_view event) {
    std::string& state = move.after[region];
    if (answer.kind != Advance::taken || answer.state == state) return;
    move.taken.push_back({region, std::string(event), state, std::string(answer.state)});
    state = answer.state;
}

void put_beside(Move& move, Region region, std::string_view event, Asking& asking) {
    adopt(move, region, advance(region, move.after[region], event, asking), event);
}

bool has_moved(const Move& move, Region region) {
    return std::any_of(move.taken.begin(), move.taken.end(),
                       [region](const Taken& taken) { return taken.region == region; });
}

// What follows of itself, in the same step.
void settle(const Configuration& before, Move& move, Asking& asking) {
    if (is_end(move.after[Region::pipeline]) && !is_end(before[Region::pipeline]))
        for (const Region region : {Region::mediation, Region::clock, Region::custody})
            put_beside(move, region, "case_ended", asking);
    if (before_agreement(move.after[Region::pipeline]))
        put_beside(move, Region::process, "became_collective", asking);

    const bool wakes = has_moved(move, Region::pipeline) || has_moved(move, Region::mediation) ||
                       has_moved(move, Region::process);
    if (!wakes || move.after[Region::clock] != "suspended") return;
    put_beside(move, Region::clock, "resume", asking);
    // The story is told in order: first it resumed, then it moved.
    std::rotate(move.taken.begin(), move.taken.end() - 1, move.taken.end());
}

Move without_row(const Configuration& before, std::string_view state, std::string_view event) {
    return {Move::no_row,
            before,
            {{"no_transition", {{"state", std::string(state)}, {"event", std::string(event)}}}},
            {}};
}

Move unknown(const Configuration& before, std::string_view what, std::string_view name) {
    return {Move::unknown, before, {{"unknown", {{std::string(what), std::string(name)}}}}, {}};
}

}  // namespace

Configuration initial() {
    return {{"reported", "not_required", "none", "inside", "running", "held"}};
}

Move fire(const Configuration& before, std::string_view event, const Questions& questions) {
    if (!known_event(event)) return unknown(before, "event", event);
    Move move{Move::moved, before, {}, {}};
    for (const Region region : all_regions) {
        move.after[region] = current_name(before[region]);
        if (!known_state(region, move.after[region]))
            return unknown(before, "state", before[region]);
    }

    const Configuration here = move.after;
    Asking asking(questions);
    const auto answers = ask_machines(here, event, asking);
    const auto missing = Admission(here, event, answers, asking).missing();
    if (!missing.empty()) return without_row(before, missing, event);
    if (!asking.reasons().empty()) return {Move::refused, before, asking.reasons(), {}};

    for (const Region region : all_regions) adopt(move, region, answers[index(region)], event);
    settle(here, move, asking);
    return move;
}

}  // namespace jinqiao::workflows::dispute
