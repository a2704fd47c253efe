#include "adapters/cli/proofs.h"

#include "adapters/cli/preview_batch.h"
#include "config/check.h"
#include "config/prove.h"
#include "engine/kernel/proof/prove.h"

namespace jinqiao::adapters::cli {
namespace {

// A year ahead: the longest that people plan their absences and terms for.
constexpr std::chrono::hours ahead{24 * 365};

void prove_policies(const Setup& setup, const TrialPeople& people, engine::time::Instant at,
                    config::Faults& faults) {
    const auto& configuration = setup.configuration;
    config::warn_of_years(*configuration.calendar, at, at + ahead, configuration.folder, faults);
    std::vector<const engine::kernel::Workflow*> workflows;
    for (const auto& workflow : setup.workflows) workflows.push_back(workflow.get());
    config::warn_of_templates(*configuration.texts, workflows,
                              (configuration.folder / "texts").string(), faults);
    for (const auto& workflow : setup.workflows) {
        const std::string name(workflow->name());
        const auto policy = configuration.policies.find(name);
        if (policy == configuration.policies.end()) continue;
        const auto proof =
            engine::kernel::proof::prove({{workflow.get(), policy->second.get(), &people.directory,
                                           configuration.calendar.get()},
                                          people.filer,
                                          at,
                                          at + ahead});
        config::place_findings(proof.findings, configuration.folder, name, faults);
    }
}

}  // namespace

void prove(const Setup& setup, const TrialPeople& people, engine::time::Instant at,
           config::Faults& faults) {
    prove_policies(setup, people, at, faults);
    const auto file = setup.configuration.folder / "situations.yaml";
    if (std::filesystem::exists(file)) try_batch(setup, people, file, faults);
}

}  // namespace jinqiao::adapters::cli
