// Shapes of the answers, as JSON Schema 2020-12. They name what every answer has; an answer may
// always hold more, so none of them forbids further members.
#include "adapters/http/openapi_shapes.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using namespace shape;

json::object schema_ref(std::string_view name) {
    return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

namespace {

json::object owner_schema() {
    return object(
        {{"post", text()}, {"post_name", text()}, {"person", text()}, {"person_name", text()}},
        {"post", "person"});
}

json::object clock_schema() {
    return object(
        {{"name", text()},
         {"label", text()},
         {"instance", number()},
         {"due_at", instant()},
         {"kind", json::object{{"enum", json::array{"stage", "legal", "reference"}}}},
         {"basis", text()},
         {"budget", text()},
         {"left", schema_ref("TimeLeft")},
         {"explain", list(text())},
         {"state",
          json::object{{"enum", json::array{"running", "suspended", "met", "missed", "closed"}}}},
         {"started_at", instant()},
         {"ended_at", maybe_instant()},
         {"unrolled_at", instant()},
         {"safe_until", maybe_instant()},
         {"provisional", flag()},
         {"late", flag()},
         {"subject", text()}},
        {"name", "label", "due_at", "kind", "basis", "explain", "state"});
}

json::object assignment_schema() {
    return object({{"id", text()},
                   {"case", text()},
                   {"number", text()},
                   {"addressee", text()},
                   {"addressee_name", text()},
                   {"task", text()},
                   {"round", number()},
                   {"state", json::object{{"enum", json::array{"told", "delivered", "signed",
                                                               "accepted", "returned", "done"}}}},
                   {"needs_sign", flag()},
                   {"group", text()},
                   {"returns", number()},
                   {"ruled", flag()},
                   {"in_place_of", text()},
                   {"told_at", instant()},
                   {"delivered_at", maybe_instant()},
                   {"signed_at", maybe_instant()},
                   {"closed_at", maybe_instant()},
                   {"due_at", maybe_instant()},
                   {"reason", text()}},
                  {"id", "case", "state"});
}

json::object request_schema() {
    return object(
        {{"id", text()},
         {"kind", text()},
         {"by", schema_ref("Owner")},
         {"reason", text()},
         {"evidence", text()},
         {"on_expiry", json::object{{"enum", json::array{"refuse", "approve", "escalate"}}}},
         {"escalated", flag()},
         {"asked", anything()},
         {"needed", number()},
         {"approvals", list(anything())},
         {"approver", text()},
         {"made_at", instant()},
         {"due_at", maybe_instant()},
         {"state",
          json::object{{"enum", json::array{"pending", "approved", "rejected", "lapsed", "void"}}}},
         {"answered_at", maybe_instant()},
         {"answer", text()}},
        {"id", "kind", "state", "approver"});
}

json::object document_schema() {
    return object({{"id", text()},
                   {"name", maybe(text())},
                   {"type", maybe(text())},
                   {"size", maybe(number())},
                   {"sha256", text()},
                   {"sent_at", instant()},
                   {"url", text()}},
                  {"id", "name", "type", "size"});
}

json::object case_schema() {
    const auto reason = object({{"rule", text()}, {"text", text()}}, {"rule", "text"});
    return object({{"id", text()},
                   {"number", text()},
                   {"workflow", text()},
                   {"workflow_version", text()},
                   {"stage", stage()},
                   {"state", text()},
                   {"state_label", text()},
                   {"regions", json::object{{"type", "object"}, {"additionalProperties", text()}}},
                   {"open", flag()},
                   {"exercise", flag()},
                   {"confidentiality", json::object{{"enum", json::array{"normal", "restricted"}}}},
                   {"grade", grade()},
                   {"grade_label", text()},
                   {"grade_reasons", list(reason)},
                   {"grade_detail", anything()},
                   {"owner", schema_ref("Owner")},
                   {"offer", maybe(anything())},
                   {"clocks", list(schema_ref("Clock"))},
                   {"missing", list(text())},
                   {"next_step", json::object{{"type", json::array{"string", "null"}}}},
                   {"next_code", text()},
                   {"enterprise", anything()},
                   {"event", anything()},
                   {"reporter", anything()},
                   {"identity", schema_ref("Identity")},
                   {"behaviours", list(anything())},
                   {"demands", list(anything())},
                   {"parties", list(anything())},
                   {"documents", list(schema_ref("Document"))},
                   {"requests", list(schema_ref("Request"))},
                   {"assignments", list(schema_ref("Assignment"))},
                   {"links", list(anything())},
                   {"sides", anything()},
                   {"answers", list(object({{"group", text()},
                                            {"told", number()},
                                            {"signed", number()},
                                            {"accepted", number()},
                                            {"returned", number()},
                                            {"enough", number()},
                                            {"reached", flag()}},
                                           {"group", "told", "signed", "enough", "reached"}))},
                   {"data", anything()},
                   {"version", number()},
                   {"filed_at", instant()},
                   {"noticed_at", instant()},
                   {"ended_at", maybe_instant()}},
                  {"id", "number", "workflow", "workflow_version", "stage", "state", "regions",
                   "grade", "grade_reasons", "owner", "clocks", "missing", "version", "filed_at",
                   "demands", "parties", "requests", "assignments", "documents"});
}

json::object row_schema() {
    return object({{"id", text()},
                   {"number", text()},
                   {"workflow", text()},
                   {"stage", stage()},
                   {"state", text()},
                   {"grade", grade()},
                   {"owner", schema_ref("Owner")},
                   {"enterprise", anything()},
                   {"open", flag()},
                   {"exercise", flag()},
                   {"filed_at", instant()},
                   {"next_due", maybe_instant()},
                   {"overdue", flag()},
                   {"version", number()}},
                  {"id", "number", "stage", "state", "grade", "owner", "filed_at", "version"});
}

json::object actions_schema() {
    const auto reason = object({{"code", text()}, {"text", text()}}, {"code", "text"});
    return object(
        {{"allowed", list(object({{"name", text()}, {"label", text()}, {"schema", anything()}},
                                 {"name", "label", "schema"}))},
         {"blocked", list(object({{"name", text()}, {"label", text()}, {"reasons", list(reason)}},
                                 {"name", "label", "reasons"}))}},
        {"allowed", "blocked"});
}

json::object history_schema() {
    const auto event = object({{"name", text()}, {"text", text()}, {"data", anything()}}, {"name"});
    return object({{"seq", number()},
                   {"at", instant()},
                   {"command", text()},
                   {"text", text()},
                   {"actor", object({{"kind", text()}, {"post", text()}}, {"kind"})},
                   {"events", list(event)},
                   {"hash", text()},
                   {"prev_hash", text()}},
                  {"seq", "at", "command", "actor", "events", "hash", "prev_hash"});
}

json::object notice_schema() {
    const auto attempt = object({{"attempt", number()},
                                 {"at", instant()},
                                 {"outcome", text()},
                                 {"code", text()},
                                 {"provider_id", text()},
                                 {"detail", text()}},
                                {"attempt", "at", "outcome"});
    return object(
        {{"id", text()},
         {"event", text()},
         {"addressee", text()},
         {"channel", text()},
         {"state", json::object{{"enum", json::array{"pending", "delivered", "rejected", "dead"}}}},
         {"at", instant()},
         {"delivered_at", maybe_instant()},
         {"subject", text()},
         {"text", text()},
         {"assignment", text()},
         {"address_masked", text()},
         {"pattern", text()},
         {"rendered_sha256", text()},
         {"attempts", list(attempt)}},
        {"id", "event", "addressee", "channel", "state", "at", "attempts"});
}

json::object letter_schema() {
    const auto notice = object({{"id", text()},
                                {"case", text()},
                                {"number", text()},
                                {"grade", text()},
                                {"event", text()},
                                {"addressee", text()},
                                {"at", instant()}},
                               {"id", "case", "grade", "event", "addressee", "at"});
    return object({{"delivery", text()},
                   {"at", instant()},
                   {"owner", text()},
                   {"owner_name", text()},
                   {"told", number()},
                   {"tell_at", maybe_instant()},
                   {"channel", text()},
                   {"address_masked", text()},
                   {"notices", list(notice)},
                   {"attempts", list(anything())}},
                  {"delivery", "at", "owner", "notices", "attempts"});
}

json::object problem_schema() {
    return object(
        {{"type", text()},
         {"title", text()},
         {"status", number()},
         {"detail", text()},
         {"code", text()},
         {"errors", list(object({{"field", text()}, {"code", text()}, {"text", text()}},
                                {"field", "code", "text"}))},
         {"reasons", list(object({{"code", text()}, {"text", text()}}, {"code", "text"}))}},
        {"type", "title", "status", "detail", "code"});
}

json::object duty_schema() {
    return object({{"post", text()},
                   {"from", instant()},
                   {"until", instant()},
                   {"person", json::object{{"type", json::array{"string", "null"}}}},
                   {"why", text()}},
                  {"post", "from", "until", "person", "why"});
}

json::object covered_schema() {
    return object({{"post", text()},
                   {"post_name", text()},
                   {"told", list(object({{"person", text()},
                                         {"via", text()},
                                         {"why", text()},
                                         {"channels", list(text())},
                                         {"held_until", maybe_instant()}},
                                        {"person", "via", "why", "channels"}))},
                   {"gap", json::object{{"type", json::array{"string", "null"}}}},
                   {"reserve", anything()}},
                  {"post", "told", "gap", "reserve"});
}

json::object gap_schema() {
    return object(
        {{"post", text()}, {"kind", text()}, {"from", instant()}, {"until", maybe_instant()}},
        {"post", "kind", "from"});
}

}  // namespace

json::object answer_schemas() {
    const auto items = [](std::string_view of) {
        return object({{"items", list(schema_ref(of))}}, {"items"});
    };
    json::object all{
        {"Owner", owner_schema()},
        {"Clock", clock_schema()},
        {"TimeLeft", object({{"unit", json::object{{"enum", json::array{"wh", "W", "N", "h"}}}},
                             {"seconds", number()},
                             {"days", number()},
                             {"running", flag()},
                             {"as_of", instant()},
                             {"changes_at", instant()}},
                            {"unit"})},
        {"Presence", object({{"items", list(object({{"person_name", text()},
                                                    {"post_name", text()},
                                                    {"form", text()},
                                                    {"form_label", text()}},
                                                   {"form"}))}},
                            {"items"})},
        {"Assignment", assignment_schema()},
        {"Document", document_schema()},
        {"Documents",
         object({{"items", list(schema_ref("Document"))},
                 {"limits",
                  object({{"bytes", number()}, {"unused_bytes", number()}, {"types", list(text())}},
                         {"bytes", "unused_bytes", "types"})}},
                {"items"})},
        {"NewDocument",
         object({{"id", text()}, {"type", text()}, {"size", number()}, {"sha256", text()}},
                {"id", "type", "size", "sha256"})},
        {"Request", request_schema()},
        {"Case", case_schema()},
        {"CaseRow", row_schema()},
        {"CaseList",
         object({{"items", list(schema_ref("CaseRow"))},
                 {"next_cursor", json::object{{"type", json::array{"string", "null"}}}}},
                {"items", "next_cursor"})},
        {"Actions", actions_schema()},
        {"HistoryRow", history_schema()},
        {"History", items("HistoryRow")},
        {"Notice", notice_schema()},
        {"DeadLetters",
         object({{"items", list(letter_schema())}, {"more", flag()}}, {"items", "more"})},
        {"Notices", object({{"items", list(schema_ref("Notice"))},
                            {"assignments", list(schema_ref("Assignment"))}},
                           {"items", "assignments"})},
        {"Tasks", object({{"items", list(anything())}, {"more", flag()}}, {"items"})},
        {"Requests",
         object({{"items", list(json::object{{"allOf", json::array{schema_ref("Request"),
                                                                   object({{"case", text()},
                                                                           {"number", text()},
                                                                           {"mine", flag()}},
                                                                          {"case", "number"})}}})},
                 {"more", flag()}},
                {"items", "more"})},
        {"Me", object({{"account", text()}, {"roles", list(text())}}, {"account", "roles"})},
        {"Calendar",
         object({{"active", flag()}, {"made_at", maybe_instant()}, {"used_on", maybe(text())}},
                {"active", "made_at", "used_on"})},
        {"NewCalendar", object({{"done", text()}, {"url", text()}}, {"done", "url"})},
        {"Enterprises", object({{"items", list(anything())}}, {"items"})},
        {"Match", object({{"match", maybe(anything())}, {"candidates", list(anything())}},
                         {"match", "candidates"})},
        {"People", items("Person")},
        {"Person", object({{"id", text()},
                           {"name", text()},
                           {"enabled", flag()},
                           {"contacts", list(anything())},
                           {"quiet", list(anything())},
                           {"absences", list(anything())},
                           {"terms", list(anything())}},
                          {"id", "name", "enabled", "contacts", "absences", "terms"})},
        {"Posts", object({{"items", list(anything())}}, {"items"})},
        {"Absences", object({{"items", list(object({{"from", instant()}, {"until", instant()}},
                                                   {"from", "until"}))}},
                            {"items"})},
        {"Terms", object({{"items", list(object({{"post", text()},
                                                 {"person", text()},
                                                 {"rank", number()},
                                                 {"from", instant()},
                                                 {"until", maybe_instant()}},
                                                {"post", "person", "rank", "from", "until"}))}},
                         {"items"})},
        {"Duty", object({{"from", instant()},
                         {"until", instant()},
                         {"items", list(duty_schema())},
                         {"swaps", list(anything())}},
                        {"from", "until", "items", "swaps"})},
        {"Coverage", object({{"at", instant()},
                             {"posts", list(covered_schema())},
                             {"departments", list(anything())},
                             {"gaps", list(gap_schema())},
                             {"stale_contacts", list(anything())}},
                            {"at", "posts", "departments", "gaps", "stale_contacts"})},
        {"Preview", object({{"at", instant()},
                            {"until", instant()},
                            {"grade", text()},
                            {"lines", list(anything())},
                            {"lacked", list(text())},
                            {"cut", flag()}},
                           {"at", "until", "grade", "lines", "lacked", "cut"})},
        {"Changed", object({{"done", text()}, {"seq", number()}, {"cases", number()}}, {"done"})},
        {"Migrated", object({{"case", text()},
                             {"number", text()},
                             {"from", text()},
                             {"to", text()},
                             {"moved", list(object({{"clock", text()},
                                                    {"old_due_at", instant()},
                                                    {"new_due_at", instant()}},
                                                   {"clock", "old_due_at", "new_due_at"}))}},
                            {"case", "number", "from", "to", "moved"})},
        {"Ready", object({{"ready", flag()},
                          {"checks", anything()},
                          {"complaints", anything()},
                          {"configuration", anything()}},
                         {"ready", "checks"})},
        // "before" and "after" are hashes of the files; "text" words "takeover" for people.
        {"Reloaded",
         object(
             {{"done", json::object{{"enum", json::array{"taken", "tried"}}}},
              {"before", text()},
              {"after", text()},
              {"faults", list(anything())},
              {"needs_restart", list(text())},
              {"takeover", anything()},
              {"files", list(object({{"file", text()}, {"change", text()}}, {"file", "change"}))},
              {"values", list(anything())},
              {"values_changed", number()},
              {"text", text()}},
             {"done", "before", "after", "faults", "needs_restart"})},
        {"Session", object({{"token", text()},
                            {"expires_at", instant()},
                            {"account", text()},
                            {"roles", list(text())},
                            {"must_change", flag()},
                            {"must_enrol", flag()}},
                           {"expires_at", "account", "roles", "must_change"})},
        {"SignInWays", object({{"password", flag()},
                               {"oidc", maybe(anything())},
                               {"lock_after", number()},
                               {"help", text()}},
                              {"password", "oidc", "lock_after", "help"})},
        {"NewFactor", object({{"done", text()}, {"secret", text()}, {"uri", text()}},
                             {"done", "secret", "uri"})},
        {"Factor",
         object({{"done", text()}, {"recovery_codes", list(text())}}, {"done", "recovery_codes"})},
        {"SignIns", object({{"items", list(object({{"account", text()},
                                                   {"at", instant()},
                                                   {"from", text()},
                                                   {"outcome", text()},
                                                   {"outcome_text", text()},
                                                   {"times", number()}},
                                                  {"account", "at", "from", "outcome", "times"}))}},
                           {"items"})},
        {"Accounts", object({{"items", list(object({{"account", text()},
                                                    {"roles", list(text())},
                                                    {"enabled", flag()},
                                                    {"locked", flag()},
                                                    {"must_change", flag()},
                                                    {"has_password", flag()},
                                                    {"tokens", number()}},
                                                   {"account", "roles", "enabled"}))}},
                            {"items"})},
        {"Tokens", object({{"items", list(object({{"session", flag()},
                                                  {"made_at", instant()},
                                                  {"expires_at", maybe_instant()}},
                                                 {"session", "made_at", "expires_at"}))}},
                          {"items"})},
        {"NewToken", object({{"done", text()}, {"token", text()}}, {"done", "token"})},
        {"Health", object({{"status", text()}}, {"status"})},
        {"Problem", problem_schema()}};
    for (auto& each : office_schemas()) all.insert(std::move(each));
    return all;
}

}  // namespace jinqiao::adapters::http
