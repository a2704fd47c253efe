#include "adapters/cli/preview_batch.h"

#include "config/situations.h"

namespace jinqiao::adapters::cli {

std::vector<TriedLine> try_batch(const Setup& setup, const TrialPeople& people,
                                 const std::filesystem::path& file, config::Faults& faults) {
    const auto before = faults.size();
    const auto situations = config::read_situations(config::read_yaml(file, faults), faults);
    if (faults.size() > before) return {};
    const auto& workflow = setup.workflows.front();
    const auto& policy = setup.configuration.policies.at(std::string(workflow->name()));
    const engine::kernel::Trial::World world{workflow.get(), policy.get(), &people.directory,
                                             setup.configuration.calendar.get()};
    std::vector<TriedLine> out;
    for (const auto& tried : situations)
        out.push_back({tried.name, try_situation(tried, world, people.filer, faults)});
    return out;
}

}  // namespace jinqiao::adapters::cli
