#pragma once
#include <boost/json/array.hpp>
#include <filesystem>
#include <vector>

#include "adapters/cli/configuration_digest.h"
#include "config/effective.h"
#include "config/fault.h"

namespace jinqiao::adapters::cli {

// [{file, change: added, changed, removed}]
boost::json::array changed_files(const ConfigurationFiles& before, const ConfigurationFiles& after);

// What is set otherwise, whatever file and line it stands in: [{key, change, before, after}]. Of a
// secret where it lies, never itself.
boost::json::array changed_values(const std::vector<config::Effective>& before,
                                  const std::vector<config::Effective>& after);

// The same faults, their files named from the folder on: where it lies is nobody's business who
// asks over the network.
config::Faults within(const std::filesystem::path& folder, config::Faults faults);

}  // namespace jinqiao::adapters::cli
