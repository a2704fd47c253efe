#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/model/result.h"

namespace jinqiao::adapters::cli::backup {

// One file of a backup: its name inside, with forward slashes.
struct Part {
    std::string name;
    std::uint64_t bytes = 0;
    std::string sha256;  // hex
};

// SHA-256 over what does not fit into memory.
class Sum {
  public:
    Sum();
    void add(std::string_view bytes);
    std::string hex();  // ends it

  private:
    struct End {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, End> context_;
};

// A descriptor that closes itself. Errors: disk_full, unavailable, with the file in `where`.
class File {
  public:
    static engine::model::Result<File> open(const std::filesystem::path& path);
    // A new file for its owner only; one that exists is a conflict.
    static engine::model::Result<File> create(const std::filesystem::path& path);
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    ~File();

    engine::model::Result<std::uint64_t> size() const;
    // At most `limit` bytes; empty at the end. The view holds until the next call.
    engine::model::Result<std::string_view> read(std::uint64_t limit);
    engine::model::Status write(std::string_view bytes);
    engine::model::Status sync();

  private:
    File(int descriptor, std::filesystem::path path);
    int descriptor_;
    std::filesystem::path path_;
    std::string buffer_;
};

// A folder of its own for work that is not finished, gone with everything in it at the end.
class WorkFolder {
  public:
    // `stem` and six characters; for its owner only.
    static engine::model::Result<WorkFolder> make(const std::filesystem::path& stem);
    WorkFolder(WorkFolder&& other) noexcept;
    WorkFolder& operator=(WorkFolder&& other) noexcept;
    ~WorkFolder();
    const std::filesystem::path& path() const { return path_; }

  private:
    explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

// Renames and makes the new name durable.
engine::model::Status put_in_place(const std::filesystem::path& from,
                                   const std::filesystem::path& to);

}  // namespace jinqiao::adapters::cli::backup
