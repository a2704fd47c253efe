#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/progress.h"
#include "adapters/cli/replay/breaks_view.h"
#include "adapters/cli/replay/report.h"
#include "adapters/cli/replay/simulation.h"
#include "adapters/store/memory/memory_store.h"
#include "adapters/store/sqlite/sqlite_store.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::ports::Store;

struct Settings {
    std::string folder, input, store;
    std::uint64_t seed = 1;
    std::string people = "cooperative", dead;
    int days = 0;  // 0: not said
};

// In memory, unless a path was given; what is there is never added to.
Result<std::unique_ptr<Store>> open_store(const Context& context, const std::string& path) {
    if (path.empty()) return std::unique_ptr<Store>(std::make_unique<store::memory::MemoryStore>());
    if (std::filesystem::exists(path))
        return Error{ErrorCode::conflict, context.speech("cli.replay.exists"), path};
    return store::sqlite::open_sqlite(path);
}

void show_report(const Context& context, const Setup& setup, const replay::Report& report) {
    replay::show(context, report);
    if (report.conduct.kind != replay::Conduct::Kind::cooperative)
        replay::show(context, report, setup.configuration.organisation);
}

// Where nobody says. Whom nobody answers rings the same way every day after the first few.
constexpr std::chrono::days followed_idle{30};
constexpr std::chrono::days followed_else{365};

// Who the people are; an error names the option that is wrong.
Result<replay::Conduct> conduct_of(const Context& context, const Settings& settings,
                                   const engine::policy::Directory& organisation) {
    const auto kind = replay::conduct_named(settings.people);
    if (!kind)
        return Error{ErrorCode::invalid,
                     context.speech("cli.replay.people", {{"names", replay::conduct_names()}}),
                     settings.people};
    replay::Conduct conduct{*kind, engine::model::DepartmentId(settings.dead)};
    if (!settings.dead.empty() && !organisation.departments.contains(conduct.dead))
        return Error{ErrorCode::invalid, context.speech("cli.replay.dead"), settings.dead};
    if (settings.days > 0)
        conduct.followed = std::chrono::days{settings.days};
    else if (*kind != replay::Conduct::Kind::cooperative)
        conduct.followed = *kind == replay::Conduct::Kind::idle ? followed_idle : followed_else;
    return conduct;
}

Exit replay_rows(const Context& context, const Settings& settings) {
    const auto setup = load_setup(context, settings.folder, SystemClock().now());
    if (!setup) return Exit::refused;
    const auto conduct = conduct_of(context, settings, setup->configuration.organisation);
    if (!conduct) return context.fail(conduct.error(), Exit::usage);
    std::ifstream file(settings.input, std::ios::binary);
    if (!file)
        return context.fail(
            {ErrorCode::not_found, context.speech("cli.replay.input"), settings.input},
            Exit::could_not);
    const auto table = replay::CsvTable::read(file);
    if (!table) return context.fail(table.error().under(settings.input), Exit::refused);

    std::vector<replay::MappedRow> rows;
    replay::Counts unmapped;
    for (std::size_t i = 0; i < table->size(); ++i) {
        auto mapped = replay::map_row(*table, i, settings.seed, *setup->configuration.calendar);
        if (const auto* not_mapped = std::get_if<replay::UnmappedRow>(&mapped))
            ++unmapped[not_mapped->reason];
        else
            rows.push_back(std::move(std::get<replay::MappedRow>(mapped)));
    }
    auto store = open_store(context, settings.store);
    if (!store) return context.fail(store.error(), Exit::could_not);
    Progress progress(context.err);
    replay::Simulation simulation(*setup, **store, settings.seed, *conduct);
    auto report = simulation.run(
        std::move(rows), [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    progress.clear();
    if (!report) return context.fail(report.error(), Exit::could_not);
    report->rows = table->size();
    for (const auto& [reason, count] : unmapped) report->unmapped[reason] += count;
    if (context.json)
        context.out << boost::json::serialize(replay::as_json(*report)) << '\n';
    else
        show_report(context, *setup, *report);
    return report->forgotten.empty() ? Exit::done : Exit::refused;
}

}  // namespace

void add_replay(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("replay", context.speech("cli.help.replay"));
    const auto settings = std::make_shared<Settings>();
    command.add_option("--config", settings->folder, context.speech("cli.help.config"))->required();
    command.add_option("--input", settings->input, context.speech("cli.help.replay.input"))
        ->required();
    command.add_option("--seed", settings->seed, context.speech("cli.help.replay.seed"));
    command.add_option("--store", settings->store, context.speech("cli.help.replay.store"));
    command.add_option(
        "--people", settings->people,
        context.speech("cli.help.replay.people", {{"names", replay::conduct_names()}}));
    command.add_option("--dead", settings->dead, context.speech("cli.help.replay.dead"));
    command
        .add_option("--days", settings->days,
                    context.speech("cli.help.replay.days",
                                   {{"idle", std::to_string(followed_idle.count())},
                                    {"others", std::to_string(followed_else.count())}}))
        ->check(CLI::Range(1, 3650));
    command.callback([&, settings] {
        chosen = [&context, settings] { return replay_rows(context, *settings); };
    });
}

}  // namespace jinqiao::adapters::cli
