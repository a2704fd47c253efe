#include "workflows/dispute/actions.h"

#include <algorithm>

#include "workflows/dispute/action_groups.h"

namespace jinqiao::workflows::dispute {

namespace {

using namespace schema;

// "Every payload may carry note and occurred_at"; the alert has a note of its own and is dated by
// `noticed_at`.
void add_common(kernel::Action& action) {
    const auto has = [&](std::string_view name) {
        return std::any_of(action.payload.begin(), action.payload.end(),
                           [name](const Field& field) { return field.name == name; });
    };
    if (!has("note")) action.payload.push_back(text("note", {"备注", "Note"}));
    if (action.name != "file")
        action.payload.push_back(instant("occurred_at", {"事情发生时间", "When it happened"}));
}

Actions all_actions() {
    Actions all;
    for (auto* group : {warn_actions, coordinate_actions, mediation_actions, process_actions,
                        resolve_actions, exit_actions, case_actions, request_actions,
                        custody_actions, task_actions, filer_actions})
        for (auto& action : group()) all.push_back(std::move(action));
    for (auto& action : all) add_common(action);
    return all;
}

}  // namespace

std::span<const kernel::Action> actions() {
    static const Actions all = all_actions();
    return all;
}

}  // namespace jinqiao::workflows::dispute
