#include "engine/runtime/firing.h"

#include <charconv>

#include "engine/kernel/decide.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/rows.h"
#include "engine/runtime/transaction.h"

namespace jinqiao::engine::runtime {

namespace {

constexpr std::int64_t end_of_time_ms = 253'402'300'799'000;  // 9999-12-31

}  // namespace

Submission timer_submission(const ports::TimerRow& row, bool downtime) {
    Submission submission;
    auto command = kernel::timer_command(row.kase, timer_of(row));
    if (downtime) command.cause = "downtime";
    submission.work = std::move(command);
    submission.lane = Lane::engine;
    return submission;
}

std::optional<Submission> boundary_submission(const policy::Directory& directory,
                                              time::Instant passed, time::Instant now) {
    const auto boundary = next_boundary(directory, passed);
    if (!boundary || *boundary > now) return std::nullopt;
    Submission submission;
    submission.work = DirectoryChange{
        "time_passed", {{"since_ms", time::to_ms(passed)}, {"until_ms", time::to_ms(now)}}, {}};
    return submission;
}

namespace {

model::Result<std::optional<time::Instant>> stored_instant(ports::Reader& reader, const char* key) {
    auto stored = reader.meta(key);
    if (!stored) return stored.error();
    if (!*stored) return std::optional<time::Instant>{};
    std::int64_t ms = 0;
    const std::string& text = **stored;
    if (std::from_chars(text.data(), text.data() + text.size(), ms).ec != std::errc{})
        return model::Error{model::ErrorCode::corrupt, "not a number: " + text, key};
    return std::optional(time::from_ms(ms));
}

}  // namespace

model::Result<time::Instant> directory_passed(ports::Reader& reader) {
    auto passed = stored_instant(reader, directory_passed_meta);
    if (!passed) return passed.error();
    if (*passed) return **passed;
    auto last = reader.last_history(std::string(directory_stream));
    if (!last) return last.error();
    if (*last) return (*last)->at;
    auto now = stored_instant(reader, last_now_meta);
    if (!now) return now.error();
    return now->value_or(time::from_ms(end_of_time_ms));
}

namespace {

model::Result<std::vector<Submission>> due_submissions(ports::Reader& reader,
                                                       const WorldHolder& world,
                                                       time::Instant until, int most) {
    auto rows = reader.timers_due(until, most);
    if (!rows) return rows.error();
    auto passed = directory_passed(reader);
    if (!passed) return passed.error();
    std::vector<Submission> out;
    if (auto boundary = boundary_submission(*world.get()->directory, *passed, until))
        out.push_back(std::move(*boundary));
    for (const auto& row : *rows) out.push_back(timer_submission(row, false));
    return out;
}

}  // namespace

model::Result<Fired> fire_due(Core& core, ports::Reader& reader, const WorldHolder& world,
                              time::Instant until, int most) {
    auto batch = due_submissions(reader, world, until, most);
    if (!batch) return batch.error();
    Fired fired;
    if (batch->empty()) return fired;
    for (auto& submission : *batch)
        submission.done = [&fired](const Answer& answer) {
            ++(std::holds_alternative<Accepted>(answer) ? fired.accepted : fired.refused);
        };
    if (auto done = core.process(*batch); !done) return done.error();
    return fired;
}

model::Result<std::optional<time::Instant>> next_due_at(ports::Reader& reader,
                                                        const WorldHolder& world) {
    auto rows = reader.timers_due(time::from_ms(end_of_time_ms), 1);
    if (!rows) return rows.error();
    auto passed = directory_passed(reader);
    if (!passed) return passed.error();
    auto next = next_boundary(*world.get()->directory, *passed);
    if (!rows->empty() && (!next || rows->front().at < *next)) next = rows->front().at;
    return next;
}

}  // namespace jinqiao::engine::runtime
