#include "adapters/http/openapi.h"

#include <boost/json/array.hpp>
#include <set>

#include "adapters/http/api.h"
#include "adapters/http/cookie.h"
#include "adapters/http/language.h"
#include "adapters/http/people_changes.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace kernel = engine::kernel;

namespace {

struct Shape {
    std::string_view call;
    std::string_view answer;  // schema of components; empty: no JSON
    int status;
};

// Calls are shown by what they are about: the tag of the first of these that the pattern begins
// with. Words: tag.<name> of api.yaml.
constexpr std::pair<std::string_view, std::string_view> tags[] = {
    {"/api/v1/alerts", "cases"},
    {"/api/v1/cases", "cases"},
    {"/api/v1/anonymous", "anonymous"},
    {"/api/v1/channels", "signs"},
    {"/api/v1/calendars", "system"},
    {"/api/v1/dead-letters", "signs"},
    {"/api/v1/assignments", "signs"},
    {"/s/", "signs"},
    {"/api/v1/tasks", "mine"},
    {"/api/v1/me", "mine"},
    {"/api/v1/calendar", "mine"},
    {"/api/v1/stream", "mine"},
    {"/api/v1/requests", "mine"},
    {"/api/v1/session", "accounts"},
    {"/api/v1/accounts", "accounts"},
    {"/api/v1/enterprises", "cases"},
    {"/api/v1/sign-ins", "accounts"},
    {"/api/v1/documents", "cases"},
    {"/api/v1/people", "people"},
    {"/api/v1/posts", "people"},
    {"/api/v1/duty", "people"},
    {"/api/v1/coverage", "people"},
    {"/api/v1/preview", "people"},
    {"/api/v1/board", "cases"},
    {"/", "system"},
};

std::string_view tag_of(std::string_view pattern) {
    for (const auto& [start, tag] : tags)
        if (pattern.starts_with(start)) return tag;
    return "system";
}

// What each call answers with, where it succeeds.
constexpr Shape shapes[] = {
    {"file_alert", "Case", 201},
    {"show_anonymous", "Anonymous", 200},
    {"file_anonymously", "Receipt", 201},
    {"conversation", "Conversation", 200},
    {"write_anonymously", "Sent", 201},
    {"list_cases", "CaseList", 200},
    {"get_case", "Case", 200},
    {"list_actions", "Actions", 200},
    {"act", "Case", 200},
    {"migrate_case", "Migrated", 200},
    {"history", "History", 200},
    {"notices", "Notices", 200},
    {"presence", "Presence", 200},
    {"be_present", "Presence", 200},
    {"channels", "Channels", 200},
    {"test_channel", "ChannelTried", 200},
    {"dead_letters", "DeadLetters", 200},
    {"answer_assignment", "Assignment", 200},
    {"tasks", "Tasks", 200},
    {"requests", "Requests", 200},
    {"me", "Me", 200},
    {"show_calendar", "Calendar", 200},
    {"put_calendar", "NewCalendar", 201},
    {"drop_calendar", "Changed", 200},
    {"find_enterprises", "Enterprises", 200},
    {"match_enterprise", "Match", 200},
    {"add_document", "NewDocument", 201},
    {"list_documents", "Documents", 200},
    {"list_people", "People", 200},
    {"list_posts", "Posts", 200},
    {"list_absences", "Absences", 200},
    {"list_terms", "Terms", 200},
    {"duty", "Duty", 200},
    {"coverage", "Coverage", 200},
    {"preview", "Preview", 200},
    {"board", "Board", 200},
    {"board_late", "LateCases", 200},
    {"board_enterprises", "BoardOfEnterprises", 200},
    {"sign_in", "Session", 201},
    {"sign_out", "Changed", 200},
    {"sign_in_ways", "SignInWays", 200},
    {"begin_oidc", "", 303},
    {"end_oidc", "", 303},
    {"list_accounts", "Accounts", 200},
    {"list_tokens", "Tokens", 200},
    {"list_sign_ins", "SignIns", 200},
    {"offer_totp", "NewFactor", 201},
    {"confirm_totp", "Factor", 200},
    {"put_token", "NewToken", 201},
    {"health", "Health", 200},
    {"ready", "Ready", 200},
    {"configuration", "Configuration", 200},
    {"list_reports", "Reports", 200},
    {"report", "Report", 200},
    {"reload_configuration", "Reloaded", 200},
    {"check_configuration", "Checked", 200},
    {"compare_configuration", "Reloaded", 200},
    {"calendars", "Calendars", 200},
    {"audit_trail", "Trail", 200},
    {"verification", "Verification", 200},
    {"verify_audit", "Verification", 200},
};

Shape shape_of(std::string_view call) {
    for (const auto& shape : shapes)
        if (shape.call == call) return shape;
    if (people_change(call) != nullptr) return {call, "Changed", 200};
    return {call, "", 200};
}

bool for_nobody_signed_in(const kernel::Action& action) {
    return action.who == std::vector<std::string>{"anonymous"};
}

class Document {
  public:
    Document(const Lens& lens, const kernel::Workflow* workflow, const HttpSettings& settings)
        : lens_(lens), workflow_(workflow), settings_(settings) {}

    json::object write(std::span<const Route> routes) {
        json::object paths;
        for (const auto& route : routes) {
            if (route.name == "act") {
                add_actions(paths, route);
            } else if (route.name == "answer_assignment") {
                for (const std::string verb : {"sign", "accept", "return", "done", "urge"})
                    add(paths, with(route.pattern, "{verb}", verb), route, "assignment_" + verb,
                        lens_.say("call.assignment_" + verb), assignment_body());
            } else {
                add(paths, std::string(route.pattern), route, std::string(route.name),
                    lens_.say("call." + std::string(route.name)), body_of(route));
            }
        }
        auto schemas = answer_schemas();
        add_report_schemas(schemas);
        for (const auto& [name, shape] : filer_schemas()) schemas[name] = shape;
        if (workflow_)
            for (const auto& action : workflow_->actions())
                if (action.name == "file" || !for_nobody_signed_in(action))
                    schemas["action_" + action.name] =
                        kernel::schema(action.payload, lens_.language);
        return {{"openapi", "3.1.0"},
                {"info", json::object{{"title", "Jinqiao 金桥"},
                                      {"version", settings_.version},
                                      {"description", lens_.say("call.description")},
                                      {"contact", json::object{{"name", settings_.zone_name.empty()
                                                                            ? "Jinqiao"
                                                                            : settings_.zone_name},
                                                               {"url", settings_.public_url}}},
                                      {"license", json::object{{"name", "Apache-2.0"},
                                                               {"identifier", "Apache-2.0"}}}}},
                {"tags", tag_list(routes)},
                {"servers", json::array{json::object{{"url", settings_.public_url}}}},
                {"security", json::array{json::object{{"bearer", json::array{}}},
                                         json::object{{"cookie", json::array{}}}}},
                {"paths", std::move(paths)},
                {"components",
                 json::object{
                     {"schemas", std::move(schemas)},
                     {"securitySchemes",
                      json::object{
                          {"bearer", json::object{{"type", "http"}, {"scheme", "bearer"}}},
                          {"cookie", json::object{{"type", "apiKey"},
                                                  {"in", "cookie"},
                                                  {"name", cookie_name()},
                                                  {"description", lens_.say("call.cookie")}}}}}}}};
    }

  private:
    std::string_view cookie_name() const {
        return session_cookie_name(settings_.tls.named() ||
                                   settings_.public_url.starts_with("https://"));
    }

    static std::string with(std::string_view pattern, std::string_view hole,
                            const std::string& value) {
        std::string path(pattern);
        if (const auto at = path.find(hole); at != std::string::npos)
            path.replace(at, hole.size(), value);
        return path;
    }

    void add_actions(json::object& paths, const Route& route) {
        if (!workflow_) return;
        for (const auto& action : workflow_->actions()) {
            if (action.name == "file" || for_nobody_signed_in(action)) continue;  // have calls
            add(paths, with(route.pattern, "{name}", action.name), route, "act_" + action.name,
                action.label.in(lens_.language), schema_ref("action_" + action.name));
        }
    }

    void add(json::object& paths, const std::string& path, const Route& route, std::string id,
             std::string summary, json::object body) {
        json::object operation{{"operationId", std::move(id)},
                               {"description", about(route, summary)},
                               {"summary", std::move(summary)},
                               {"tags", json::array{tag_of(route.pattern)}}};
        if (route.body == Body::file) operation["requestBody"] = file_body();
        if (route.name == "sign_by_link") operation["requestBody"] = answer_body();
        auto parameters = parameters_of(path, route, lens_);
        if (!parameters.empty()) operation["parameters"] = std::move(parameters);
        if (!body.empty())
            operation["requestBody"] = json::object{
                {"required", route.name == "file_alert" || route.name == "match_enterprise" ||
                                 route.name == "file_anonymously" || body.contains("required")},
                {"content",
                 json::object{{"application/json", json::object{{"schema", std::move(body)}}}}}};
        if (route.access == Access::everybody) operation["security"] = json::array{};
        operation["responses"] = responses_of(route);
        json::value& item = paths[path];
        if (!item.is_object()) item.emplace_object();
        item.get_object()[route.method == "GET"    ? "get"
                          : route.method == "POST" ? "post"
                                                   : "delete"] = std::move(operation);
    }

    json::array tag_list(std::span<const Route> routes) const {
        std::set<std::string_view> used;
        for (const auto& route : routes) used.insert(tag_of(route.pattern));
        json::array out;
        for (const auto tag : used)
            out.push_back(
                json::object{{"name", tag}, {"description", lens_.say("tag." + std::string(tag))}});
        return out;
    }

    // What a summary leaves out, where there is more to say.
    std::string about(const Route& route, const std::string& summary) const {
        const auto code = "call." + std::string(route.name) + ".about";
        return lens_.words->has(code) ? lens_.say(code) : summary;
    }

    // A file as it is: a schema without a type is one of any bytes (OpenAPI 3.1, 4.8.14.2).
    json::object file_body() const {
        json::object content;
        for (const auto& type : settings_.document_types) content[type] = json::object{};
        if (content.empty()) content["application/octet-stream"] = json::object{};
        return {{"required", true}, {"content", std::move(content)}};
    }

    // What the page behind a sign link sends; `note` and `text` are of answers by mail.
    static json::object answer_body() {
        const auto text = [](std::size_t most) {
            return json::object{{"type", "string"}, {"maxLength", most}};
        };
        json::object schema{
            {"type", "object"},
            {"properties",
             json::object{{"answer",
                           json::object{{"enum", json::array{"sign", "accept", "return", "note"}}}},
                          {"reason", text(longest_reason)},
                          {"text", text(longest_note)}}},
            {"additionalProperties", false}};
        return {{"required", false},
                {"content", json::object{{"application/x-www-form-urlencoded",
                                          json::object{{"schema", std::move(schema)}}}}}};
    }

    json::object assignment_body() const {
        return {{"type", "object"},
                {"properties",
                 json::object{{"reason", json::object{{"type", "string"}, {"maxLength", 4000}}}}},
                {"additionalProperties", false}};
    }

    json::object body_of(const Route& route) const {
        if (route.name == "conversation")
            return kernel::schema(receipt_fields(*lens_.words), lens_.language);
        if (route.name == "write_anonymously")
            return kernel::schema(message_fields(*lens_.words), lens_.language);
        if (route.name == "file_alert" || route.name == "file_anonymously")
            return workflow_ ? schema_ref("action_file") : json::object{{"type", "object"}};
        if (route.name == "migrate_case")
            return kernel::schema(migration_fields(*lens_.words), lens_.language);
        if (route.name == "reload_configuration")
            return kernel::schema(reload_fields(*lens_.words), lens_.language);
        if (route.name == "test_channel")
            return kernel::schema(trial_fields(*lens_.words), lens_.language);
        if (route.name == "be_present")
            return {{"type", "object"},
                    {"properties", json::object{{"form", json::object{{"type", "string"}}}}},
                    {"required", json::array{"form"}},
                    {"additionalProperties", false}};
        if (route.name == "sign_in")
            return kernel::schema(sign_in_fields(*lens_.words), lens_.language);
        if (route.name == "offer_totp" || route.name == "confirm_totp")
            return kernel::schema(factor_fields(route.name, *lens_.words), lens_.language);
        if (const auto* change = people_change(route.name))
            return kernel::schema(fields_of(*change, *lens_.words), lens_.language);
        if (route.name != "match_enterprise") return {};
        const json::object text{{"type", "string"}};
        return {{"type", "object"},
                {"properties", json::object{{"name", text}, {"uscc", text}, {"address", text}}},
                {"additionalProperties", false}};
    }

    json::object problem(const std::string& code) const {
        return {{"description", lens_.say("problem." + code + ".title")},
                {"content", json::object{{"application/problem+json",
                                          json::object{{"schema", schema_ref("Problem")}}}}}};
    }

    json::object responses_of(const Route& route) const {
        const auto shape = shape_of(route.name);
        json::object done{{"description", lens_.say("call.done")}};
        if (!shape.answer.empty())
            done["content"] =
                json::object{{"application/json",
                              json::object{{"schema", schema_ref(std::string(shape.answer))}}}};
        else if (route.pattern.starts_with("/s/"))
            done["content"] = json::object{{"text/html", json::object{}}};
        else if (shape.status == 303)
            done["content"] = json::object{{"text/plain", json::object{}}};
        else if (route.name == "stream")
            done["content"] = json::object{{"text/event-stream", json::object{}}};
        else if (route.name == "ledger")
            done["content"] =
                json::object{{"text/csv", json::object{}}, {"text/html", json::object{}}};
        else if (route.name == "calendar")
            done["content"] = json::object{{"text/calendar", json::object{}}};
        else if (route.name == "get_document")
            done["content"] = file_body().at("content");
        else if (route.name == "metrics")
            done["content"] = json::object{{"text/plain", json::object{}}};
        else
            done["content"] = json::object{{"application/json", json::object{}}};
        if (route.name == "report") done["content"].as_object()["text/csv"] = json::object{};
        json::object out{{std::to_string(shape.status), std::move(done)}};
        if (route.pattern.starts_with("/s/")) {
            out["404"] = json::object{{"description", lens_.say("page.gone.title")},
                                      {"content", json::object{{"text/html", json::object{}}}}};
            if (route.method == "POST")
                for (const auto& [status, code] : {std::pair{"400", "form"},
                                                   {"409", "late"},
                                                   {"413", "size"},
                                                   {"415", "form"},
                                                   {"422", "reason"},
                                                   {"503", "busy"}})
                    out[status] =
                        json::object{{"description", lens_.say("page.fault." + std::string(code))},
                                     {"content", json::object{{"text/html", json::object{}}}}};
            return out;
        }
        if (route.name == "calendar") {
            out["304"] = json::object{{"description", lens_.say("call.same")}};
            out["403"] = problem("forbidden");
            out["404"] = problem("not_found");
            out["429"] = problem("too_many");
        }
        if (route.name == "sign_in") {
            out["401"] = problem("sign_in_failed");
            out["403"] = problem("cross_site");
            out["429"] = problem("too_many");
            out["503"] = problem("busy");
        }
        if (shape.status == 303) {
            out["403"] = problem("cross_site");
            out["404"] = problem("not_found");
            out["429"] = problem("too_many");
        }
        if (route.method == "POST" && route.pattern.starts_with("/api/v1/anonymous")) {
            for (const auto& [status, code] : {std::pair{"400", "bad_request"},
                                               {"409", "idempotency_in_flight"},
                                               {"413", "too_large"},
                                               {"415", "unsupported_media_type"},
                                               {"422", "invalid_payload"},
                                               {"429", "too_many"},
                                               {"503", "busy"}})
                out[status] = problem(code);
            if (route.name == "file_anonymously")
                out["403"] = problem("anonymous_off");
            else
                out["404"] = problem("wrong_receipt");
        }
        if (route.access == Access::everybody) return out;
        out["401"] = problem("unauthorized");
        out["429"] = problem("too_many");
        out["403"] = problem("forbidden");
        if (route.pattern.find('{') != std::string_view::npos) out["404"] = problem("not_found");
        if (route.name == "list_cases" || route.name == "find_enterprises" ||
            route.name == "duty" || route.name == "coverage" || route.name == "preview" ||
            route.name.starts_with("board") || route.name == "requests" ||
            route.name == "list_documents" || route.name == "list_people" ||
            route.name == "list_sign_ins" || route.name == "calendars" ||
            route.name == "audit_trail" || route.name == "check_configuration" ||
            route.name == "compare_configuration" || route.name == "ledger" ||
            route.name == "list_posts" || route.name == "report" || route.name == "list_reports" ||
            route.method == "POST")
            out["400"] = problem("bad_request");
        if (route.name == "compare_configuration") {
            out["409"] = problem("reload_under_way");
            out["422"] = problem("configuration_faulty");
        }
        if (route.name == "check_configuration") out["409"] = problem("reload_under_way");
        if (route.name == "preview") out["422"] = problem("invalid_payload");
        if (route.name == "preview") out["503"] = problem("busy");
        if (route.method != "POST") return out;
        out["409"] = problem("blocked");
        if (route.name == "act") out["412"] = problem("stale");
        out["413"] = problem("too_large");
        out["415"] = problem("unsupported_media_type");
        out["422"] = problem("invalid_payload");
        out["503"] = problem("busy");
        out["507"] = problem("disk_full");
        return out;
    }

    const Lens& lens_;
    const kernel::Workflow* workflow_;
    const HttpSettings& settings_;
};

}  // namespace

json::object openapi_document(std::span<const Route> routes, const Lens& lens,
                              const kernel::Workflow* workflow, const HttpSettings& settings) {
    return Document(lens, workflow, settings).write(routes);
}

}  // namespace jinqiao::adapters::http
