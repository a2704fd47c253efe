// Figures of the zone, by period.
#include <boost/json/array.hpp>

#include "adapters/http/api.h"
#include "adapters/http/language.h"
#include "adapters/http/rights.h"
#include "adapters/http/view_reports.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace reports = engine::reports;
using engine::model::Error;
using engine::model::Figures;
using engine::model::Message;
using engine::time::Date;

namespace {

constexpr std::chrono::days longest_period{3700};  // ten years
constexpr std::string_view own_report = "sign_for";

bool sees_zone(const Account& account) { return ever(account.roles, Right::reports); }
bool sees_own(const Account& account) {
    return ever(account.roles, Right::own_report) && !account.department.empty();
}

Problem unfit_query(std::string_view name, const std::string& value) {
    const std::string key(name);
    return Problem::fault(400, "bad_request", key,
                          Message{"query.value", {{"name", key}, {"value", value}}});
}

// A day of the query; the default where it is not given.
Or<Date> day_of(const Call& call, std::string_view name, Date otherwise) {
    const auto text = call.target.one(name);
    if (!text || text->empty()) return otherwise;
    if (const auto date = engine::time::parse_date(*text)) return *date;
    return unfit_query(name, *text);
}

// The month that is under way, where the query names none.
Or<reports::Period> period_of(const Call& call) {
    const auto month = reports::month_of(call.world().calendar->local_date(call.lens.now));
    auto from = day_of(call, "from", month);
    if (!from) return from.problem();
    auto until = day_of(call, "to", reports::month_of(*from + std::chrono::days{31}));
    if (!until) return until.problem();
    if (*until <= *from || *until - *from > longest_period)
        return unfit_query("to", engine::time::to_string(*until));
    return reports::Period{*from, *until};
}

engine::model::Result<std::vector<Figures>> decoded(
    engine::model::Result<std::vector<engine::ports::FiguresRow>> rows) {
    if (!rows) return rows.error();
    std::vector<Figures> out;
    out.reserve(rows->size());
    for (const auto& row : *rows) {
        auto figures = engine::model::decode_figures(row.body);
        if (!figures) return figures.error();
        out.push_back(std::move(*figures));
    }
    return out;
}

// What a worker needs and what it found; nobody looks at it before the worker is done.
struct Making {
    engine::ports::Store* store = nullptr;
    Lens lens;
    ReportAnswer answer;
    std::int64_t smallest_group = 3;
    std::string department;  // the only one whose row is shown; empty: all
    std::optional<Error> error;
};

void keep_only(reports::Table& table, const std::string& department) {
    std::erase_if(table.rows, [&](const reports::Row& row) {
        const auto* id = std::get_if<std::string>(&row.front());
        return id == nullptr || *id != department;
    });
    table.total.reset();
}

void make(Making& making) {
    const auto& calendar = *making.lens.world->calendar;
    auto reader = making.store->reader();
    if (!reader) {
        making.error = reader.error();
        return;
    }
    const auto period = making.answer.period;
    auto all = decoded(
        (*reader)->figures(calendar.start_of(period.from), calendar.start_of(period.until)));
    auto restricted = decoded((*reader)->restricted_figures());
    if (!all || !restricted) {
        making.error = all ? restricted.error() : all.error();
        return;
    }
    const reports::Cohort cohort(calendar, period, making.lens.now, std::move(*all),
                                 std::move(*restricted), making.smallest_group);
    making.answer.exercises = cohort.exercises();
    const auto targets = targets_of(making.lens);
    for (const auto& report : reports::all_reports())
        if (making.answer.name == "pack" || making.answer.name == report.name)
            making.answer.tables.push_back(report.make(cohort, targets));
    if (!making.department.empty()) keep_only(making.answer.tables.front(), making.department);
}

Response csv_response(const Making& making) {
    Response response;
    response.content_type = "text/csv; charset=utf-8; header=present";
    response.fields = {
        {"Cache-Control", "no-store"},
        {"Content-Disposition", "attachment; filename=\"" + report_file(making.answer) + "\""}};
    response.body = report_csv(making.answer, making.lens);
    return response;
}

}  // namespace

Reply Api::list_reports(Call& call) {
    const bool zone = sees_zone(call.account());
    if (!zone && !sees_own(call.account()))
        return answered(Problem::of(403, "forbidden"), call.lens);
    json::array items;
    for (const auto& report : reports::all_reports())
        if (zone || report.name == own_report)
            items.push_back(view_report_name(report.name, call.lens));
    if (zone) items.push_back(view_report_name("pack", call.lens));
    auto response = json_response(200, json::object{{"items", std::move(items)}});
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

// Counted on a worker: over years of cases it takes longer than anybody else should wait.
Reply Api::report(Call& call) {
    const auto& name = call.args[0];
    const bool zone = sees_zone(call.account());
    if (!zone && !(sees_own(call.account()) && name == own_report))
        return answered(Problem::of(403, "forbidden"), call.lens);
    if (name != "pack" && reports::report_named(name) == nullptr)
        return answered(Problem::of(404, "not_found"), call.lens);
    for (const auto& [key, value] : call.target.parameters)
        if (key != "from" && key != "to" && key != "format")
            return answered(
                Problem::fault(400, "bad_request", key, Message{"query.unknown", {{"name", key}}}),
                call.lens);
    const auto format = call.target.one("format").value_or("json");
    if (format != "json" && format != "csv")
        return answered(unfit_query("format", format), call.lens);
    auto period = period_of(call);
    if (!period) return answered(period.problem(), call.lens);

    auto making = std::make_shared<Making>();
    making->store = parts_.store;
    making->lens = call.lens;
    making->lens.personal = {};
    making->answer.name = name;
    making->answer.period = *period;
    making->smallest_group = settings_.smallest_group;
    if (!zone) making->department = call.account().department.value;
    return Chore{[making] { make(*making); },
                 [this, making, csv = format == "csv"]() -> Reply {
                     if (making->error) return answered(failed(*making->error), making->lens);
                     auto response =
                         csv ? csv_response(*making)
                             : json_response(200, view_report(making->answer, making->lens));
                     response.fields.emplace_back("Content-Language", tag(making->lens.language));
                     return response;
                 },
                 call.account().id.value};
}

}  // namespace jinqiao::adapters::http
