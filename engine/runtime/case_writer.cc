#include "engine/runtime/case_writer.h"

#include <boost/json/array.hpp>
#include <cstdio>

#include "engine/model/codec.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/digest.h"
#include "engine/runtime/notices.h"
#include "engine/runtime/rows.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Status;

namespace {

// Enough for a reader to find the others; every row of a busy enterprise would repeat them all.
constexpr std::size_t most_earlier_named = 10;

json::object states_of(const model::Case& kase) {
    json::object out;
    for (const auto& region : kase.regions) out[region.name] = region.state;
    return out;
}

json::object digest_of(const kernel::Facts& facts) {
    json::array earlier;
    for (const auto& other : facts.earlier) {
        if (earlier.size() == most_earlier_named) break;
        earlier.emplace_back(other.id.value);
    }
    json::object out{{"directory", facts.directory->seq}, {"earlier", std::move(earlier)}};
    if (facts.earlier.size() > most_earlier_named) out["earlier_count"] = facts.earlier.size();
    if (facts.other) out["other"] = facts.other->id.value;
    return out;
}

json::array encode(const std::vector<model::Event>& events) {
    json::array out;
    for (const auto& event : events)
        out.push_back(json::object{{"name", event.name}, {"data", event.data}});
    return out;
}

json::object history_body(const model::Case* before, const model::Case& after,
                          const model::Command& command, const std::vector<model::Event>& events,
                          const ports::CaseRow& row) {
    json::object body{{"command", model::encode(command)},
                      {"events", encode(events)},
                      {"after", states_of(after)},
                      {"version", after.version},
                      // Ties the snapshot to the chain: editing either shows.
                      {"case_sha256", sha256_hex(row.body)}};
    if (before != nullptr) body["before"] = states_of(*before);
    return body;
}

// Local year, not UTC: an alert at 07:00 on New Year's Day belongs to the new year.
std::string year_of(const time::Calendar& calendar, time::Instant at) {
    const std::chrono::year_month_day date{calendar.local_date(at)};
    return std::to_string(static_cast<int>(date.year()));
}

model::Result<std::string> next_number(const Tools& tools, Transaction& tx,
                                       const model::Case& kase) {
    const std::string series =
        (kase.exercise ? tools.settings.exercise_prefix : tools.settings.number_prefix) + '-' +
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

Status write_timers(Transaction& tx, const model::Case* before, const model::Case& after) {
    const auto changes =
        difference(before != nullptr ? kernel::timers(*before) : std::vector<kernel::Timer>{},
                   kernel::timers(after));
    for (const auto& slot : changes.erase)
        if (auto erased = tx.batch().erase_timer(after.id, slot); !erased) return erased;
    for (const auto& timer : changes.put)
        if (auto put = tx.batch().put_timer(make_row(after.id, timer)); !put) return put;
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

model::Result<std::shared_ptr<const model::Case>> write_case(const Tools& tools, Transaction& tx,
                                                             const Writing& writing,
                                                             kernel::Decision decision) {
    const Snapshot* before = writing.before ? &*writing.before : nullptr;
    const model::Case* old = before != nullptr ? before->kase.get() : nullptr;
    model::Case& after = decision.after;
    tx.writing(true);
    after.seq = old != nullptr ? old->seq + 1 : 1;
    if (after.number.empty()) {
        auto number = next_number(tools, tx, after);
        if (!number) return number.error();
        after.number = *number;
    }
    const auto row = make_row(after);
    auto body = history_body(old, after, *writing.command, decision.events, row);
    body["facts"] = digest_of(*writing.facts);
    const auto history = chained(after.id, after.seq, tx.now(), body, link_before(before));

    if (auto done = write_snapshot(tx, before, after, row, history); !done) return done.error();
    if (auto done = write_timers(tx, old, after); !done) return done.error();
    if (auto done = write_beside(tools, tx, writing); !done) return done.error();
    if (auto done = write_notices(tools, tx, after, std::move(decision.notices)); !done)
        return done.error();

    if (old == nullptr || old->regions != after.regions) ++tx.tally().transitions;
    auto kase = std::make_shared<const model::Case>(std::move(after));
    tx.put({kase, history.hash}, std::move(decision.events), old == nullptr);
    tx.writing(false);
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
    const auto body = history_body(before.kase.get(), after, command, events, row);
    const auto history = chained(after.id, after.seq, tx.now(), body, before.chain);
    if (auto done = write_snapshot(tx, &before, after, row, history); !done) return done;
    tx.put({std::make_shared<const model::Case>(std::move(after)), history.hash}, std::move(events),
           false);
    tx.writing(false);
    return model::Done{};
}

}  // namespace jinqiao::engine::runtime
