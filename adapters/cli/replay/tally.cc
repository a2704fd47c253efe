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

void Tally::see(std::span<const engine::runtime::Accepted> changes, engine::time::Instant now) {
    for (const auto& change : changes) {
        if (!change.kase || change.kase->state_of("pipeline") == "reported") continue;
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
    const std::string event = text_at(value, "event");
    if (event.starts_with("rung.")) ++levels_[event.substr(5)];
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
    for (const auto& clock : list_at(body, "clocks")) {
        if (text_at(clock, "class") == "reference") continue;
        const std::string state = text_at(clock, "state");
        if (state == "missed" || text_at(clock, "late") == "true") {
            ++report.deadlines_missed;
            ++report.missed_by_clock[text_at(clock, "name")];
        } else if (state == "met") {
            ++report.deadlines_met;
        }
    }
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
