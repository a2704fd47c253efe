// What was sent, as evidence, and what reached nobody.
#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/api_client.h"
#include "adapters/cli/client_show.h"
#include "adapters/cli/command.h"
#include "adapters/cli/json_view.h"
#include "adapters/cli/save.h"
#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::cli {
namespace {

using notify::courier::percent_encode;

struct Settings {
    ApiAccess access;
    std::string kase, format = "csv", output = "-";
    std::string delivery, how, reason, key;
};

using Held = std::shared_ptr<Settings>;

template <class Body>
Exit with_client(const Context& context, const Held& held, Body body) {
    auto client = ApiClient::open(held->access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    return body(*client);
}

Exit ledger(const Context& context, const Held& held) {
    return with_client(context, held, [&](ApiClient& client) {
        const auto id = find_case(client, held->kase);
        if (!id) return context.fail(id.error(), Exit::could_not);
        const auto answer = client.get("/api/v1/cases/" + percent_encode(*id) +
                                       "/ledger?format=" + percent_encode(held->format));
        if (!answer) return context.fail(answer.error(), Exit::could_not);
        if (!answer->ok()) return tell_problem(context, *answer);
        return save(context, held->output, answer->body);
    });
}

Exit list(const Context& context, const Held& held) {
    return with_client(context, held, [&](ApiClient& client) {
        const auto answer = client.get("/api/v1/dead-letters");
        if (!answer) return context.fail(answer.error(), Exit::could_not);
        if (!answer->ok()) return tell_problem(context, *answer);
        if (context.json)
            context.out << answer->body << '\n';
        else
            show_letters(context, answer->json);
        return Exit::done;
    });
}

Exit settle(const Context& context, const Held& held) {
    return with_client(context, held, [&](ApiClient& client) {
        boost::json::object body{{"how", held->how}};
        if (!held->reason.empty()) body["reason"] = held->reason;
        const auto answer = client.post("/api/v1/dead-letters/" + percent_encode(held->delivery),
                                        boost::json::serialize(body), held->key);
        if (!answer) return context.fail(answer.error(), Exit::could_not);
        if (!answer->ok()) return tell_problem(context, *answer);
        context.out << (context.json ? answer->body : context.speech("cli.letters.settled"))
                    << '\n';
        return Exit::done;
    });
}

}  // namespace

void add_letters(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    const auto held = std::make_shared<Settings>();

    CLI::App& record =
        *app.get_subcommand("case")->add_subcommand("ledger", speech("cli.help.case.ledger"));
    record.add_option("case", held->kase, speech("cli.help.case_id"))->required();
    record.add_option("--format", held->format, speech("cli.help.case.ledger.format"))
        ->check(CLI::IsMember({"csv", "html"}));
    record.add_option("-o,--output", held->output, speech("cli.help.document.get.output"));
    add_access(record, speech, held->access);
    record.callback([&, held] { chosen = [&context, held] { return ledger(context, held); }; });

    CLI::App& group = *app.add_subcommand("dead-letters", speech("cli.help.letters"));
    group.require_subcommand(1);
    CLI::App& listing = *group.add_subcommand("list", speech("cli.help.letters.list"));
    add_access(listing, speech, held->access);
    listing.callback([&, held] { chosen = [&context, held] { return list(context, held); }; });

    CLI::App& settling = *group.add_subcommand("settle", speech("cli.help.letters.settle"));
    settling.add_option("DELIVERY", held->delivery, speech("cli.help.letters.delivery"))
        ->required();
    settling.add_option("--how", held->how, speech("cli.help.letters.how"))
        ->required()
        ->check(CLI::IsMember({"resent", "resent_anew", "told", "dropped"}));
    settling.add_option("--reason", held->reason, speech("cli.help.letters.reason"));
    settling.add_option("--key", held->key, speech("cli.help.key"));
    add_access(settling, speech, held->access);
    settling.callback([&, held] { chosen = [&context, held] { return settle(context, held); }; });
}

}  // namespace jinqiao::adapters::cli
