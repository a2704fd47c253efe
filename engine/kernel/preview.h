#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/kernel/rehearsal.h"
#include "engine/kernel/trial.h"

namespace jinqiao::engine::kernel {

// A case that has not happened: filed at `at`, with these deeds, and otherwise left alone.
struct Situation {
    boost::json::object alert;  // as POST /api/v1/alerts takes it
    model::Actor filer;
    time::Instant at;
    std::vector<Deed> deeds;              // in order of time
    std::chrono::milliseconds horizon{};  // how far to look, from `at` on
};

// One line of the timeline: a message to somebody, or something that happens to the case.
struct PreviewLine {
    time::Instant at;
    std::string event;                    // "alert", "rung.remind"; "due_passed", "owner_changed"
    boost::json::object data;             // of the event; what a message says
    std::optional<model::Notice> notice;  // of messages
    bool sign = false;                    // the addressee is asked to sign for it
    std::string clock, rung;              // of a ladder's messages
    std::string why;                      // why this addressee: "from:orange", "condition", …
    int times = 1;                        // so often by the horizon, every repetition of a rung
    time::Instant last;                   // the last of them
};

struct Preview {
    std::optional<model::Refusal> refusal;  // the alert is not accepted; nothing else is filled
    model::Case filed;                      // right after filing
    model::Case after;                      // at the horizon
    std::vector<PreviewLine> lines;         // in order of time
    // Deeds that were refused, by their place in the list, with the reasons.
    std::vector<std::pair<std::size_t, model::Refusal>> refused;
    // What the case ever lacked (see lacking()); empty: never forgotten.
    std::vector<std::string> lacked;
    bool cut = false;  // more happened than anybody would read
};

// What would be told to whom, when, by what channel and why, if nobody did more. Pure.
Preview preview(const Trial::World& world, const Situation& situation);

}  // namespace jinqiao::engine::kernel
