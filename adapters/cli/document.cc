// Files for alerts and actions: sent, listed, fetched.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "adapters/cli/api_client.h"
#include "adapters/cli/client_show.h"
#include "adapters/cli/command.h"
#include "adapters/cli/json_view.h"
#include "adapters/cli/save.h"
#include "adapters/cli/table.h"
#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::cli {
namespace {

namespace fs = std::filesystem;
using engine::model::Error;
using engine::model::ErrorCode;
using notify::courier::percent_encode;

// A large file over a telephone.
constexpr std::chrono::minutes patience{30};

struct Settings {
    ApiAccess access;
    std::string file, name, key, id, output, kase;
};

using Held = std::shared_ptr<Settings>;

template <class Body>
Exit with_client(const Context& context, const Held& held, Body body) {
    auto client = ApiClient::open(held->access, context.speech.tag());
    if (!client) return context.fail(client.error(), Exit::usage);
    client->wait_for(patience);
    return body(*client);
}

std::string query_of(const Held& held) {
    return held->kase.empty() ? std::string() : "?case=" + percent_encode(held->kase);
}

// The id goes out alone on its line: it is what the alert or action wants.
Exit add(const Context& context, const Held& held) {
    std::ifstream file(held->file, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    if (!file)
        return context.fail({ErrorCode::not_found, "cannot read the file", held->file},
                            Exit::usage);
    const auto name = held->name.empty() ? fs::path(held->file).filename().string() : held->name;
    return with_client(context, held, [&](ApiClient& client) {
        const auto answer =
            client.send_file("/api/v1/documents", std::move(bytes), name, held->key);
        if (!answer) return context.fail(answer.error(), Exit::could_not);
        if (!answer->ok()) return tell_problem(context, *answer);
        context.out << (context.json ? answer->body : text_at(answer->json, "id")) << '\n';
        return Exit::done;
    });
}

Exit get(const Context& context, const Held& held) {
    return with_client(context, held, [&](ApiClient& client) {
        const auto answer =
            client.get("/api/v1/documents/" + percent_encode(held->id) + query_of(held));
        if (!answer) return context.fail(answer.error(), Exit::could_not);
        if (!answer->ok()) return tell_problem(context, *answer);
        return save(context, held->output, answer->body);
    });
}

Exit list(const Context& context, const Held& held) {
    return with_client(context, held, [&](ApiClient& client) {
        const auto answer = client.get("/api/v1/documents" + query_of(held));
        if (!answer) return context.fail(answer.error(), Exit::could_not);
        if (!answer->ok()) return tell_problem(context, *answer);
        if (context.json) {
            context.out << answer->body << '\n';
            return Exit::done;
        }
        const auto& items = list_at(answer->json, "items");
        if (items.empty()) context.out << context.speech("cli.document.none") << '\n';
        for (const auto& item : items) show_document(context, item);
        return Exit::done;
    });
}

}  // namespace

void add_document(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    const auto held = std::make_shared<Settings>();
    CLI::App& group = *app.add_subcommand("document", speech("cli.help.document"));
    group.require_subcommand(1);

    CLI::App& adding = *group.add_subcommand("add", speech("cli.help.document.add"));
    adding.add_option("FILE", held->file, speech("cli.help.document.add.file"))->required();
    adding.add_option("--name", held->name, speech("cli.help.document.add.name"));
    adding.add_option("--key", held->key, speech("cli.help.key"));
    add_access(adding, speech, held->access);
    adding.callback([&, held] { chosen = [&context, held] { return add(context, held); }; });

    CLI::App& getting = *group.add_subcommand("get", speech("cli.help.document.get"));
    getting.add_option("ID", held->id, speech("cli.help.document.get.id"))->required();
    getting.add_option("-o,--output", held->output, speech("cli.help.document.get.output"))
        ->required();
    getting.add_option("--case", held->kase, speech("cli.help.document.case"));
    add_access(getting, speech, held->access);
    getting.callback([&, held] { chosen = [&context, held] { return get(context, held); }; });

    CLI::App& listing = *group.add_subcommand("list", speech("cli.help.document.list"));
    listing.add_option("--case", held->kase, speech("cli.help.document.case"));
    add_access(listing, speech, held->access);
    listing.callback([&, held] { chosen = [&context, held] { return list(context, held); }; });
}

}  // namespace jinqiao::adapters::cli
