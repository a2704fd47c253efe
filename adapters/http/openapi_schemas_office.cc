// Schemas of what supervisors and administrators are answered.
#include "adapters/http/openapi_shapes.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using namespace shape;

namespace {

json::object channel_outcome_schema() {
    return object(
        {{"at", instant()},
         {"outcome",
          json::object{{"enum", json::array{"delivered", "rejected", "retry", "unknown"}}}},
         {"outcome_text", text()},
         {"code", text()},
         {"detail", text()},
         {"took_ms", number()},
         {"test", flag()}},
        {"at", "outcome", "outcome_text", "code", "detail", "took_ms", "test"});
}

json::object channel_tried_schema() {
    return {{"allOf", json::array{schema_ref("ChannelOutcome"),
                                  object({{"channel", text()},
                                          {"id", text()},
                                          {"address_masked", text()},
                                          {"advice", text()},
                                          {"retry_after_s", number()}},
                                         {"channel", "id", "address_masked", "advice"})}}};
}

json::object fault_schema() {
    return object({{"file", text()},
                   {"line", number()},
                   {"column", number()},
                   {"path", text()},
                   {"expected", text()},
                   {"found", text()},
                   {"severity", json::object{{"enum", json::array{"error", "warning"}}}},
                   {"text", text()},
                   {"nearest", text()},
                   {"code", text()},
                   {"see", text()}},
                  {"file", "line", "column", "path", "expected", "found", "severity", "text"});
}

json::object calendars_schema() {
    const auto day = json::object{{"type", "string"}, {"format", "date"}};
    return object(
        {{"version", text()},
         {"today", day},
         {"horizon", day},
         {"years", list(object({{"year", number()}, {"source", text()}}, {"year", "source"}))},
         {"missing", list(number())},
         {"working_hours", list(object({{"from", text()}, {"until", text()}}, {"from", "until"}))},
         {"year", number()},
         {"known", flag()},
         {"source", text()},
         {"days", list(object({{"date", day},
                               {"kind", json::object{{"enum", json::array{"working", "rest",
                                                                          "holiday", "adjusted"}}}},
                               {"name", text()}},
                              {"date", "kind"}))}},
        {"version", "today", "horizon", "years", "missing", "year", "known", "source", "days"});
}

json::object trail_schema() {
    const auto row = object(
        {{"at", instant()},
         {"stream", json::object{{"enum", json::array{"directory", "case"}}}},
         {"seq", number()},
         {"command", text()},
         {"text", text()},
         {"actor", anything()},
         {"case", maybe(text())},
         {"number", text()},
         {"details", list(anything())},
         {"events", list(text())},
         {"hash", text()},
         {"prev_hash", text()},
         {"body", text()}},
        {"at", "stream", "seq", "command", "text", "actor", "case", "number", "hash", "prev_hash"});
    return object(
        {{"items", list(row)},
         {"next_cursor", maybe(text())},
         {"commands", list(object({{"stream", text()}, {"name", text()}, {"text", text()}},
                                  {"stream", "name", "text"}))}},
        {"items", "next_cursor"});
}

json::object verification_schema() {
    return object(
        {{"state", json::object{{"enum", json::array{"never", "running", "done", "failed"}}}},
         {"account", text()},
         {"began_at", instant()},
         {"ended_at", instant()},
         {"streams_done", number()},
         {"streams", number()},
         {"rows", number()},
         {"whole", flag()},
         {"broken", number()},
         {"breaks",
          list(object({{"stream", text()}, {"seq", number()}, {"what", text()}, {"text", text()}},
                      {"stream", "seq", "what", "text"}))},
         {"heads", text()},
         {"head", maybe(object({{"seq", number()}, {"at", instant()}, {"hash", text()}},
                               {"seq", "at", "hash"}))}},
        {"state", "head"});
}

json::object board_line(json::object more) {
    more["cases"] = more["overdue"] = number();
    more["grades"] = anything();
    return object(std::move(more), {"cases", "overdue", "grades"});
}

}  // namespace

json::object office_schemas() {
    return {
        {"Configuration",
         object({{"configuration", text()},
                 {"since", instant()},
                 {"values",
                  list(object({{"key", text()},
                               {"value", text()},
                               {"secret", text()},
                               {"origin", json::object{{"enum", json::array{"file", "default"}}}},
                               {"file", text()},
                               {"line", number()}},
                              {"key", "origin"}))}},
                {"configuration", "since", "values"})},
        {"Board",
         object({{"at", instant()},
                 {"exercise", flag()},
                 {"stages", list(board_line({{"stage", text()}, {"stage_label", text()}}))},
                 {"all", board_line({})},
                 {"ended_overdue", board_line({})}},
                {"at", "stages", "all", "ended_overdue"})},
        {"LateCases",
         object({{"at", instant()},
                 {"items", list(schema_ref("CaseRow"))},
                 {"next_cursor", json::object{{"type", json::array{"string", "null"}}}}},
                {"at", "items", "next_cursor"})},
        {"BoardOfEnterprises", object({{"at", instant()},
                                       {"areas", list(board_line({{"enterprises", number()}}))},
                                       {"items", list(board_line({{"enterprise", anything()}}))},
                                       {"found", number()}},
                                      {"at", "areas", "items", "found"})},
        {"Channels",
         object(
             {{"items",
               list(object({{"name", text()},
                            {"down", flag()},
                            {"kind", text()},
                            {"delivered", number()},
                            {"failed", number()},
                            {"test_address", maybe(text())},
                            {"last", list(schema_ref("ChannelOutcome"))},
                            {"lanes", list(object({{"lane", text()}, {"reopens_in_ms", number()}},
                                                  {"lane", "reopens_in_ms"}))}},
                           {"name", "down", "lanes"}))}},
             {"items"})},
        {"ChannelOutcome", channel_outcome_schema()},
        {"ChannelTried", channel_tried_schema()},
        {"Calendars", calendars_schema()},
        {"Trail", trail_schema()},
        {"Verification", verification_schema()},
        {"Checked", object({{"configuration", text()},
                            {"running", text()},
                            {"same", flag()},
                            {"ok", flag()},
                            {"errors", number()},
                            {"warnings", number()},
                            {"faults", list(fault_schema())}},
                           {"configuration", "running", "same", "ok", "faults"})}};
}

}  // namespace jinqiao::adapters::http
