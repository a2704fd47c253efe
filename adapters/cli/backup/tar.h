#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "adapters/cli/backup/part_file.h"

// A backup is a tar file of the plain kind (ustar), so that it can be looked into, and taken apart,
// without this program.
namespace jinqiao::adapters::cli::backup {

// Bytes written so far, over all parts; false stops the work, which ends as `conflict`.
using Going = std::function<bool(std::uint64_t bytes)>;

class TarWriter {
  public:
    TarWriter(File& out, Going going) : out_(out), going_(std::move(going)) {}
    engine::model::Result<Part> add(const std::string& name, const std::filesystem::path& file);
    engine::model::Result<Part> add_text(const std::string& name, std::string_view text);
    engine::model::Status end();  // and synced

  private:
    engine::model::Status head(const std::string& name, std::uint64_t bytes);
    engine::model::Status fill(std::uint64_t bytes);

    File& out_;
    Going going_;
    std::uint64_t written_ = 0;
};

// The bytes of one part, to be read to their end.
class PartBytes {
  public:
    PartBytes(File& in, std::uint64_t bytes) : in_(in), left_(bytes) {}
    // Empty at the end. corrupt: the file ends before the part does.
    engine::model::Result<std::string_view> next();

  private:
    File& in_;
    std::uint64_t left_;
};

using TakePart = std::function<engine::model::Status(const std::string& name, PartBytes& bytes)>;

// Each part of a tar file, or each file below a folder it was unpacked into; ends at the first
// error `take` answers. Links, devices and names that lead out of the folder are refused.
// corrupt: cut off, or a byte changed that belongs to no part.
engine::model::Status each_part(const std::filesystem::path& input, const TakePart& take);

}  // namespace jinqiao::adapters::cli::backup
