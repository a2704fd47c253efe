#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify {

// Files that survive a power cut. Each answers 0, or the errno of what failed.

// The folder and those above it that are missing, durable as entries of their parents.
int make_folder(const std::filesystem::path& folder);
// A file that appears whole or not at all: hidden name, fsync, rename. Its name is durable once the
// folder has been synced.
int write_whole(const std::filesystem::path& folder, const std::string& name,
                std::string_view text);
int sync_folder(const std::filesystem::path& folder);
// One more line at the end of a file, which is made if there is none, on disk when it returns. A
// line that a power cut left half is ended first.
int append_line(const std::filesystem::path& file, std::string_view line);

// retry, with the errno's name as code. A disk that is full or out of order concerns every notice.
engine::ports::Outcome disk_failed(int error);

}  // namespace jinqiao::adapters::notify
