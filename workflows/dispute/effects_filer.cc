// What is said with whoever filed without a name, and who may see who filed in confidence.
#include <algorithm>

#include "workflows/dispute/effects.h"

namespace jinqiao::workflows::dispute {

namespace {

// All of them are in the history; the snapshot, which is rewritten at every step, keeps the latest.
constexpr std::size_t kept_messages = 100;

void say(Step& step, std::string_view from, const std::string& by) {
    Message message{std::string(from), step.payload().at("message"), by, step.at};
    auto& all = step.data.conversation;
    all.push_back(std::move(message));
    if (all.size() > kept_messages) all.erase(all.begin());
}

// Several sent soon after one another are one piece of news.
bool news(const Step& step) {
    const auto& all = step.data.conversation;
    const auto again = time::parse_budget(step.params.filer_told_again);
    if (all.empty() || all.back().from != "filer" || !again) return true;
    return time::add(step.draft.calendar(), all.back().at, *again) <= step.draft.now();
}

void filer_message(Step& step) {
    const bool tell = news(step);
    say(step, "filer", {});
    step.save();
    if (tell) step.draft.tell("filer_message");
}

void answer_filer(Step& step) {
    say(step, "office", step.person());
    step.save();
}

constexpr Effect list[] = {{"filer_message", filer_message}, {"answer_filer", answer_filer}};

}  // namespace

std::span<const Effect> filer_effects() { return list; }

void open_identity(Step& step, const model::Request& request) {
    const auto length = time::parse_budget(step.params.identity_open);
    if (!length) return step.draft.record("approval_void", {{"kind", request.kind}});
    Opening opening{request.id.value, request.by.value, step.draft.by().value,
                    request.reason,   step.draft.now(), {}};
    opening.until = time::add(step.draft.calendar(), opening.at, *length);
    step.draft.record("identity_opened", {{"request", opening.request},
                                          {"by", opening.by},
                                          {"approver", opening.approver},
                                          {"reason", opening.reason},
                                          {"until", text_of(opening.until)}});
    step.data.openings.push_back(std::move(opening));
    step.save();
    step.draft.tell("identity_opened");
}

}  // namespace jinqiao::workflows::dispute
