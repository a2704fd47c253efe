// Guards of talking with whoever filed without a name, and of asking who filed in confidence.
#include "workflows/dispute/alert.h"
#include "workflows/dispute/guards.h"

namespace jinqiao::workflows::dispute {

namespace {

// Somebody holds a code for this case; nobody else could read an answer.
Reason filer_reads(const Step& step) { return step.data.receipt ? Reason{} : refuse("G.filer"); }

// There is a name, and it is kept from whoever asks: by itself, or as one of the things that need a
// second person.
Reason sealed_name(const Step& step) {
    if (step.event == "request_approval" && text(step.payload(), "for") != "unseal") return {};
    const bool confidential = text(step.data.alert, "filing") == "confidential";
    return confidential ? Reason{} : refuse("G.sealed");
}

constexpr Guard list[] = {{"G.filer", filer_reads}, {"G.sealed", sealed_name}};

}  // namespace

std::span<const Guard> filer_guards() { return list; }

}  // namespace jinqiao::workflows::dispute
