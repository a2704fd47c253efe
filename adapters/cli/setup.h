#pragma once
#include <boost/json/array.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "adapters/cli/channels.h"
#include "adapters/cli/command.h"
#include "config/effective.h"
#include "config/load.h"
#include "config/render.h"
#include "engine/kernel/workflow.h"
#include "engine/runtime/core.h"

namespace jinqiao::adapters::cli {

// A configuration that is fit for use, with the workflows of this program.
struct Setup {
    std::vector<std::shared_ptr<const engine::kernel::Workflow>> workflows;
    config::Configuration configuration;

    ChannelUses uses = {};  // how each channel is used

    // Every value of it and where that comes from, as `config show` prints them.
    std::vector<config::Effective> effective = {};

    // What is in force, with these people in the posts.
    engine::runtime::World world(engine::policy::Directory directory) const;
    // The same for a daemon, which words by what a reload may replace.
    engine::runtime::World daemon_world(engine::policy::Directory directory) const;
    std::unique_ptr<config::MustacheRenderer> renderer() const;
    engine::runtime::CoreSettings core(std::string link_key) const;
};

// Everything wrong with a configuration: the loader's faults and those of the channels' options.
struct Checked {
    std::optional<Setup> setup;  // empty if any fault is an error
    config::Faults faults;
    std::shared_ptr<const config::Catalogue> texts;  // to word them; never null
};

Checked check_configuration(const std::filesystem::path& folder, engine::time::Instant at);

// Loads, and tells all faults on `err` (with --json on `out`); empty if there is an error.
std::optional<Setup> load_setup(const Context& context, const std::filesystem::path& folder,
                                engine::time::Instant at);

// As `config show --json` has one of them.
boost::json::object as_json(const config::Effective& value);

// As `check --json` has them.
boost::json::array as_json(const config::Faults& faults, const config::Catalogue& texts,
                           engine::model::Language language);

void tell_faults(const Context& context, const config::Faults& faults,
                 const config::Catalogue& texts);

}  // namespace jinqiao::adapters::cli
