#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/cli/backup/part_file.h"
#include "engine/model/result.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::cli::backup {

// Names of the parts. Written to disk: they stay.
inline constexpr std::string_view database_part = "jinqiao.db";
inline constexpr std::string_view chains_part = "chains.txt";
inline constexpr std::string_view manifest_part = "manifest.json";
inline constexpr std::string_view sums_part = "SHA256SUMS";  // for `sha256sum -c`
inline constexpr std::string_view documents_folder = "documents";

// What a backup says of itself.
struct Manifest {
    std::string program;       // version that made it
    int schema = 0;            // of the database
    engine::time::Instant at;  // all that was acknowledged before is in it
    std::vector<std::pair<std::string, std::uint64_t>> rows;  // by table
    std::uint64_t streams = 0, history = 0;                   // chains, and rows of them
    std::uint64_t breaks = 0;                                 // chains that were broken already
    std::vector<std::string> kept_apart;  // files of the data folder that are not in it
    std::vector<Part> parts;              // all but this one and the sums
};

std::string encode(const Manifest& manifest);
// invalid: no manifest, or of a newer form.
engine::model::Result<Manifest> decode_manifest(const std::string& text);

// "hash  name" a line, as sha256sum writes and checks it.
std::string encode_sums(const std::vector<Part>& parts);
// Hash by name; empty if a line is anything else.
std::map<std::string, std::string> decode_sums(const std::string& text);

}  // namespace jinqiao::adapters::cli::backup
