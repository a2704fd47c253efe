#include "adapters/cli/client_ask.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "adapters/cli/ask/form.h"
#include "adapters/cli/json_view.h"
#include "adapters/cli/secrets.h"
#include "adapters/cli/system.h"

namespace jinqiao::adapters::cli {
namespace {

namespace json = boost::json;
using ask::Asker;
using ask::Form;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

// What an alert is asked for, in the order of a telephone call; the rest is for those who write the
// file themselves.
const std::vector<std::string>& of_an_alert() {
    static const std::vector<std::string> paths{"enterprise.name",       "event.place",
                                                "event.cause",           "event.behaviours",
                                                "event.demands",         "event.workers_involved",
                                                "event.workers_present", "event.injured",
                                                "event.arrears_months",  "event.started_at",
                                                "event.noticed_at",      "enterprise.staff",
                                                "reporter.name",         "reporter.role",
                                                "reporter.phone",        "note"};
    return paths;
}

bool given(const json::object& alert, std::string_view path) {
    const json::value whole(alert);
    const auto* found = at(whole, path);
    return found != nullptr && !found->is_null() &&
           !(found->is_string() && found->get_string().empty()) &&
           !(found->is_array() && found->get_array().empty());
}

Error given_up(const Context& context) {
    return {ErrorCode::conflict, context.speech("cli.ask.given_up"), ""};
}

Error no_terminal(const Context& context) {
    return {ErrorCode::invalid, context.speech("cli.file.no_terminal"), ""};
}

Asker asker(const Context& context) {
    View view = context.view;
    return {context.speech, std::cin, context.err, view};
}

// The two rules of an alert that no single field holds (design.md 7).
bool complete(Asker& asker, Form& form, const json::object& schema, json::object& alert) {
    while (!given(alert, "enterprise.name") && !given(alert, "event.place")) {
        asker.say(asker.word("cli.ask.where"), Tint::orange);
        if (!form.some(schema, {"enterprise.name", "event.place"}, alert)) return false;
    }
    while (!given(alert, "event.cause") && !given(alert, "event.behaviours") &&
           !given(alert, "note")) {
        asker.say(asker.word("cli.ask.what"), Tint::orange);
        if (!form.some(schema, {"event.cause", "event.behaviours", "note"}, alert)) return false;
    }
    return true;
}

void drop_empty_parts(json::object& alert) {
    for (const char* part : {"enterprise", "event", "reporter"})
        if (const auto* held = alert.if_contains(part);
            held != nullptr && held->is_object() && held->get_object().empty())
            alert.erase(part);
}

bool confirmed(Asker& asker, Form& form, const json::object& schema, const json::object& answers) {
    form.show(schema, answers);
    return asker.yes(asker.word("cli.ask.send"), std::nullopt).value_or(false);
}

// A problem of the API, as an error that can be told.
Error problem_of(const ApiClient::Answer& answer) {
    return {ErrorCode::unavailable, text_at(answer.json, "title"), std::to_string(answer.status)};
}

std::string version_of(std::string etag) {
    std::erase(etag, '"');
    return etag;
}

// For the person who wrote it; it names people.
Error keep(const Context& context, const Asked& asked, const std::string& key,
           const std::string& command, const Error& why) {
    const std::string file = "jinqiao-" + key + ".json";
    // Byte for byte: under one key another body is refused.
    if (auto written = write_private(file, asked.body); !written) return why;
    std::string repeat = command;
    for (const auto& [name, text] : {std::pair{"{file}", file}, std::pair{"{key}", key}})
        if (const auto place = repeat.find(name); place != std::string::npos)
            repeat.replace(place, std::string_view(name).size(), text);
    context.err << context.speech("cli.ask.kept", {{"file", file}, {"command", repeat}}) << '\n';
    return why;
}

}  // namespace

Result<Asked> ask_alert(const Context& context, ApiClient& client, json::object known) {
    if (!ask::at_terminal()) return no_terminal(context);
    const auto described = client.get("/api/v1/openapi.json");
    if (!described) return described.error();
    const auto* found = at(described->json, "components.schemas.action_file");
    if (found == nullptr || !found->is_object()) return problem_of(*described);
    const json::object& schema = found->get_object();
    Asker person = asker(context);
    Form form(person, SystemClock().now());
    person.say(context.speech("cli.ask.file"));
    if (!form.some(schema, of_an_alert(), known) || !complete(person, form, schema, known))
        return given_up(context);
    drop_empty_parts(known);
    if (!confirmed(person, form, schema, known)) return given_up(context);
    return Asked{json::serialize(known), ""};
}

Result<Asked> ask_action(const Context& context, ApiClient& client, const std::string& case_path,
                         const std::string& action) {
    if (!ask::at_terminal()) return Asked{"{}", ""};
    const auto options = client.get(case_path + "/actions");
    if (!options) return options.error();
    for (const auto& option : list_at(options->json, "allowed")) {
        const auto* found = at(option, "schema");
        if (text_at(option, "name") != action || found == nullptr || !found->is_object()) continue;
        const json::object& schema = found->get_object();
        if (const auto* fields = at(*found, "properties");
            fields == nullptr || !fields->is_object() || fields->get_object().empty())
            break;
        const auto kase = client.get(case_path);
        if (!kase) return kase.error();
        Asker person = asker(context);
        Form form(person, SystemClock().now());
        person.say(context.speech("cli.ask.act", {{"label", text_at(option, "label")},
                                                  {"number", text_at(kase->json, "number")}}));
        const auto answers = form.all(schema);
        if (!answers || !confirmed(person, form, schema, *answers)) return given_up(context);
        return Asked{json::serialize(*answers), version_of(options->etag)};
    }
    return Asked{"{}", ""};
}

Result<ApiClient::Answer> send_asked(const Context& context, ApiClient& client,
                                     const std::string& path, const Asked& asked,
                                     const std::string& key, const std::string& command) {
    const std::string same = key.empty() ? "cli-" + random_hex(16) : key;
    for (;;) {
        auto answer = client.post(path, asked.body, same, asked.if_match);
        if (answer) return answer;
        Asker person = asker(context);
        const std::string question =
            context.speech("cli.ask.no_answer", {{"what", answer.error().what}});
        if (!person.yes(question, std::nullopt).value_or(false))
            return keep(context, asked, same, command, answer.error());
    }
}

}  // namespace jinqiao::adapters::cli
