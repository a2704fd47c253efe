#include "engine/runtime/audit.h"

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <memory>

#include "adapters/cli/command.h"
#include "adapters/cli/progress.h"
#include "adapters/store/sqlite/sqlite_store.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::runtime::AuditReport;

void tell(const Context& context, const AuditReport& report) {
    if (context.json) {
        boost::json::array breaks;
        for (const auto& each : report.breaks)
            breaks.push_back({{"stream", each.stream}, {"seq", each.seq}, {"what", each.what}});
        const boost::json::object object{{"ok", report.breaks.empty()},
                                         {"streams", report.streams},
                                         {"rows", report.rows},
                                         {"breaks", std::move(breaks)}};
        context.out << boost::json::serialize(object) << '\n';
        return;
    }
    for (const auto& each : report.breaks)
        context.err << context.speech("cli.audit.broken",
                                      {{"stream", each.stream},
                                       {"seq", std::to_string(each.seq)},
                                       {"what", context.speech("cli.audit." + each.what)}})
                    << '\n';
    if (report.breaks.empty())
        context.out << context.speech("cli.audit.whole",
                                      {{"streams", std::to_string(report.streams)},
                                       {"rows", std::to_string(report.rows)}})
                    << '\n';
}

// Offline, or beside a running daemon: the file is opened for reading only.
Exit verify(const Context& context, const std::string& data) {
    store::sqlite::SqliteOptions options;
    options.read_only = true;
    auto store = store::sqlite::open_sqlite(std::filesystem::path(data) / "jinqiao.db", options);
    if (!store) return context.fail(store.error(), Exit::could_not);
    auto reader = (*store)->reader();
    if (!reader) return context.fail(reader.error(), Exit::could_not);
    Progress progress(context.err);
    const auto report =
        engine::runtime::verify(**reader, [&](std::uint64_t done, std::uint64_t all) {
            progress.show(done, all);
            return true;
        });
    progress.clear();
    if (!report) return context.fail(report.error(), Exit::could_not);
    tell(context, *report);
    return report->breaks.empty() ? Exit::done : Exit::refused;
}

}  // namespace

void add_audit(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& group = *app.add_subcommand("audit", context.speech("cli.help.audit"));
    group.require_subcommand(1);
    CLI::App& command = *group.add_subcommand("verify", context.speech("cli.help.audit.verify"));
    const auto data = std::make_shared<std::string>("./var");
    command.add_option("--data", *data, context.speech("cli.help.data_folder"))
        ->envname("JINQIAO_HOME");
    command.callback([&, data] { chosen = [&context, data] { return verify(context, *data); }; });
}

}  // namespace jinqiao::adapters::cli
