#pragma once
#include <optional>
#include <string>

#include "adapters/cli/setup.h"
#include "engine/model/command.h"

namespace jinqiao::adapters::cli {

// Who a trial is played with.
struct TrialPeople {
    engine::policy::Directory directory;
    engine::model::Actor filer;  // the union that files
};

// The organisation with the people of a zone file. Without a path: those of the configuration's
// demonstration zone, and where there is none two invented people in every post. Faults are noted,
// or told; then there is no answer.
std::optional<TrialPeople> trial_people(const Setup& setup, const std::string& zone,
                                        config::Faults& faults);
std::optional<TrialPeople> trial_people(const Context& context, const Setup& setup,
                                        const std::string& zone);

}  // namespace jinqiao::adapters::cli
