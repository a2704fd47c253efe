#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>

#include "adapters/cli/api_client.h"
#include "adapters/cli/ask/asker.h"
#include "adapters/cli/client_ask.h"
#include "adapters/cli/client_show.h"
#include "adapters/cli/command.h"
#include "adapters/cli/json_view.h"
#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using notify::courier::percent_encode;

// "-" is the standard input, "@FILE" and "FILE" a file.
Result<std::string> read_input(const std::string& name) {
    if (name == "-")
        return std::string(std::istreambuf_iterator<char>(std::cin),
                           std::istreambuf_iterator<char>());
    const std::string path = name.starts_with('@') ? name.substr(1) : name;
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{ErrorCode::not_found, "cannot read the file", path};
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

// One call, shown by `show` where it went well.
template <class Show>
Exit call(const Context& context, const Result<ApiClient::Answer>& answer, Show show) {
    if (!answer) return context.fail(answer.error(), Exit::could_not);
    if (!answer->ok()) return tell_problem(context, *answer);
    if (context.json)
        context.out << answer->body << '\n';
    else
        show(context, answer->json);
    return Exit::done;
}

struct Settings {
    ApiAccess access;
    std::string kase, action, data, key, if_match, input;
    std::string moment, reason;
    std::string state, stage, grade, owner, q, sort, cursor;
    int limit = 50;
    bool ask = false, overdue = false, exercises = false, no_exercises = false;
};

using Held = std::shared_ptr<Settings>;

void access_options(CLI::App& command, const Context& context, const Held& held) {
    add_access(command, context.speech, held->access);
}

// Opens the client, finds the case if one is named, then calls.
template <class Body>
Exit with_client(const Context& context, const Held& held, Body body) {
    auto client = ApiClient::open(held->access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    if (!held->kase.empty()) {
        const auto id = find_case(*client, held->kase);
        if (!id) return context.fail(id.error(), Exit::could_not);
        held->kase = *id;
    }
    return body(*client);
}

std::string case_path(const Held& held) { return "/api/v1/cases/" + percent_encode(held->kase); }

// What a person gave up is no fault of anybody; without a terminal the call was wrong.
Exit not_asked(const Context& context, const Error& error) {
    return context.fail(error, error.code == ErrorCode::invalid    ? Exit::usage
                               : error.code == ErrorCode::conflict ? Exit::refused
                                                                   : Exit::could_not);
}

Exit file_asked(const Context& context, const Held& held, const std::string& text) {
    boost::json::error_code broken;
    const auto known = boost::json::parse(text, broken);
    if (broken || !known.is_object())
        return context.fail({ErrorCode::invalid, "not a JSON object", held->input}, Exit::usage);
    return with_client(context, held, [&](ApiClient& client) {
        const auto asked = ask_alert(context, client, known.get_object());
        if (!asked) return not_asked(context, asked.error());
        return call(context,
                    send_asked(context, client, "/api/v1/alerts", *asked, held->key,
                               "jinqiao file {file} --key {key}"),
                    show_receipt);
    });
}

Exit file_alert(const Context& context, const Held& held) {
    if (held->input.empty()) return file_asked(context, held, "{}");
    const auto text = read_input(held->input);
    if (!text) return context.fail(text.error(), Exit::usage);
    if (held->ask) return file_asked(context, held, *text);
    return with_client(context, held, [&](ApiClient& client) {
        return call(context, client.post("/api/v1/alerts", *text, held->key), show_receipt);
    });
}

Exit list_cases(const Context& context, const Held& held) {
    std::string query = "?limit=" + std::to_string(held->limit);
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) query += std::string("&") + name + "=" + percent_encode(value);
    };
    add("state", held->state);
    add("stage", held->stage);
    add("grade", held->grade);
    add("owner", held->owner);
    add("q", held->q);
    add("sort", held->sort);
    add("cursor", held->cursor);
    if (held->overdue) query += "&overdue=true";
    if (held->exercises) query += "&exercise=true";
    if (held->no_exercises) query += "&exercise=false";
    return with_client(context, held, [&](ApiClient& client) {
        return call(context, client.get("/api/v1/cases" + query), show_list);
    });
}

Exit coverage(const Context& context, const Held& held) {
    const std::string query = held->moment.empty() ? "" : "?at=" + percent_encode(held->moment);
    return with_client(context, held, [&](ApiClient& client) {
        return call(context, client.get("/api/v1/coverage" + query), show_coverage);
    });
}

Exit confirm_clock(const Context& context, const Held& held) {
    boost::json::object body;
    if (!held->reason.empty()) body["reason"] = held->reason;
    return with_client(context, held, [&](ApiClient& client) {
        return call(context,
                    client.post("/api/v1/clock/confirm", boost::json::serialize(body), held->key),
                    [](const Context& told, const boost::json::value&) {
                        told.out << told.speech("cli.clock.confirmed") << '\n';
                    });
    });
}

Exit migrate(const Context& context, const Held& held) {
    const auto body = boost::json::serialize(boost::json::object{{"reason", held->reason}});
    return with_client(context, held, [&](ApiClient& client) {
        return call(context, client.post(case_path(held) + "/migrate", body, held->key),
                    show_migrated);
    });
}

Exit act_asked(const Context& context, const Held& held) {
    return with_client(context, held, [&](ApiClient& client) {
        auto asked = ask_action(context, client, case_path(held), held->action);
        if (!asked) return not_asked(context, asked.error());
        if (!held->if_match.empty()) asked->if_match = held->if_match;
        const std::string again = "jinqiao case act " + held->kase + " " + held->action;
        return call(context,
                    send_asked(context, client,
                               case_path(held) + "/actions/" + percent_encode(held->action), *asked,
                               held->key, again + " --data @{file} --key {key}"),
                    show_case);
    });
}

Exit act(const Context& context, const Held& held) {
    if (held->data.empty() && ask::at_terminal()) return act_asked(context, held);
    std::string body = held->data.empty() ? "{}" : held->data;
    if (body == "-" || body.starts_with('@')) {
        auto text = read_input(body);
        if (!text) return context.fail(text.error(), Exit::usage);
        body = std::move(*text);
    }
    return with_client(context, held, [&](ApiClient& client) {
        const std::string path = case_path(held) + "/actions/" + percent_encode(held->action);
        return call(context, client.post(path, body, held->key, held->if_match), show_case);
    });
}

template <class Show>
Chosen reading(const Context& context, const Held& held, const char* below, Show show) {
    return [&context, held, below, show] {
        return with_client(context, held, [&](ApiClient& client) {
            return call(context, client.get(case_path(held) + below), show);
        });
    };
}

CLI::App& on_case(CLI::App& group, const Context& context, const char* name, const Held& held) {
    CLI::App& command =
        *group.add_subcommand(name, context.speech(std::string("cli.help.case.") + name));
    command.add_option("case", held->kase, context.speech("cli.help.case_id"))->required();
    access_options(command, context, held);
    return command;
}

}  // namespace

void add_client(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    const auto held = std::make_shared<Settings>();

    CLI::App& file = *app.add_subcommand("file", speech("cli.help.file"));
    file.add_option("alert", held->input, speech("cli.help.file.alert"));
    file.add_flag("--ask", held->ask, speech("cli.help.file.ask"));
    file.add_option("--key", held->key, speech("cli.help.key"));
    access_options(file, context, held);
    file.callback([&, held] { chosen = [&context, held] { return file_alert(context, held); }; });

    CLI::App& covered = *app.add_subcommand("coverage", speech("cli.help.coverage"));
    covered.add_option("--at", held->moment, speech("cli.help.coverage.at"));
    access_options(covered, context, held);
    covered.callback([&, held] { chosen = [&context, held] { return coverage(context, held); }; });

    CLI::App& clock = *app.add_subcommand("clock", speech("cli.help.clock"));
    clock.require_subcommand(1);
    CLI::App& confirm = *clock.add_subcommand("confirm", speech("cli.help.clock.confirm"));
    confirm.add_option("--reason", held->reason, speech("cli.help.clock.reason"));
    confirm.add_option("--key", held->key, speech("cli.help.key"));
    access_options(confirm, context, held);
    confirm.callback(
        [&, held] { chosen = [&context, held] { return confirm_clock(context, held); }; });

    CLI::App& group = *app.add_subcommand("case", speech("cli.help.case"));
    group.require_subcommand(1);

    CLI::App& list = *group.add_subcommand("list", speech("cli.help.case.list"));
    list.add_option("--state", held->state, speech("cli.help.case.list.state"));
    list.add_option("--stage", held->stage, speech("cli.help.case.list.stage"))
        ->type_name("{warn,coordinate,resolve,ended}");
    list.add_option("--grade", held->grade, speech("cli.help.case.list.grade"))
        ->type_name("{red,orange,yellow,blue}");
    list.add_option("--owner", held->owner, speech("cli.help.case.list.owner"));
    list.add_option("--q", held->q, speech("cli.help.case.list.q"));
    list.add_option("--sort", held->sort, speech("cli.help.case.list.sort"));
    list.add_option("--cursor", held->cursor, speech("cli.help.case.list.cursor"));
    list.add_option("--limit", held->limit, speech("cli.help.case.list.limit"))
        ->check(CLI::Range(1, 200));
    list.add_flag("--overdue", held->overdue, speech("cli.help.case.list.overdue"));
    auto* only =
        list.add_flag("--exercises", held->exercises, speech("cli.help.case.list.exercises"));
    list.add_flag("--no-exercises", held->no_exercises, speech("cli.help.case.list.no_exercises"))
        ->excludes(only);
    access_options(list, context, held);
    list.callback([&, held] { chosen = [&context, held] { return list_cases(context, held); }; });

    on_case(group, context, "show", held).callback([&, held] {
        chosen = reading(context, held, "", show_case);
    });
    on_case(group, context, "actions", held).callback([&, held] {
        chosen = reading(context, held, "/actions", show_actions);
    });
    on_case(group, context, "history", held).callback([&, held] {
        chosen = reading(context, held, "/history", show_history);
    });
    on_case(group, context, "notices", held).callback([&, held] {
        chosen = reading(context, held, "/notices", show_notices);
    });

    CLI::App& moving = on_case(group, context, "migrate", held);
    moving.add_option("--reason", held->reason, speech("cli.help.case.migrate.reason"))->required();
    moving.add_option("--key", held->key, speech("cli.help.key"));
    moving.callback([&, held] { chosen = [&context, held] { return migrate(context, held); }; });

    CLI::App& doing = on_case(group, context, "act", held);
    doing.add_option("action", held->action, speech("cli.help.action"))->required();
    doing.add_option("--data", held->data, speech("cli.help.data"));
    doing.add_option("--key", held->key, speech("cli.help.key"));
    doing.add_option("--if-match", held->if_match, speech("cli.help.if_match"));
    doing.callback([&, held] { chosen = [&context, held] { return act(context, held); }; });
}

}  // namespace jinqiao::adapters::cli
