#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "config/catalogue.h"
#include "config/fault.h"
#include "config/read_policy.h"
#include "engine/kernel/workflow.h"
#include "engine/policy/directory.h"
#include "engine/time/calendar.h"

namespace jinqiao::config {

// What the names in a policy are looked up in. Borrowed.
struct Names {
    const engine::kernel::Workflow* workflow = nullptr;
    const engine::policy::Directory* organisation = nullptr;
    const Catalogue* texts = nullptr;
    const engine::time::Calendar* calendar = nullptr;
    engine::time::Instant at;  // budgets are tried out from here
};

// Every name and relation in the files of a policy: posts, departments, states, clocks, facts,
// codes, audience words, events; ladders that would never end or run out of order; a side of the
// alert nobody is on. Shape was checked on reading.
void check_policy(const PolicyTrees& trees, const engine::policy::Policy& policy,
                  const Names& names, Faults& faults);
void check_workflow_file(const Tree& tree, const engine::policy::Policy& policy, const Names& names,
                         Faults& faults);
void check_grading(const Tree& tree, const Names& names, Faults& faults);
void check_routing(const Tree& tree, const engine::policy::Policy& policy, const Names& names,
                   Faults& faults);
void check_ladders(const Tree& tree, const engine::policy::Policy& policy, const Names& names,
                   Faults& faults);

// Facts named by a condition, and the codes their values are compared with.
// `more`: facts that may be asked for here beside those of the workflow.
void check_condition(const Tree& condition, const Names& names, Faults& faults,
                     const std::vector<std::string>& more = {});
// Audience words, posts and departments of a list "to".
void check_audience(const Tree& list, const Names& names, Faults& faults);

// Every text the program and the workflows may ask for, every notice a template, every template
// only variables there are. `folder` is named by the faults.
void check_texts(const Catalogue& texts, std::span<const engine::kernel::Workflow* const> workflows,
                 const std::string& folder, Faults& faults);

// A warning for each template that no event uses.
void warn_of_templates(const Catalogue& texts,
                       std::span<const engine::kernel::Workflow* const> workflows,
                       const std::string& folder, Faults& faults);

// Clocks and events of the engine itself, which every workflow has.
const std::vector<std::string>& engine_clocks();
const std::vector<std::string>& engine_notices();
// Those of them that a rule may send to further people. The others go to whom a ladder names, or to
// the fallback desk, and a rule for them would do nothing.
const std::vector<std::string>& engine_told();
// What a ladder may ask about the day on which its clock started.
const std::vector<std::string>& clock_words();
// Variables that templates may use.
const std::vector<std::string>& template_variables();
// Variables of a template in order; nothing if its tags do not pair.
std::vector<std::string> variables_of(const std::string& pattern, std::string& error);

}  // namespace jinqiao::config
