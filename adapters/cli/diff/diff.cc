#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/diff/diff_view.h"
#include "adapters/cli/moment.h"
#include "adapters/cli/preview_people.h"
#include "adapters/cli/progress.h"
#include "adapters/cli/system.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/runtime/directory_changes.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::ports::Reader;
using engine::ports::Store;

struct Settings {
    std::string before, after, data, store, zone, at;
    int days = 30;
};

// Offline, or beside a running daemon: the file is opened for reading only.
Result<std::unique_ptr<Store>> open_store(const Settings& settings) {
    store::sqlite::SqliteOptions options;
    options.read_only = true;
    const auto file = settings.store.empty() ? std::filesystem::path(settings.data) / "jinqiao.db"
                                             : std::filesystem::path(settings.store);
    return store::sqlite::open_sqlite(file, options);
}

// The people the store knows. Where it knows none, such as a replay's, those of a zone file.
Result<diff::Staffed> people_of(const Setup& before, const Setup& after, Reader& reader,
                                const diff::Staffed& otherwise) {
    const auto stored = reader.meta(engine::runtime::directory_meta);
    if (!stored) return stored.error();
    if (!*stored) return otherwise;
    auto was = engine::runtime::load_directory(reader, before.configuration.organisation);
    if (!was) return was.error();
    auto will = engine::runtime::load_directory(reader, after.configuration.organisation);
    if (!will) return will.error();
    return diff::Staffed{std::move(*was), std::move(*will)};
}

engine::model::Status look_at_cases(const Context& context, const Setup& before, const Setup& after,
                                    const diff::Staffed& otherwise, const Settings& settings,
                                    diff::Span span, diff::Takeover& into) {
    auto store = open_store(settings);
    if (!store) return store.error();
    auto reader = (*store)->reader();
    if (!reader) return reader.error();
    const auto all = (*reader)->count("open_cases");
    if (!all) return all.error();
    const auto people = people_of(before, after, **reader, otherwise);
    if (!people) return people.error();
    Progress progress(context.err);
    auto done = diff::compare_cases(
        before, after, *people, **reader, span,
        [&](std::uint64_t cases) {
            progress.show(cases, *all);
            return true;
        },
        into);
    progress.clear();
    return done;
}

Exit diff_configurations(const Context& context, const Settings& settings) {
    const auto now = parse_moment(settings.at);
    if (!now)
        return context.fail({ErrorCode::invalid, context.speech("cli.check.at"), "--at"},
                            Exit::usage);
    const auto before = load_setup(context, settings.before, *now);
    const auto after = load_setup(context, settings.after, *now);
    if (!before || !after) return Exit::refused;
    const auto was = trial_people(context, *before, settings.zone);
    const auto will = trial_people(context, *after, settings.zone);
    if (!was || !will) return Exit::refused;
    const diff::Staffed people{was->directory, will->directory};
    const diff::Span span{*now, *now + std::chrono::days{settings.days}};

    diff::Takeover takeover;
    if (!settings.data.empty() || !settings.store.empty())
        if (auto done = look_at_cases(context, *before, *after, people, settings, span, takeover);
            !done)
            return context.fail(done.error(), Exit::could_not);
    diff::compare_situations(
        *before, *after, people,
        diff::situations_of(*after, will->filer, context.speech.language(), settings.days),
        takeover);
    if (context.json)
        context.out << boost::json::serialize(diff::as_json(takeover, span)) << '\n';
    else
        diff::show(context, *after, takeover, span);
    return Exit::done;
}

}  // namespace

void add_diff(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("diff", context.speech("cli.help.diff"));
    const auto settings = std::make_shared<Settings>();
    const auto option = [&](const char* name, auto& value, const char* help) {
        return command.add_option(name, value, context.speech(help));
    };
    option("OLD", settings->before, "cli.help.diff.old")->required();
    option("NEW", settings->after, "cli.help.diff.new")->required();
    auto* data = option("--data", settings->data, "cli.help.diff.data");
    option("--store", settings->store, "cli.help.diff.store")->excludes(data);
    option("--zone", settings->zone, "cli.help.preview.zone");
    option("--at", settings->at, "cli.help.diff.at");
    option("--days", settings->days, "cli.help.diff.days")->check(CLI::Range(1, 366));
    command.callback([&, settings] {
        chosen = [&context, settings] { return diff_configurations(context, *settings); };
    });
}

}  // namespace jinqiao::adapters::cli
