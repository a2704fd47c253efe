#include "workflows/dispute/guards.h"

#include <array>

namespace jinqiao::workflows::dispute {

namespace {

std::array<std::span<const Guard>, 9> all() {
    return {warn_guards(),       mediation_guards(),  process_guards(),
            agreement_guards(),  end_guards(),        request_guards(),
            competence_guards(), task_force_guards(), filer_guards()};
}

}  // namespace

const Guard* guard(std::string_view id) {
    for (const auto theme : all())
        for (const Guard& each : theme)
            if (each.id == id) return &each;
    return nullptr;
}

std::vector<std::string_view> guard_ids() {
    std::vector<std::string_view> ids;
    for (const auto theme : all())
        for (const Guard& each : theme) ids.push_back(each.id);
    return ids;
}

// A gate the table names and nobody answers is a broken build, not a reason to let things pass.
Reason Answers::gate(std::string_view id) const {
    const Guard* found = guard(id);
    return found != nullptr ? found->ask(step_) : refuse(id);
}

Reason refuse(std::string_view id, std::vector<std::pair<std::string, std::string>> args) {
    return model::Message{std::string(id), std::move(args)};
}

std::string joined(const Texts& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

}  // namespace jinqiao::workflows::dispute
