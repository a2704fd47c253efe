#include "adapters/cli/backup/unpack.h"

#include <fstream>
#include <iterator>
#include <set>

#include "adapters/cli/backup/examine.h"
#include "adapters/cli/backup/tar.h"

namespace jinqiao::adapters::cli::backup {
namespace {

using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;
namespace fs = std::filesystem;

bool about_the_backup(ErrorCode code) {
    return code == ErrorCode::corrupt || code == ErrorCode::invalid;
}

std::string whole(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Unpacker {
  public:
    Unpacker(const Speech& speech, fs::path input, fs::path folder, const StepDone& going)
        : speech_(speech), input_(std::move(input)), folder_(std::move(folder)), going_(going) {}

    Result<Unpacked> run() {
        if (auto taken = take_parts(); !taken) return taken.error();
        compare_sums();
        read_manifest();
        if (result_.manifest) compare_parts();
        // A database that is not what was written would only add faults of its own.
        if (result_.faults.empty()) {
            if (auto looked = look_at_database(); !looked) return looked.error();
        }
        return std::move(result_);
    }

  private:
    void fault(const std::string& code, Speech::Args args) {
        result_.faults.push_back({code, speech_("cli.restore.fault." + code, args)});
    }

    Status take_parts() {
        std::error_code failed;
        all_ = fs::is_directory(input_, failed) ? 0 : fs::file_size(input_, failed);
        const auto taken = each_part(
            input_, [&](const std::string& name, PartBytes& bytes) { return take(name, bytes); });
        if (taken) return taken;
        if (!about_the_backup(taken.error().code)) return taken;
        fault("damaged", {{"what", taken.error().what}});
        return Done{};
    }

    Status take(const std::string& name, PartBytes& bytes) {
        if (parts_.contains(name)) return Error{ErrorCode::corrupt, name + " is there twice", ""};
        const fs::path file = folder_ / name;
        std::error_code failed;
        fs::create_directories(file.parent_path(), failed);
        auto out = File::create(file);
        if (!out) return out.error();
        Sum sum;
        std::uint64_t size = 0;
        for (;;) {
            const auto piece = bytes.next();
            if (!piece) return piece.error();
            if (piece->empty()) break;
            sum.add(*piece);
            size += piece->size();
            done_ += piece->size();
            if (auto put = out->write(*piece); !put) return put;
            if (!going_(done_, all_)) return Error{ErrorCode::conflict, "stopped", ""};
        }
        parts_[name] = {name, size, sum.hex()};
        return out->sync();
    }

    // The manifest is held against its sum too; nothing in a backup goes unwatched.
    void compare_sums() {
        const auto sums = decode_sums(whole(folder_ / sums_part));
        if (sums.empty()) return fault("missing", {{"part", std::string(sums_part)}});
        for (const auto& [name, hash] : sums) {
            const auto found = parts_.find(name);
            if (found == parts_.end()) {
                fault("missing", {{"part", name}});
            } else if (found->second.sha256 != hash) {
                fault("changed", {{"part", name}});
            }
        }
        for (const auto& [name, part] : parts_)
            if (name != sums_part && !sums.contains(name)) fault("stranger", {{"part", name}});
    }

    void read_manifest() {
        if (!parts_.contains(std::string(manifest_part))) return;  // told as missing
        auto manifest = decode_manifest(whole(folder_ / manifest_part));
        if (manifest)
            result_.manifest = std::move(*manifest);
        else
            fault("manifest", {{"what", manifest.error().what}});
    }

    // Sums and manifest name the same parts, or one of them is of another backup.
    void compare_parts() {
        std::set<std::string> named{std::string(sums_part), std::string(manifest_part)};
        for (const Part& part : result_.manifest->parts) {
            named.insert(part.name);
            const auto found = parts_.find(part.name);
            if (found != parts_.end() &&
                (found->second.sha256 != part.sha256 || found->second.bytes != part.bytes) &&
                result_.faults.empty())
                fault("changed", {{"part", part.name}});
        }
        for (const auto part : {database_part, chains_part})
            if (!named.contains(std::string(part)) && result_.faults.empty())
                fault("missing", {{"part", std::string(part)}});
        for (const auto& [name, part] : parts_)
            if (!named.contains(name) && result_.faults.empty())
                fault("stranger", {{"part", name}});
    }

    Status look_at_database() {
        const auto examined = examine(folder_ / database_part, going_);
        if (!examined) {
            if (!about_the_backup(examined.error().code)) return examined.error();
            fault("database", {{"what", examined.error().what}});
            return Done{};
        }
        const Manifest& manifest = *result_.manifest;
        if (examined->summary.version != manifest.schema || examined->summary.rows != manifest.rows)
            fault("rows", {});
        if (examined->chains != whole(folder_ / chains_part)) fault("chains", {});
        for (const auto& each : examined->audit.breaks)
            result_.breaks.push_back(
                {each.what,
                 speech_("cli.audit.broken", {{"stream", each.stream},
                                              {"seq", std::to_string(each.seq)},
                                              {"what", speech_("cli.audit." + each.what)}})});
        return Done{};
    }

    const Speech& speech_;
    fs::path input_, folder_;
    const StepDone& going_;
    std::uint64_t all_ = 0, done_ = 0;
    std::map<std::string, Part> parts_;
    Unpacked result_;
};

}  // namespace

Result<Unpacked> unpack(const Speech& speech, const fs::path& input, const fs::path& folder,
                        const StepDone& going) {
    return Unpacker(speech, input, folder, going).run();
}

}  // namespace jinqiao::adapters::cli::backup
