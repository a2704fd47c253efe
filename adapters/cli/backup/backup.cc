#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/backup/examine.h"
#include "adapters/cli/backup/interrupt.h"
#include "adapters/cli/backup/manifest.h"
#include "adapters/cli/backup/tar.h"
#include "adapters/cli/command.h"
#include "adapters/cli/progress.h"
#include "adapters/cli/secrets.h"
#include "adapters/cli/system.h"

namespace jinqiao::adapters::cli {
namespace {

using backup::chains_part;
using backup::database_part;
using backup::documents_folder;
using backup::encode;
using backup::encode_sums;
using backup::examine;
using backup::Examined;
using backup::File;
using backup::Interrupt;
using backup::Manifest;
using backup::manifest_part;
using backup::Part;
using backup::put_in_place;
using backup::sums_part;
using backup::TarWriter;
using backup::WorkFolder;
using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;
namespace fs = std::filesystem;

struct Settings {
    std::string data = "./var", output;
};

// An existing folder, or a name that ends like one, gets a file named by the instant (UTC).
Result<fs::path> output_file(const std::string& output, engine::time::Instant at) {
    fs::path file(output);
    std::error_code failed;
    if (output.ends_with('/') || fs::is_directory(file, failed)) {
        if (auto made = make_data_folder(file); !made) return made.error();
        std::string instant = engine::time::to_rfc3339(at, std::chrono::minutes{0}).substr(0, 19);
        std::erase_if(instant, [](char sign) { return sign == '-' || sign == ':'; });
        file /= "jinqiao-" + instant + "Z.tar";
    }
    if (fs::exists(file, failed))
        return Error{ErrorCode::conflict, "the file exists and is left alone", file.string()};
    return file;
}

// Files below a folder of the data folder, relative to the latter, in order.
Result<std::vector<std::string>> files_below(const fs::path& data, std::string_view folder) {
    std::vector<std::string> names;
    std::error_code failed;
    if (!fs::exists(data / folder, failed)) return names;
    for (fs::recursive_directory_iterator at(data / folder, failed), end; !failed && at != end;
         at.increment(failed))
        if (at->is_regular_file())
            names.push_back(at->path().lexically_relative(data).generic_string());
    if (failed) return Error{ErrorCode::unavailable, failed.message(), (data / folder).string()};
    std::sort(names.begin(), names.end());
    return names;
}

class Maker {
  public:
    Maker(const Context& context, fs::path data, fs::path output)
        : context_(context),
          data_(std::move(data)),
          output_(std::move(output)),
          progress_(context.err) {}

    Result<Manifest> make(engine::time::Instant at) {
        auto work = WorkFolder::make(output_.string() + ".part-");
        if (!work) return work.error();
        const fs::path copy = work->path() / database_part;
        const auto going = [this](std::uint64_t done, std::uint64_t all) {
            return go_on(done, all);
        };
        if (auto copied = store::sqlite::copy_sqlite(data_ / database_part, copy, going); !copied)
            return copied.error();
        auto examined = examine(copy, going);
        if (!examined) return examined.error();
        Manifest manifest = describe(*examined, at);
        const fs::path packed = work->path() / "backup.tar";
        if (auto done = pack(packed, copy, examined->chains, manifest); !done) return done.error();
        if (interrupt_.asked()) return Error{ErrorCode::conflict, "stopped", ""};
        if (auto placed = put_in_place(packed, output_); !placed) return placed.error();
        return manifest;
    }

  private:
    bool go_on(std::uint64_t done, std::uint64_t all) {
        done < all ? progress_.show(done, all) : progress_.clear();
        return !interrupt_.asked();
    }

    Manifest describe(const Examined& examined, engine::time::Instant at) const {
        Manifest manifest;
        manifest.program = JINQIAO_VERSION;
        manifest.schema = examined.summary.version;
        manifest.at = at;
        manifest.rows = examined.summary.rows;
        manifest.streams = examined.audit.streams;
        manifest.history = examined.audit.rows;
        manifest.breaks = examined.audit.breaks.size();
        if (auto keys = files_below(data_, "keys"); keys) manifest.kept_apart = std::move(*keys);
        return manifest;
    }

    Status pack(const fs::path& packed, const fs::path& copy, const std::string& chains,
                Manifest& manifest) {
        auto out = File::create(packed);
        if (!out) return out.error();
        std::error_code failed;
        const std::uint64_t all = fs::file_size(copy, failed);
        TarWriter tar(*out, [&](std::uint64_t done) { return go_on(done, all); });
        std::vector<Result<Part>> added;
        added.push_back(tar.add(std::string(database_part), copy));
        added.push_back(tar.add_text(std::string(chains_part), chains));
        // After the database, which names them: what it names is there.
        const auto documents = files_below(data_, documents_folder);
        if (!documents) return documents.error();
        for (const auto& name : *documents) added.push_back(tar.add(name, data_ / name));
        for (auto& part : added) {
            if (!part) return part.error();
            manifest.parts.push_back(std::move(*part));
        }
        auto described = tar.add_text(std::string(manifest_part), encode(manifest));
        if (!described) return described.error();
        std::vector<Part> summed = manifest.parts;
        summed.push_back(std::move(*described));
        const auto sums = tar.add_text(std::string(sums_part), encode_sums(summed));
        if (!sums) return sums.error();
        return tar.end();
    }

    const Context& context_;
    fs::path data_, output_;
    Progress progress_;
    Interrupt interrupt_;
};

std::uint64_t cases_in(const Manifest& manifest) {
    for (const auto& [table, count] : manifest.rows)
        if (table == "cases") return count;
    return 0;
}

void tell(const Context& context, const fs::path& file, const Manifest& manifest) {
    std::error_code failed;
    const std::uint64_t bytes = fs::file_size(file, failed);
    const std::string at = engine::time::to_rfc3339(manifest.at, std::chrono::hours{8});
    if (context.json) {
        context.out << boost::json::serialize(boost::json::object{
                           {"ok", manifest.breaks == 0},
                           {"file", file.string()},
                           {"bytes", bytes},
                           {"at", at},
                           {"program", manifest.program},
                           {"schema", manifest.schema},
                           {"cases", cases_in(manifest)},
                           {"streams", manifest.streams},
                           {"rows", manifest.history},
                           {"breaks", manifest.breaks},
                           {"kept_apart", boost::json::array(manifest.kept_apart.begin(),
                                                             manifest.kept_apart.end())}})
                    << '\n';
        return;
    }
    context.out << context.speech("cli.backup.done",
                                  {{"file", file.string()},
                                   {"at", at},
                                   {"cases", std::to_string(cases_in(manifest))},
                                   {"rows", std::to_string(manifest.history)},
                                   {"mib", std::to_string(bytes / 1024 / 1024 + 1)}})
                << '\n';
    for (const auto& name : manifest.kept_apart)
        context.out << context.speech("cli.backup.apart", {{"file", name}}) << '\n';
    if (manifest.breaks > 0)
        context.err << context.speech("cli.backup.breaks",
                                      {{"count", std::to_string(manifest.breaks)}})
                    << '\n';
}

// Broken chains are no reason to have no backup; they are a reason not to say that all is well.
Exit make_backup(const Context& context, const Settings& settings) {
    const auto at = SystemClock().now();
    const auto file = output_file(settings.output, at);
    if (!file)
        return context.fail(file.error(), file.error().code == ErrorCode::conflict
                                              ? Exit::refused
                                              : Exit::could_not);
    const auto made = Maker(context, settings.data, *file).make(at);
    if (!made) return context.fail(made.error(), Exit::could_not);
    tell(context, *file, *made);
    return made->breaks == 0 ? Exit::done : Exit::refused;
}

}  // namespace

void add_backup(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("backup", context.speech("cli.help.backup"));
    const auto settings = std::make_shared<Settings>();
    command.add_option("--data", settings->data, context.speech("cli.help.data_folder"))
        ->envname("JINQIAO_HOME");
    command.add_option("--output", settings->output, context.speech("cli.help.backup.output"))
        ->required();
    command.callback([&, settings] {
        chosen = [&context, settings] { return make_backup(context, *settings); };
    });
}

}  // namespace jinqiao::adapters::cli
