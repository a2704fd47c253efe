// Shapes of what administrators and auditors are answered, as openapi_schemas.cc has the others.
#include <boost/json/array.hpp>

#include "adapters/http/openapi.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

json::object words() { return {{"type", "string"}}; }
json::object moment() { return {{"type", "string"}, {"format", "date-time"}}; }
json::object yes_or_no() { return {{"type", "boolean"}}; }
json::object figure() { return {{"type", "integer"}}; }
json::object some_object() { return {{"type", "object"}}; }
json::object rows_of(json::object items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}
json::object or_null(json::object one) {
    return {{"oneOf", json::array{std::move(one), json::object{{"type", "null"}}}}};
}

json::object shape(json::object properties, std::initializer_list<std::string_view> required) {
    json::array names;
    for (const auto name : required) names.emplace_back(name);
    return {
        {"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(names)}};
}

json::object channel_outcome_schema() {
    return shape(
        {{"at", moment()},
         {"outcome",
          json::object{{"enum", json::array{"delivered", "rejected", "retry", "unknown"}}}},
         {"outcome_text", words()},
         {"code", words()},
         {"detail", words()},
         {"took_ms", figure()},
         {"test", yes_or_no()}},
        {"at", "outcome", "outcome_text", "code", "detail", "took_ms", "test"});
}

json::object channel_tried_schema() {
    return {{"allOf", json::array{schema_ref("ChannelOutcome"),
                                  shape({{"channel", words()},
                                         {"id", words()},
                                         {"address_masked", words()},
                                         {"advice", words()},
                                         {"retry_after_s", figure()}},
                                        {"channel", "id", "address_masked", "advice"})}}};
}

json::object fault_schema() {
    return shape({{"file", words()},
                  {"line", figure()},
                  {"column", figure()},
                  {"path", words()},
                  {"expected", words()},
                  {"found", words()},
                  {"severity", json::object{{"enum", json::array{"error", "warning"}}}},
                  {"text", words()},
                  {"nearest", words()},
                  {"code", words()},
                  {"see", words()}},
                 {"file", "line", "column", "path", "expected", "found", "severity", "text"});
}

json::object calendars_schema() {
    const auto day = json::object{{"type", "string"}, {"format", "date"}};
    return shape(
        {{"version", words()},
         {"today", day},
         {"horizon", day},
         {"years", rows_of(shape({{"year", figure()}, {"source", words()}}, {"year", "source"}))},
         {"missing", rows_of(figure())},
         {"working_hours",
          rows_of(shape({{"from", words()}, {"until", words()}}, {"from", "until"}))},
         {"year", figure()},
         {"known", yes_or_no()},
         {"source", words()},
         {"days",
          rows_of(shape({{"date", day},
                         {"kind", json::object{{"enum", json::array{"working", "rest", "holiday",
                                                                    "adjusted"}}}},
                         {"name", words()}},
                        {"date", "kind"}))}},
        {"version", "today", "horizon", "years", "missing", "year", "known", "source", "days"});
}

json::object trail_schema() {
    const auto row = shape(
        {{"at", moment()},
         {"stream", json::object{{"enum", json::array{"directory", "case"}}}},
         {"seq", figure()},
         {"command", words()},
         {"text", words()},
         {"actor", some_object()},
         {"case", or_null(words())},
         {"number", words()},
         {"details", rows_of(some_object())},
         {"events", rows_of(words())},
         {"hash", words()},
         {"prev_hash", words()},
         {"body", words()}},
        {"at", "stream", "seq", "command", "text", "actor", "case", "number", "hash", "prev_hash"});
    return shape(
        {{"items", rows_of(row)},
         {"next_cursor", or_null(words())},
         {"commands", rows_of(shape({{"stream", words()}, {"name", words()}, {"text", words()}},
                                    {"stream", "name", "text"}))}},
        {"items", "next_cursor"});
}

json::object verification_schema() {
    return shape(
        {{"state", json::object{{"enum", json::array{"never", "running", "done", "failed"}}}},
         {"account", words()},
         {"began_at", moment()},
         {"ended_at", moment()},
         {"streams_done", figure()},
         {"streams", figure()},
         {"rows", figure()},
         {"whole", yes_or_no()},
         {"broken", figure()},
         {"breaks",
          rows_of(
              shape({{"stream", words()}, {"seq", figure()}, {"what", words()}, {"text", words()}},
                    {"stream", "seq", "what", "text"}))},
         {"heads", words()},
         {"head", or_null(shape({{"seq", figure()}, {"at", moment()}, {"hash", words()}},
                                {"seq", "at", "hash"}))}},
        {"state", "head"});
}

}  // namespace

json::object administration_schemas() {
    return {{"ChannelOutcome", channel_outcome_schema()},
            {"ChannelTried", channel_tried_schema()},
            {"Calendars", calendars_schema()},
            {"Trail", trail_schema()},
            {"Verification", verification_schema()},
            {"Checked", shape({{"configuration", words()},
                               {"running", words()},
                               {"same", yes_or_no()},
                               {"ok", yes_or_no()},
                               {"errors", figure()},
                               {"warnings", figure()},
                               {"faults", rows_of(fault_schema())}},
                              {"configuration", "running", "same", "ok", "faults"})}};
}

}  // namespace jinqiao::adapters::http
