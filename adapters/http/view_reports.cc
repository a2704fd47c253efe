#include "adapters/http/view_reports.h"

#include <array>
#include <boost/json/array.hpp>
#include <cstdio>

#include "adapters/http/api.h"
#include "adapters/http/csv.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Addressee;
using engine::model::Message;
using engine::reports::Cell;
using engine::reports::Column;
using engine::reports::Kind;
using engine::reports::Row;
using engine::reports::Table;

namespace {

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::month:
            return "month";
        case Kind::grade:
            return "grade";
        case Kind::cause:
            return "cause";
        case Kind::post:
            return "post";
        case Kind::department:
            return "department";
        case Kind::measure:
            return "measure";
        case Kind::count:
            return "count";
        case Kind::percent:
            return "percent";
        case Kind::minutes:
            return "minutes";
        case Kind::text:
            break;
    }
    return "text";
}

bool is_code(Kind kind) {
    return kind == Kind::grade || kind == Kind::cause || kind == Kind::post ||
           kind == Kind::department || kind == Kind::measure;
}

// The words a workflow has for a code of a field of its alert, wherever in it the field lies.
const engine::model::Text* code_text(const engine::kernel::Fields& fields, std::string_view field,
                                     std::string_view code) {
    for (const auto& each : fields) {
        if (each.name == field)
            for (const auto& [known, text] : each.codes)
                if (known == code) return &text;
        if (const auto* found = code_text(each.fields, field, code)) return found;
    }
    return nullptr;
}

std::string cause_label(const std::string& code, const Lens& lens) {
    if (code.empty()) return lens.say("report.unknown");
    if (const auto* workflow = filing_workflow(*lens.world))
        for (const auto& action : workflow->actions())
            if (action.name == "file")
                if (const auto* text = code_text(action.payload, "cause", code))
                    return text->in(lens.language);
    return code;
}

std::string label_of(Kind kind, const std::string& code, const Lens& lens) {
    if (code == "all") return lens.say("report.all");
    switch (kind) {
        case Kind::grade:
            return lens.label("grade.", code);
        case Kind::cause:
            return cause_label(code, lens);
        case Kind::measure:
            return lens.label("report.measure.", code);
        case Kind::post:
            return lens.addressee({Addressee::Kind::post, code});
        case Kind::department:
            return lens.addressee({Addressee::Kind::department, code});
        default:
            return code;
    }
}

// A column named after a month is that month.
std::string heading(const Column& column, const Lens& lens) {
    for (const auto grade : engine::reports::grades)
        if (column.key == grade) return lens.label("grade.", column.key);
    return lens.label("report.column.", column.key);
}

json::value shown(const Cell& cell) {
    return std::visit(
        [](const auto& held) -> json::value {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>)
                return nullptr;
            else
                return json::value(held);
        },
        cell);
}

json::object shown(const Table& table, const Row& row, const Lens& lens) {
    json::object out;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto& column = table.columns[i];
        out[column.key] = shown(row[i]);
        if (is_code(column.kind))
            if (const auto* code = std::get_if<std::string>(&row[i]))
                out[column.key + "_label"] = label_of(column.kind, *code, lens);
    }
    return out;
}

json::object shown(const Table& table, const Lens& lens) {
    auto out = view_report_name(table.name, lens);
    json::array columns, rows;
    for (const auto& column : table.columns)
        columns.push_back(json::object{
            {"key", column.key}, {"label", heading(column, lens)}, {"kind", name_of(column.kind)}});
    for (const auto& row : table.rows) rows.push_back(shown(table, row, lens));
    out["columns"] = std::move(columns);
    out["rows"] = std::move(rows);
    if (table.total) out["total"] = shown(table, *table.total, lens);
    return out;
}

std::string in_csv(const Cell& cell, Kind kind, const Lens& lens) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* share = std::get_if<double>(&cell)) {
        std::array<char, 48> text{};
        std::snprintf(text.data(), text.size(), "%.1f", *share);
        return text.data();
    }
    const auto* code = std::get_if<std::string>(&cell);
    return code == nullptr ? std::string() : label_of(kind, *code, lens);
}

CsvLine in_csv(const Table& table, const Row& row, const Lens& lens) {
    CsvLine line;
    for (std::size_t i = 0; i < row.size(); ++i)
        line.push_back(in_csv(row[i], table.columns[i].kind, lens));
    return line;
}

void append_table(std::string& out, const Table& table, const Lens& lens) {
    CsvLine line;
    for (const auto& column : table.columns) {
        const bool unit = column.kind == Kind::minutes || column.kind == Kind::percent;
        line.push_back(heading(column, lens) +
                       (unit ? lens.label("report.unit.", name_of(column.kind)) : std::string()));
    }
    append_csv(out, line);
    for (const auto& row : table.rows) append_csv(out, in_csv(table, row, lens));
    if (!table.total) return;
    auto total = in_csv(table, *table.total, lens);
    total.front() = lens.say("report.all");
    append_csv(out, total);
}

// What workflows call the clocks of the measures.
std::string_view clock_of(std::string_view measure) {
    if (measure == "acknowledged") return "st.ack";
    return measure == "on_site" ? "st.on_site" : "st.close";
}

std::string last_day(const ReportAnswer& answer) {
    return engine::time::to_string(answer.period.until - std::chrono::days{1});
}

}  // namespace

json::object view_report_name(std::string_view name, const Lens& lens) {
    const auto code = "report." + std::string(name);
    return {
        {"name", name}, {"title", lens.say(code + ".title")}, {"about", lens.say(code + ".about")}};
}

json::object view_report(const ReportAnswer& answer, const Lens& lens) {
    const bool pack = answer.name == "pack";
    json::object out;
    if (pack) {
        out = view_report_name(answer.name, lens);
        json::array tables;
        for (const auto& table : answer.tables) tables.push_back(shown(table, lens));
        out["tables"] = std::move(tables);
    } else {
        out = shown(answer.tables.front(), lens);
    }
    out["from"] = engine::time::to_string(answer.period.from);
    out["to"] = engine::time::to_string(answer.period.until);
    out["made_at"] = lens.instant(lens.now);
    out["exercises"] = answer.exercises;
    out["note"] = lens.say("report.note");
    return out;
}

std::string report_csv(const ReportAnswer& answer, const Lens& lens) {
    std::string out(csv_mark);
    if (answer.name != "pack") {
        append_table(out, answer.tables.front(), lens);
        return out;
    }
    append_csv(out, {lens.say("report.pack.title"), engine::time::to_string(answer.period.from),
                     last_day(answer)});
    for (const auto& table : answer.tables) {
        out += "\r\n";
        append_csv(out, {lens.say("report." + table.name + ".title")});
        append_table(out, table, lens);
    }
    out += "\r\n";
    append_csv(out, {lens.say("report.exercises"), std::to_string(answer.exercises)});
    append_csv(out, {lens.say("report.note")});
    return out;
}

std::string report_file(const ReportAnswer& answer) {
    return answer.name + "-" + engine::time::to_string(answer.period.from) + "-" +
           last_day(answer) + ".csv";
}

engine::reports::Targets targets_of(const Lens& lens) {
    return [lens](std::string_view measure, std::string_view grade) -> std::string {
        const auto clock = clock_of(measure);
        const auto* workflow = filing_workflow(*lens.world);
        const auto* policy = workflow ? lens.policy(std::string(workflow->name())) : nullptr;
        const auto* rule = policy ? policy->clock(clock) : nullptr;
        const auto level = engine::model::parse_grade(grade);
        if (rule == nullptr || !level) return {};
        const auto& budget = rule->budget[static_cast<std::size_t>(*level)];
        if (!budget) return {};
        return lens.words->text(
            Message{"budget",
                    {{"amount", std::to_string(budget->amount)},
                     {"unit", std::string(engine::time::spelling(budget->unit))}}},
            lens.language);
    };
}

}  // namespace jinqiao::adapters::http
