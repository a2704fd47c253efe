#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "config/catalogue.h"
#include "config/load.h"
#include "config/service.h"
#include "config/tree.h"
#include "engine/policy/directory.h"
#include "engine/time/calendar.h"

// One reader for each file or folder under config/. All of them read on after a fault, so that one
// run finds everything.

namespace jinqiao::config {

std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder, Faults& faults);

Catalogue load_texts(const std::filesystem::path& folder, Faults& faults);
std::vector<ChannelConfig> load_channels(const std::filesystem::path& file, Faults& faults);
// The sign of life may go out by those channels only.
Service load_service(const std::filesystem::path& file, const std::vector<ChannelConfig>& channels,
                     Faults& faults);
// Posts that see to dead letters must be there.
void check_dead_letters(const std::filesystem::path& file,
                        const engine::policy::Directory& organisation, Faults& faults);

// Which parts of a case who may read; what is sealed must be part of an alert.
Fields load_fields(const std::filesystem::path& file,
                   std::span<const engine::kernel::Workflow* const> workflows, Faults& faults);

// The posts, departments and channel names; contacts may name only those channels. `utc_offset` is
// that of local times of day, in service.yaml.
engine::policy::Directory load_organisation(
    const std::filesystem::path& file, const std::vector<ChannelConfig>& channels, Faults& faults,
    std::chrono::minutes utc_offset = std::chrono::minutes{480});
// [{channel, address}]; used for people too.
std::vector<engine::policy::Contact> read_contacts(const Tree& tree,
                                                   const std::set<std::string>& channels,
                                                   Faults& faults);

// All years of the folder merged into one calendar with the working hours of the service. Its
// version is the hash of what it says, so a reworded comment recomputes nothing. A year that will
// be needed soon after `at` and has no file is a warning.
std::shared_ptr<const engine::time::Calendar> load_calendars(const std::filesystem::path& folder,
                                                             const Service& service,
                                                             engine::time::Instant at,
                                                             Faults& faults);

}  // namespace jinqiao::config
