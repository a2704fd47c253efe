#pragma once
#include <string>
#include <vector>

#include "adapters/cli/setup.h"
#include "engine/model/grade.h"

namespace jinqiao::adapters::cli {

// How a notice would read: worded from a sample case in which every variable has a plausible value,
// among them the longest this configuration has words for.
struct SampleNotice {
    std::string event;
    std::string channel;  // empty: the general words
    engine::model::GradeLevel grade = engine::model::GradeLevel::orange;
    bool exercise = false;
    engine::model::Language language = engine::model::Language::zh;
};

// `limited`: shortened to what the channel can carry, as it would go out.
engine::ports::Rendered render_sample(const Setup& setup, const SampleNotice& sample,
                                      bool limited = true);

// Templates whose text a configured channel would have to shorten are warnings (code
// "template.long").
void warn_of_long_templates(const Setup& setup, config::Faults& faults);

}  // namespace jinqiao::adapters::cli
