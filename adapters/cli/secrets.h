#pragma once
#include <filesystem>
#include <string>

#include "engine/model/result.h"

namespace jinqiao::adapters::cli {

// Random bytes of the operating system as lower-case hex.
std::string random_hex(std::size_t bytes);

// Writes a file nobody else may read (0600): whole or not at all, durable when it returns.
engine::model::Status write_private(const std::filesystem::path& file, const std::string& text);

// The 32 bytes that sign the links of notices: DATA/keys/link.key, made on first use. Kept outside
// the database, so that a copy of it signs nothing.
engine::model::Result<std::string> link_key(const std::filesystem::path& data);

// Makes DATA with mode 0700 if it is missing.
engine::model::Status make_data_folder(const std::filesystem::path& data);

}  // namespace jinqiao::adapters::cli
