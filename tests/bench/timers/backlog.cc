#include "tests/bench/timers/backlog.h"

#include <algorithm>

#include "engine/kernel/decide.h"
#include "engine/runtime/calendar_change.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/rows.h"
#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

namespace kernel = engine::kernel;
namespace model = engine::model;
namespace ports = engine::ports;
namespace runtime = engine::runtime;
namespace time = engine::time;
using engine::time::Instant;

namespace {

constexpr std::uint64_t most_in_batch = 2000;
constexpr const char* clock_name = "st.ack";

void expect(const model::Status& status) {
    if (!status) fail(status.error().where + ": " + status.error().what);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

}  // namespace

// Of one length, so that a snapshot can be made another's by replacing it.
std::string Backlog::id_of(std::uint64_t n) {
    const auto digits = std::to_string(n);
    return "bench" + std::string(12 - std::min<std::size_t>(12, digits.size()), '0') + digits;
}

Backlog::Backlog(const adapters::cli::Setup& setup, const engine::policy::Directory& directory,
                 ports::Store& store)
    : setup_(setup), directory_(directory), store_(store) {
    open();
    const auto& policy = setup_.configuration.policies.at("dispute");
    expect(batch_->put_policy(policy->id, policy->text));
    // As if the daemon had been running: its cases are reckoned by this calendar.
    expect(batch_->put_meta(runtime::calendar_meta, setup_.configuration.calendar->version()));
    close();
}

model::Case Backlog::filed(const std::string& id, Instant at) const {
    const auto& workflow = setup_.workflows.front();
    kernel::Facts facts;
    facts.directory = &directory_;
    model::Command command;
    command.target = model::CaseId{id};
    command.name = "file";
    command.payload = {{"enterprise", {{"id", "e-" + id}, {"name", "bench"}, {"staff", 60}}},
                       {"event",
                        {{"cause", "wage_arrears"},
                         {"workers_involved", 3},
                         {"noticed_at", engine::time::to_rfc3339(at, std::chrono::minutes{480})}}}};
    auto verdict = kernel::decide(*workflow, nullptr, command, facts,
                                  *setup_.configuration.policies.at("dispute"),
                                  *setup_.configuration.calendar, at);
    auto* decision = std::get_if<kernel::Decision>(&verdict);
    if (decision == nullptr) fail("the alert of the bench is refused");
    decision->after.number = id;
    decision->after.seq = 1;
    return std::move(decision->after);
}

std::chrono::milliseconds Backlog::until_reminder() const {
    const Instant probe_at = time::from_ms(0);
    const auto probe = filed(id_of(0), probe_at);
    const auto* clock = probe.clock(clock_name);
    if (clock == nullptr || !clock->next_at) fail("a new case has no reminder");
    return *clock->next_at - probe_at;
}

void Backlog::due(std::uint64_t count, Instant first, std::chrono::microseconds step) {
    const auto after = until_reminder();
    open();
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto at = first + std::chrono::duration_cast<std::chrono::milliseconds>(
                                    step * static_cast<std::int64_t>(i));
        write(filed(id_of(cases_), at - after));
    }
    close();
}

void Backlog::due_at_once(std::uint64_t count, Instant at) { copies(count, at - until_reminder()); }

void Backlog::pending(std::uint64_t timers, Instant at) {
    const auto each = kernel::timers(filed(id_of(0), at)).size();
    copies(timers / each, at);
}

// One case decided, and written again and again under other names.
void Backlog::copies(std::uint64_t count, Instant at) {
    const std::string pattern = id_of(999'999'999'999);
    const auto kase = filed(pattern, at);
    const auto row = runtime::make_row(kase);
    const auto timers = kernel::timers(kase);
    open();
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto id = id_of(cases_);
        auto copy = row;
        copy.id = model::CaseId{id};
        copy.number = id;
        copy.enterprise_id = "e-" + id;
        copy.summary = replaced(copy.summary, pattern, id);
        copy.body = replaced(copy.body, pattern, id);
        std::vector<ports::TimerRow> rows;
        for (const auto& timer : timers) {
            auto one = runtime::make_row(copy.id, timer);
            one.slot = replaced(one.slot, pattern, id);
            rows.push_back(std::move(one));
        }
        write(std::move(copy), rows);
    }
    close();
}

void Backlog::write(const model::Case& kase) {
    std::vector<ports::TimerRow> rows;
    for (const auto& timer : kernel::timers(kase))
        rows.push_back(runtime::make_row(kase.id, timer));
    write(runtime::make_row(kase), rows);
}

void Backlog::write(ports::CaseRow row, const std::vector<ports::TimerRow>& timers) {
    bytes_ += row.body.size();
    ++cases_;
    const auto id = row.id;
    expect(batch_->append_history(
        runtime::chained(id, 1, row.filed_at, {{"bulk", true}}, runtime::first_link())));
    expect(batch_->put_case(row, 0));
    for (const auto& timer : timers) expect(batch_->put_timer(timer));
    if (++in_batch_ < most_in_batch) return;
    close();
    open();
}

void Backlog::open() {
    auto batch = store_.begin();
    if (!batch) fail(batch.error().what);
    batch_ = std::move(*batch);
    in_batch_ = 0;
}

void Backlog::close() {
    expect(batch_->commit());
    batch_.reset();
    expect(store_.maintain(true));
}

double Backlog::bytes_per_case() const {
    return cases_ == 0 ? 0 : static_cast<double>(bytes_) / static_cast<double>(cases_);
}

}  // namespace jinqiao::tests::bench
