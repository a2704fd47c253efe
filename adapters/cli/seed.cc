#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/secrets.h"
#include "adapters/cli/seed_passwords.h"
#include "adapters/cli/setup.h"
#include "adapters/cli/system.h"
#include "adapters/http/settings.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "config/zone.h"
#include "engine/policy/directory_codec.h"
#include "engine/runtime/digest.h"
#include "engine/runtime/enterprises.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;
using engine::runtime::Core;

struct Settings {
    std::string folder, data, zone;
    bool if_empty = false;
};

engine::ports::EnterpriseRow row_of(const config::EnterpriseSeed& seed) {
    engine::ports::EnterpriseRow row;
    row.id = seed.id;
    row.uscc = seed.uscc;
    row.name = seed.name;
    row.name_key = engine::runtime::enterprise_key(seed.name, seed.address);
    row.confirmed = true;
    boost::json::object known = seed.known;
    known["name"] = seed.name;
    if (!seed.address.empty()) known["address"] = seed.address;
    if (!seed.uscc.empty()) known["uscc"] = seed.uscc;
    row.body = boost::json::serialize(known);
    return row;
}

engine::runtime::Submission change_of(std::string kind, boost::json::object data,
                                      std::string secret = {}) {
    engine::runtime::DirectoryChange change{std::move(kind), std::move(data), {}};
    change.secret = std::move(secret);
    engine::runtime::Submission submission;
    submission.work = std::move(change);
    return submission;
}

void add_account(const config::AccountSeed& seed, const std::string& token,
                 const std::string& password, bool demo,
                 std::vector<engine::runtime::Submission>& batch) {
    boost::json::object data{
        {"account", seed.id.value},
        {"roles", boost::json::array(seed.roles.begin(), seed.roles.end())},
        {"language", seed.language == engine::model::Language::en ? "en" : "zh"}};
    if (!seed.person.empty()) data["person"] = seed.person.value;
    if (!seed.enterprise.empty()) data["enterprise"] = seed.enterprise.value;
    if (!seed.department.empty()) data["department"] = seed.department.value;
    batch.push_back(change_of("put_account", std::move(data)));
    batch.push_back(change_of(
        "set_password",
        {{"account", seed.id.value}, {demo ? "demonstration" : "must_change", true}}, password));
    if (!token.empty())
        batch.push_back(change_of("put_token", {{"account", seed.id.value}, {"token", "demo"}},
                                  engine::runtime::sha256_hex(token)));
}

// Nothing in it yet: no accounts, no case, nobody in a post.
Result<bool> is_empty(engine::ports::Store& store) {
    auto reader = store.reader();
    if (!reader) return reader.error();
    const auto accounts = (*reader)->accounts();
    if (!accounts) return accounts.error();
    bool streams = false;
    const Status listed = (*reader)->each_stream([&](const std::string&) {
        streams = true;
        return false;
    });
    if (!listed) return listed.error();
    return accounts->empty() && !streams;
}

// All in one transaction: half a zone would look like a whole one.
Status submit(Core& core, std::vector<engine::runtime::Submission> batch) {
    Status outcome = Done{};
    for (auto& submission : batch)
        submission.done = [&outcome](const engine::runtime::Answer& answer) {
            if (const auto* error = std::get_if<Error>(&answer)) outcome = *error;
            if (std::holds_alternative<engine::model::Refusal>(answer))
                outcome = Error{ErrorCode::invalid, "refused", "seed"};
        };
    if (auto committed = core.process(batch); !committed) return committed;
    return outcome;
}

// On its own and first: a mark in an empty database says nothing yet.
Status mark_demo(engine::ports::Store& store) {
    auto batch = store.begin();
    if (!batch) return batch.error();
    if (auto put = (*batch)->put_meta(http::demo_meta, "true"); !put) return put;
    return (*batch)->commit();
}

// Tokens and passwords first: a database whose tokens nobody has would have to be thrown away,
// tokens without a database are simply made again.
Status fill(const Setup& setup, const config::Zone& zone, engine::ports::Store& store,
            const std::filesystem::path& data, const std::string& key) {
    const auto passwords = first_passwords(zone, setup.configuration.service.accounts);
    if (!passwords) return passwords.error();
    boost::json::object tokens;
    engine::runtime::Registration registration;
    std::vector<engine::runtime::Submission> batch;
    batch.push_back(change_of("seed", engine::policy::encode_rows(config::staffed(
                                          setup.configuration.organisation, zone))));
    for (const auto& account : zone.accounts) {
        const std::string token =
            account.token_name.empty() ? std::string() : "jq_" + random_hex(20);
        if (!token.empty()) tokens[account.token_name] = token;
        add_account(account, token, passwords->hashes.at(account.id.value), zone.demo, batch);
    }
    for (const auto& enterprise : zone.enterprises)
        registration.enterprises.push_back(row_of(enterprise));
    // One key a line: people read this file, and scripts pick lines from it.
    std::string text = "{\n";
    for (const auto& [name, token] : tokens)
        text += (text.size() > 2 ? ",\n  " : "  ") +
                boost::json::serialize(boost::json::string(name)) + ": " +
                boost::json::serialize(token);
    if (auto written = write_private(data / "demo-tokens.json", text + "\n}\n"); !written)
        return written;
    if (auto written = write_private(data / "first-passwords.txt", passwords->text); !written)
        return written;

    if (zone.demo)
        if (auto marked = mark_demo(store); !marked) return marked;

    const SystemClock clock;
    TimeOrderedIds ids(system_random);
    const auto renderer = setup.renderer();
    engine::runtime::WorldHolder world(setup.world(setup.configuration.organisation));
    Core core({&store, &clock, &ids, renderer.get(), &world, config::read_policy}, setup.core(key));
    batch.emplace_back().work = std::move(registration);
    return submit(core, std::move(batch));
}

Exit seed(const Context& context, const Settings& settings) {
    const auto setup = load_setup(context, settings.folder, SystemClock().now());
    if (!setup) return Exit::refused;
    const auto zone = config::load_zone(settings.zone, setup->configuration.organisation);
    if (!zone.faults.empty()) tell_faults(context, zone.faults, *setup->configuration.texts);
    if (!zone.zone) return Exit::refused;

    const std::filesystem::path data(settings.data);
    if (auto made = make_data_folder(data); !made)
        return context.fail(made.error(), Exit::could_not);
    auto store = store::sqlite::open_sqlite(data / "jinqiao.db");
    if (!store) return context.fail(store.error(), Exit::could_not);
    const auto empty = is_empty(**store);
    if (!empty) return context.fail(empty.error(), Exit::could_not);
    if (!*empty && settings.if_empty) return Exit::done;
    if (!*empty)
        return context.fail({ErrorCode::conflict, context.speech("cli.seed.not_empty"),
                             (data / "jinqiao.db").string()},
                            Exit::refused);
    const auto key = link_key(data);
    if (!key) return context.fail(key.error(), Exit::could_not);
    if (auto filled = fill(*setup, *zone.zone, **store, data, *key); !filled)
        return context.fail(filled.error(), Exit::could_not);
    if (context.json)
        context.out << boost::json::serialize(boost::json::object{
                           {"people", zone.zone->people.size()},
                           {"accounts", zone.zone->accounts.size()},
                           {"tokens", (data / "demo-tokens.json").string()},
                           {"passwords", (data / "first-passwords.txt").string()}})
                    << '\n';
    else
        context.out << context.speech("cli.seed.done",
                                      {{"people", std::to_string(zone.zone->people.size())},
                                       {"accounts", std::to_string(zone.zone->accounts.size())},
                                       {"tokens", (data / "demo-tokens.json").string()},
                                       {"passwords", (data / "first-passwords.txt").string()}})
                    << '\n';
    return Exit::done;
}

}  // namespace

void add_seed(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("seed", context.speech("cli.help.seed"));
    const auto settings = std::make_shared<Settings>();
    command.add_option("--config", settings->folder, context.speech("cli.help.config"))->required();
    command.add_option("--data", settings->data, context.speech("cli.help.data_folder"))
        ->required()
        ->envname("JINQIAO_HOME");
    command.add_option("zone", settings->zone, context.speech("cli.help.seed.zone"))->required();
    command.add_flag("--if-empty", settings->if_empty, context.speech("cli.help.seed.if_empty"));
    command.callback(
        [&, settings] { chosen = [&context, settings] { return seed(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
