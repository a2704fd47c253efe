#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/backup/interrupt.h"
#include "adapters/cli/backup/part_file.h"
#include "adapters/cli/backup/unpack.h"
#include "adapters/cli/command.h"
#include "adapters/cli/progress.h"
#include "adapters/cli/secrets.h"
#include "adapters/cli/table.h"
#include "adapters/store/sqlite/lock_file.h"

namespace jinqiao::adapters::cli {
namespace {

using backup::database_part;
using backup::documents_folder;
using backup::Fault;
using backup::Interrupt;
using backup::Manifest;
using backup::put_in_place;
using backup::StepDone;
using backup::unpack;
using backup::Unpacked;
using backup::WorkFolder;
using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;
namespace fs = std::filesystem;

struct Settings {
    std::string input, data = "./var";
    bool check = false, accept_breaks = false;
};

std::uint64_t cases_in(const Manifest& manifest) {
    for (const auto& [table, count] : manifest.rows)
        if (table == "cases") return count;
    return 0;
}

// Keys the backup names that are not back in place: links in notices sent before do not work
// without them.
std::vector<std::string> keys_missing(const Manifest& manifest, const fs::path& data) {
    std::vector<std::string> missing;
    std::error_code failed;
    for (const auto& name : manifest.kept_apart)
        if (!fs::exists(data / name, failed)) missing.push_back(name);
    return missing;
}

boost::json::array encoded(const std::vector<Fault>& faults) {
    boost::json::array list;
    for (const auto& fault : faults) list.push_back({{"code", fault.code}, {"text", fault.text}});
    return list;
}

void tell_json(const Context& context, const Settings& settings, const Unpacked& found, bool ok) {
    boost::json::object object{{"ok", ok},
                               {"placed", ok && !settings.check},
                               {"faults", encoded(found.faults)},
                               {"breaks", encoded(found.breaks)}};
    if (found.manifest) {
        object["at"] = engine::time::to_rfc3339(found.manifest->at, std::chrono::hours{8});
        object["program"] = found.manifest->program;
        object["schema"] = found.manifest->schema;
        object["cases"] = cases_in(*found.manifest);
        object["rows"] = found.manifest->history;
    }
    if (ok && !settings.check) {
        const auto keys = keys_missing(*found.manifest, settings.data);
        object["keys_missing"] = boost::json::array(keys.begin(), keys.end());
    }
    context.out << boost::json::serialize(object) << '\n';
}

void tell(const Context& context, const Settings& settings, const Unpacked& found, bool ok) {
    if (context.json) return tell_json(context, settings, found, ok);
    for (const auto* list : {&found.faults, &found.breaks})
        for (const auto& fault : *list) context.err << printable(fault.text) << '\n';
    if (!ok) {
        context.err << context.speech(settings.check ? "cli.restore.bad" : "cli.restore.refused",
                                      {{"data", settings.data}})
                    << '\n';
        if (found.faults.empty()) context.err << context.speech("cli.restore.breaks") << '\n';
        return;
    }
    const Manifest& manifest = *found.manifest;
    context.out << context.speech(
                       settings.check ? "cli.restore.good" : "cli.restore.done",
                       {{"at", engine::time::to_rfc3339(manifest.at, std::chrono::hours{8})},
                        {"program", manifest.program},
                        {"cases", std::to_string(cases_in(manifest))},
                        {"rows", std::to_string(manifest.history)},
                        {"data", settings.data}})
                << '\n';
    if (settings.check) return;
    for (const auto& key : keys_missing(manifest, settings.data))
        context.out << context.speech("cli.restore.key", {{"file", key}, {"data", settings.data}})
                    << '\n';
    context.out << context.speech("cli.restore.since") << '\n';
}

// The database last: while it is not there, nothing has happened.
Status place(const fs::path& from, const fs::path& data) {
    std::error_code failed;
    if (fs::exists(from / documents_folder, failed)) {
        if (auto put = put_in_place(from / documents_folder, data / documents_folder); !put)
            return put;
    }
    return put_in_place(from / database_part, data / database_part);
}

// Nothing of a working zone is ever written over.
Status check_free(const Context& context, const fs::path& data) {
    std::error_code failed;
    for (const auto& name : {std::string(database_part), std::string(database_part) + "-wal",
                             std::string(documents_folder)})
        if (fs::exists(data / name, failed))
            return Error{ErrorCode::conflict, context.speech("cli.restore.in_the_way"),
                         (data / name).string()};
    return Done{};
}

Exit look_and_place(const Context& context, const Settings& settings, const fs::path& stem) {
    auto work = WorkFolder::make(stem);
    if (!work) return context.fail(work.error(), Exit::could_not);
    Progress progress(context.err);
    const Interrupt interrupt;
    const StepDone going = [&](std::uint64_t done, std::uint64_t all) {
        done < all ? progress.show(done, all) : progress.clear();
        return !interrupt.asked();
    };
    const auto found = unpack(context.speech, settings.input, work->path(), going);
    progress.clear();
    if (!found) return context.fail(found.error(), Exit::could_not);
    const bool ok = found->faults.empty() && (found->breaks.empty() || settings.accept_breaks);
    if (ok && !settings.check) {
        if (auto placed = place(work->path(), settings.data); !placed)
            return context.fail(placed.error(), Exit::could_not);
    }
    tell(context, settings, *found, ok);
    return ok ? Exit::done : Exit::refused;
}

Exit restore(const Context& context, const Settings& settings) {
    std::error_code failed;
    if (!fs::exists(settings.input, failed))
        return context.fail(
            {ErrorCode::not_found, context.speech("cli.restore.nothing"), settings.input},
            Exit::could_not);
    if (settings.check) {
        const fs::path stem = fs::temp_directory_path(failed) / "jinqiao-check-";
        return look_and_place(context, settings, stem);
    }
    const fs::path data(settings.data);
    if (auto made = make_data_folder(data); !made)
        return context.fail(made.error(), Exit::could_not);
    // A daemon that is started meanwhile would make a database of its own.
    const auto lock = store::sqlite::LockFile::take(data / (std::string(database_part) + ".lock"));
    if (!lock) return context.fail(lock.error(), Exit::could_not);
    if (auto free = check_free(context, data); !free)
        return context.fail(free.error(), Exit::refused);
    return look_and_place(context, settings, data / ".restore-");
}

}  // namespace

void add_restore(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    CLI::App& command = *app.add_subcommand("restore", speech("cli.help.restore"));
    const auto settings = std::make_shared<Settings>();
    command.add_option("--input", settings->input, speech("cli.help.restore.input"))->required();
    command.add_option("--data", settings->data, speech("cli.help.data_folder"))
        ->envname("JINQIAO_HOME");
    command.add_flag("--check", settings->check, speech("cli.help.restore.check"));
    command.add_flag("--accept-breaks", settings->accept_breaks,
                     speech("cli.help.restore.accept_breaks"));
    command.callback(
        [&, settings] { chosen = [&context, settings] { return restore(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
