#include "engine/runtime/foresight.h"

#include <algorithm>

#include "engine/runtime/case_reading.h"

namespace jinqiao::engine::runtime {

namespace {

bool stands_alone(ports::Reader& reader, const model::Case& kase, time::Instant now) {
    if (kase.enterprise.empty()) return true;
    const auto filings = reader.filings_of(kase.enterprise, now - earlier_window);
    return filings && std::all_of(filings->begin(), filings->end(),
                                  [&](const auto& filing) { return filing.kase == kase.id; });
}

}  // namespace

std::shared_ptr<Foresight> foresee(const Foreseeing& with, const model::Command& command) {
    auto read = read_case(with.reader, command.target);
    if (!read || !*read) return nullptr;
    auto out = std::make_shared<Foresight>();
    out->before = std::move(**read);
    out->world = with.parts.world->get();
    const model::Case& kase = *out->before.kase;
    const auto now = with.now();
    const auto workflow = out->world->workflows.find(kase.workflow);
    const auto policy = out->world->policies.find(kase.workflow);
    if (workflow == out->world->workflows.end() || policy == out->world->policies.end() ||
        policy->second->id != kase.policy || !stands_alone(with.reader, kase, now))
        return out;
    out->policy = policy->second;

    kernel::Facts facts;
    facts.directory = out->world->directory.get();
    auto verdict = kernel::decide(*workflow->second, &kase, command, facts, *out->policy,
                                  *out->world->calendar, now);
    // A refusal is the committer's to make: it looks after the timer table then.
    auto* decision = std::get_if<kernel::Decision>(&verdict);
    if (decision == nullptr) return out;
    out->worded = word({with.parts, with.settings, *out->world, *facts.directory, now},
                       {out->before, &command, &facts, out->policy, {}, {}}, std::move(*decision));
    return out;
}

}  // namespace jinqiao::engine::runtime
