#pragma once
#include <filesystem>

#include "engine/runtime/core.h"

namespace jinqiao::adapters::cli {

// A change of accounts written straight to the store of DATA, which no daemon may hold: how the
// first administrator comes in, and how one comes back in who lost every password. Recorded like
// any other, by the engine's own hand. Error{busy}: a daemon has the data.
engine::model::Status change_account_locally(const std::filesystem::path& data,
                                             engine::runtime::DirectoryChange change);

}  // namespace jinqiao::adapters::cli
