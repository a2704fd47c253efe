#include "engine/runtime/case_writer.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <cstdio>

#include "engine/model/codec.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/digest.h"
#include "engine/runtime/figures.h"
#include "engine/runtime/notices.h"
#include "engine/runtime/rows.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Status;

namespace {

// Enough for a reader to find the others; every row of a busy enterprise would repeat them all.
constexpr std::size_t most_earlier_named = 10;

using Storage = json::storage_ptr;

json::object states_of(const model::Case& kase, const Storage& sp) {
    json::object out(sp);
    for (const auto& region : kase.regions) out[region.name] = region.state;
    return out;
}

json::object digest_of(const kernel::Facts& facts, const Storage& sp) {
    json::array earlier(sp);
    for (const auto& other : facts.earlier) {
        if (earlier.size() == most_earlier_named) break;
        earlier.emplace_back(other.id.value);
    }
    json::object out({{"directory", facts.directory->seq}}, sp);
    out["earlier"] = std::move(earlier);
    if (facts.earlier.size() > most_earlier_named) out["earlier_count"] = facts.earlier.size();
    if (facts.other) out["other"] = facts.other->id.value;
    return out;
}

json::array encode(const std::vector<model::Event>& events, const Storage& sp) {
    json::array out(sp);
    for (const auto& event : events)
        out.push_back(json::object({{"name", event.name}, {"data", event.data}}, sp));
    return out;
}

struct Step {
    const model::Case* before = nullptr;  // null: the case is new
    const model::Case& after;
    const model::Command& command;
    const std::vector<model::Event>& events;
    const kernel::Facts* facts = nullptr;  // null: nothing was decided
};

json::object history_body(const Step& step, const ports::CaseRow& row, const Storage& sp) {
    json::object body({{"version", step.after.version},
                       // Ties the snapshot to the chain: editing either shows.
                       {"case_sha256", sha256_hex(row.body)}},
                      sp);
    body["command"] = model::encode(step.command, sp);
    body["events"] = encode(step.events, sp);
    body["after"] = states_of(step.after, sp);
    if (step.before != nullptr) body["before"] = states_of(*step.before, sp);
    if (step.facts != nullptr) body["facts"] = digest_of(*step.facts, sp);
    return body;
}

// Made at every change and thrown away once it is text: one region of memory, as for the snapshot.
ports::HistoryRow history_row(const Step& step, const ports::CaseRow& row, time::Instant at,
                              std::string prev_hash) {
    static thread_local std::array<unsigned char, 64 * 1024> buffer;
    json::monotonic_resource memory(buffer.data(), buffer.size());
    return chained(step.after.id, step.after.seq, at, history_body(step, row, &memory),
                   std::move(prev_hash));
}

// Local year, not UTC: an alert at 07:00 on New Year's Day belongs to the new year.
std::string year_of(const time::Calendar& calendar, time::Instant at) {
    const std::chrono::year_month_day date{calendar.local_date(at)};
    return std::to_string(static_cast<int>(date.year()));
}

model::Result<std::string> next_number(const Tools& tools, Transaction& tx,
                                       const model::Case& kase) {
    const auto& stationery = tx.world().stationery;
    const auto& usual = stationery ? stationery->number_prefix : tools.settings.number_prefix;
    const std::string series = (kase.exercise ? tools.settings.exercise_prefix : usual) + '-' +
                               year_of(*tx.world().calendar, kase.filed_at);
    auto number = tx.batch().next_number(series);
    if (!number) return number.error();
    std::array<char, 24> digits{};
    std::snprintf(digits.data(), digits.size(), "%06llu", static_cast<unsigned long long>(*number));
    return series + '-' + digits.data();
}

Status write_snapshot(Transaction& tx, const Snapshot* before, const model::Case& after,
                      const ports::CaseRow& row, const ports::HistoryRow& history) {
    const std::uint64_t expected = before != nullptr ? before->kase->seq : 0;
    if (auto put = tx.batch().put_case(row, expected); !put)
        return put.error().under(after.id.value);
    return tx.batch().append_history(history);
}

Status write_figures(Transaction& tx, const std::optional<ports::FiguresRow>& row) {
    return row ? tx.batch().put_figures(*row) : Status(model::Done{});
}

Status write_timers(Transaction& tx, const model::CaseId& id, const TimerChanges& changes) {
    for (const auto& slot : changes.erase)
        if (auto erased = tx.batch().erase_timer(id, slot); !erased) return erased;
    for (const auto& timer : changes.put)
        if (auto put = tx.batch().put_timer(make_row(id, timer)); !put) return put;
    return model::Done{};
}

Status write_beside(const Tools& tools, Transaction& tx, const Writing& writing) {
    for (const auto& row : writing.personal)
        if (auto put = tx.batch().put_personal(row); !put) return put;
    if (writing.enterprise && writing.enterprise->changed)
        if (auto put = tx.batch().put_enterprise(writing.enterprise->row); !put) return put;
    return tools.policies.store(tx, *writing.policy);
}

std::string link_before(const Snapshot* before) {
    return before != nullptr ? before->chain : first_link();
}

}  // namespace

Worded word(const Wording& with, const Writing& writing, kernel::Decision decision) {
    const Snapshot* before = writing.before ? &*writing.before : nullptr;
    const model::Case* old = before != nullptr ? before->kase.get() : nullptr;
    model::Case& after = decision.after;
    after.seq = old != nullptr ? old->seq + 1 : 1;
    Worded out;
    out.row = make_row(after);
    out.history = history_row({old, after, *writing.command, decision.events, writing.facts},
                              out.row, with.now, link_before(before));
    out.figures = new_figures(old, after, with.world);
    out.timers = difference(old != nullptr ? kernel::timers(*old) : std::vector<kernel::Timer>{},
                            kernel::timers(after));
    out.notices = word_notices(with, after, std::move(decision.notices));
    out.events = std::move(decision.events);
    out.follow_ups = std::move(decision.follow_ups);
    out.kase = std::make_shared<const model::Case>(std::move(after));
    return out;
}

Status write_case(const Tools& tools, Transaction& tx, const Writing& writing, Worded worded) {
    const Snapshot* before = writing.before ? &*writing.before : nullptr;
    const model::Case& after = *worded.kase;
    tx.writing(true);
    if (auto done = write_snapshot(tx, before, after, worded.row, worded.history); !done)
        return done;
    if (auto done = write_figures(tx, worded.figures); !done) return done;
    if (auto done = write_timers(tx, after.id, worded.timers); !done) return done;
    if (auto done = write_beside(tools, tx, writing); !done) return done;
    if (auto done = write_notices(tools, tx, after, worded.notices); !done) return done;
    if (before == nullptr || before->kase->regions != after.regions) ++tx.tally().transitions;
    tx.put({worded.kase, std::move(worded.history.hash)}, std::move(worded.events),
           before == nullptr);
    tx.writing(false);
    return model::Done{};
}

model::Result<std::shared_ptr<const model::Case>> write_case(const Tools& tools, Transaction& tx,
                                                             const Writing& writing,
                                                             kernel::Decision decision) {
    if (decision.after.number.empty()) {
        tx.writing(true);
        auto number = next_number(tools, tx, decision.after);
        if (!number) return number.error();
        decision.after.number = *number;
    }
    auto worded = word({tools.parts, tools.settings, tx.world(), tx.directory(), tx.now()}, writing,
                       std::move(decision));
    auto kase = worded.kase;
    if (auto done = write_case(tools, tx, writing, std::move(worded)); !done) return done.error();
    return kase;
}

Status record_on(const Tools& tools, Transaction& tx, const Snapshot& before,
                 const model::Command& command, model::Event event) {
    (void)tools;
    model::Case after = *before.kase;
    ++after.seq;
    tx.writing(true);
    std::vector<model::Event> events{std::move(event)};
    const auto row = make_row(after);
    const auto history = history_row({before.kase.get(), after, command, events, nullptr}, row,
                                     tx.now(), before.chain);
    if (auto done = write_snapshot(tx, &before, after, row, history); !done) return done;
    tx.put({std::make_shared<const model::Case>(std::move(after)), history.hash}, std::move(events),
           false);
    tx.writing(false);
    return model::Done{};
}

}  // namespace jinqiao::engine::runtime
