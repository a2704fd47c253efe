#pragma once
#include <filesystem>

#include "engine/model/result.h"

namespace jinqiao::adapters::store::sqlite {

// Held as long as the store is open for writing: a second writer, which would checkpoint beside
// the first, is turned away. A file of its own, since closing any descriptor of the database file
// would drop SQLite's locks on it. The lock ends with the process, however it ends.
class LockFile {
  public:
    static engine::model::Result<LockFile> take(const std::filesystem::path& file);
    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;
    ~LockFile();

  private:
    explicit LockFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

// A database holds personal data: created readable by its owner only, before SQLite opens it.
// An existing file is left alone. Errors: unavailable.
engine::model::Status create_private(const std::filesystem::path& file);

}  // namespace jinqiao::adapters::store::sqlite
