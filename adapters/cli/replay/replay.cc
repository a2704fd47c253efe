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
#include "adapters/cli/replay/year.h"
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
    int year = 0;  // 0: the input file
    int cases = 0;
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

// 171 in six years, in the zone whose method this program follows.
constexpr int usual_cases = 29;

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

struct Input {
    std::size_t size = 0;
    std::vector<replay::MappedRow> rows;
    replay::Counts unmapped;
};

// The rows of the file, or a year made up. Fails as `exit` says.
Result<Input> input_of(const Context& context, const Settings& settings, const Setup& setup,
                       Exit& exit) {
    const auto& calendar = *setup.configuration.calendar;
    Input input;
    if (settings.year != 0) {
        input.rows = replay::made_up_year(settings.year, settings.cases, settings.seed, calendar);
        input.size = input.rows.size();
        return input;
    }
    std::ifstream file(settings.input, std::ios::binary);
    exit = Exit::could_not;
    if (!file)
        return Error{ErrorCode::not_found, context.speech("cli.replay.input"), settings.input};
    const auto table = replay::CsvTable::read(file);
    exit = Exit::refused;
    if (!table) return table.error().under(settings.input);
    input.size = table->size();
    for (std::size_t i = 0; i < table->size(); ++i) {
        auto mapped = replay::map_row(*table, i, settings.seed, calendar);
        if (const auto* not_mapped = std::get_if<replay::UnmappedRow>(&mapped))
            ++input.unmapped[not_mapped->reason];
        else
            input.rows.push_back(std::move(std::get<replay::MappedRow>(mapped)));
    }
    return input;
}

Exit replay_rows(const Context& context, const Settings& settings) {
    const auto setup = load_setup(context, settings.folder, SystemClock().now());
    if (!setup) return Exit::refused;
    const auto conduct = conduct_of(context, settings, setup->configuration.organisation);
    if (!conduct) return context.fail(conduct.error(), Exit::usage);
    Exit exit = Exit::done;
    auto input = input_of(context, settings, *setup, exit);
    if (!input) return context.fail(input.error(), exit);
    auto store = open_store(context, settings.store);
    if (!store) return context.fail(store.error(), Exit::could_not);
    Progress progress(context.err);
    replay::Simulation simulation(*setup, **store, settings.seed, *conduct);
    auto report =
        simulation.run(std::move(input->rows),
                       [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    progress.clear();
    if (!report) return context.fail(report.error(), Exit::could_not);
    report->rows = input->size;
    for (const auto& [reason, count] : input->unmapped) report->unmapped[reason] += count;
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
    auto* input =
        command.add_option("--input", settings->input, context.speech("cli.help.replay.input"));
    auto* year =
        command.add_option("--year", settings->year, context.speech("cli.help.replay.year"))
            ->check(CLI::Range(1990, 2100))
            ->excludes(input);
    command
        .add_option("--cases", settings->cases,
                    context.speech("cli.help.replay.cases", {{"n", std::to_string(usual_cases)}}))
        ->check(CLI::Range(1, 100000))
        ->needs(year);
    settings->cases = usual_cases;
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
    command.callback([&, settings, input, year] {
        if (input->count() + year->count() == 0) throw CLI::RequiredError("--input | --year");
        chosen = [&context, settings] { return replay_rows(context, *settings); };
    });
}

}  // namespace jinqiao::adapters::cli
