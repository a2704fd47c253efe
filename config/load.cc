#include "config/load.h"

#include <algorithm>
#include <tuple>

#include "config/check.h"
#include "config/files.h"
#include "config/labels.h"
#include "config/read_policy.h"

namespace jinqiao::config {

using engine::kernel::Workflow;
using engine::policy::Policy;

namespace {

void sort(Faults& faults) {
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
        return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    });
}

// The files all workflows share are read once, so that a fault in them is reported once.
void load_policies(Configuration& into, std::span<const Workflow* const> workflows,
                   engine::time::Instant at, Faults& faults) {
    const auto& folder = into.folder;
    PolicyTrees trees;
    trees.grading = read_yaml(folder / "grading.yaml", faults);
    trees.routing = read_yaml(folder / "routing.yaml", faults);
    trees.ladders = read_yaml(folder / "ladders.yaml", faults);
    for (bool first = true; const Workflow* workflow : workflows) {
        const std::string name(workflow->name());
        trees.workflow = read_yaml(folder / "workflows" / (name + ".yaml"), faults);
        Faults shared;
        Faults& noted = first ? faults : shared;
        first = false;
        auto policy = std::make_shared<Policy>(read_policy(trees, noted));
        const Names names{workflow, &into.organisation, into.texts.get(), into.calendar.get(), at};
        check_policy(trees, *policy, names, noted);
        for (Fault& fault : shared)
            if (fault.file == *trees.workflow.file) faults.push_back(std::move(fault));
        into.policies.emplace(name, std::move(policy));
    }
}

}  // namespace

Loaded load(const std::filesystem::path& folder, std::span<const Workflow* const> workflows,
            engine::time::Instant at) {
    Loaded loaded;
    Faults& faults = loaded.faults;
    Catalogue catalogue = load_texts(folder / "texts", faults);
    for (const Workflow* workflow : workflows) add_labels(catalogue, *workflow);
    const auto texts = std::make_shared<const Catalogue>(std::move(catalogue));
    loaded.texts = texts;
    check_texts(*texts, workflows, (folder / "texts").string(), faults);
    Configuration configuration;
    configuration.folder = folder;
    configuration.texts = texts;
    configuration.channels = load_channels(folder / "channels.yaml", faults);
    configuration.service = load_service(folder / "service.yaml", configuration.channels, faults);
    configuration.fields = load_fields(folder / "fields.yaml", workflows, faults);
    configuration.calendar =
        load_calendars(folder / "calendars", configuration.service, at, faults);
    configuration.organisation =
        load_organisation(folder / "organisation.yaml", configuration.channels, faults,
                          configuration.service.utc_offset);
    configuration.organisation.calendar = configuration.calendar;
    check_dead_letters(folder / "service.yaml", configuration.organisation, faults);
    load_policies(configuration, workflows, at, faults);
    sort(faults);
    if (!any_error(faults)) loaded.configuration = std::move(configuration);
    return loaded;
}

}  // namespace jinqiao::config
