#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/catalogue.h"
#include "config/fault.h"
#include "config/fields.h"
#include "config/service.h"
#include "engine/kernel/workflow.h"
#include "engine/model/result.h"
#include "engine/policy/directory.h"
#include "engine/policy/policy.h"
#include "engine/ports/section.h"
#include "engine/time/calendar.h"

namespace jinqiao::config {

struct Tree;  // the file as read; config/tree.h

// One entry of channels.yaml. Its options belong to the adapter of its kind, which reads them
// through open().
struct ChannelConfig {
    std::string name;
    std::string kind;
    std::shared_ptr<const Tree> options;
};

struct Configuration {
    std::filesystem::path folder;
    std::map<std::string, std::shared_ptr<const engine::policy::Policy>> policies;  // by workflow
    std::shared_ptr<const engine::time::Calendar> calendar;
    engine::policy::Directory organisation;  // posts, departments, fallback, channels; no people
    std::vector<ChannelConfig> channels;
    Service service;
    Fields fields;
    std::shared_ptr<const Catalogue> texts;
};

struct Loaded {
    std::optional<Configuration> configuration;  // empty if any fault is an error
    Faults faults;                               // all of them at once, by file and line
    std::shared_ptr<const Catalogue> texts;      // never null: what could be read, to word faults
};

// Reads and checks everything under the folder. Never throws; a missing or unreadable file is a
// fault. `at` decides which calendar years are wanted.
//
// The wiring goes on with open() for each channel and adds those faults to these.
Loaded load(const std::filesystem::path& folder,
            std::span<const engine::kernel::Workflow* const> workflows, engine::time::Instant at);

// A pinned policy from its stored text (canonical JSON). Shape is checked, names are not: a case
// keeps a policy that names departments since removed. Error{corrupt} if it cannot be read.
engine::model::Result<std::shared_ptr<const engine::policy::Policy>> read_policy(
    const std::string& text);

// The options of a channel. Faults are appended to `faults`, the keys nobody asked for when the
// section is destroyed; `faults` and the channel outlive it.
std::unique_ptr<engine::ports::Section> open(const ChannelConfig& channel, Faults& faults);

// A contact as it stands in a file: whether its channel can use the address, the adapter of the
// channel's kind knows.
struct ContactPlace {
    std::string channel, address;
    std::shared_ptr<const Tree> at;  // the address, or the contact that has none
};
// Those of posts, departments and people in this file, if there is one; faults of the file itself
// are the loader's to find.
std::vector<ContactPlace> contact_places(const std::filesystem::path& file);
// What the channel expects of it instead, in its adapter's words.
Fault unusable(const ContactPlace& contact, const std::string& expected);

// The fault of a channel whose kind no adapter knows.
Fault unknown_kind(const ChannelConfig& channel, std::span<const std::string> known);

}  // namespace jinqiao::config
