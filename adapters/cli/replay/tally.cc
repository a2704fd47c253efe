#include "adapters/cli/replay/tally.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "adapters/cli/json_view.h"
#include "engine/runtime/digest.h"

namespace jinqiao::adapters::cli::replay {

using engine::model::Done;
using engine::model::Result;
using engine::model::Status;

namespace {

std::string text_of(const engine::model::Event& event, std::string_view key) {
    const auto* value = event.data.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

// A clock that a later one has replaced is in the events only; those are never other people's.
bool of_others(const engine::model::Case& kase, const std::string& key) {
    const auto found = std::find_if(kase.clocks.begin(), kase.clocks.end(),
                                    [&](const auto& clock) { return clock.key() == key; });
    return found != kase.clocks.end() && found->cls == engine::model::ClockClass::reference;
}

}  // namespace

void Tally::count(const engine::model::Case& kase, const engine::model::Event& event) {
    if (event.name == "rung") ++levels_[text_of(event, "step")];
    if (event.name != "due_passed" && event.name != "clock_met") return;
    const std::string clock = text_of(event, "clock");
    if (of_others(kase, clock)) return;
    const auto* late = event.data.if_contains("late");
    if (event.name == "due_passed")
        ++missed_[clock.substr(0, clock.find('#'))];
    else if (late == nullptr || !late->is_bool() || !late->get_bool())
        ++met_;
}

void Tally::see(std::span<const engine::runtime::Accepted> changes, engine::time::Instant now) {
    for (const auto& change : changes) {
        if (!change.kase) continue;
        for (const auto& event : change.events) count(*change.kase, event);
        if (change.kase->state_of("pipeline") == "reported") continue;
        if (!taken_.insert(change.kase->id.value).second) continue;
        const auto waited = std::chrono::floor<std::chrono::seconds>(now - change.kase->filed_at);
        first_ack_s_.push_back(waited.count());
    }
}

void Tally::sent(const boost::json::object& notice) {
    ++notices_;
    const boost::json::value value(notice);
    const std::string addressee = text_at(value, "addressee");
    static constexpr std::string_view department = "department:";
    if (addressee.starts_with(department)) ++departments_[addressee.substr(department.size())];
}

Status Tally::close(engine::ports::Reader& reader, Report& report) {
    const Status listed = reader.each_case(false, [&](const engine::ports::CaseRow& row) {
        add_case(row, report);
        return true;
    });
    if (!listed) return listed;
    report.notices = notices_;
    report.notices_by_department = departments_;
    report.escalations_by_level = levels_;
    for (const auto& [level, count] : levels_) report.escalations += count;
    report.deadlines_met = met_;
    report.missed_by_clock = missed_;
    for (const auto& [clock, count] : missed_) report.deadlines_missed += count;
    report.first_ack_s = first_ack_s_;
    std::sort(report.first_ack_s.begin(), report.first_ack_s.end());
    auto digest = digest_of(reader);
    if (!digest) return digest.error();
    report.digest = std::move(*digest);
    return Done{};
}

void Tally::add_case(const engine::ports::CaseRow& row, Report& report) {
    ++report.cases;
    report.open += row.open ? 1 : 0;
    ++report.by_grade[row.grade];
    ++report.by_end[row.open ? "open" : row.state];
    boost::json::error_code broken;
    const auto body = boost::json::parse(row.body, broken);
    if (broken) return;
    const std::string cause = text_at(body, "data.alert.event.cause");
    ++report.by_cause[cause.empty() ? "unknown" : cause];
}

Result<std::string> digest_of(engine::ports::Reader& reader) {
    std::vector<std::string> streams;
    const Status listed = reader.each_stream([&](const std::string& stream) {
        streams.push_back(stream);
        return true;
    });
    if (!listed) return listed.error();
    std::sort(streams.begin(), streams.end());
    std::string all;
    for (const std::string& stream : streams) {
        const auto last = reader.last_history(stream);
        if (!last) return last.error();
        if (*last) all += stream + ' ' + (*last)->hash + '\n';
    }
    return engine::runtime::sha256_hex(all);
}

}  // namespace jinqiao::adapters::cli::replay
