// The configuration as shipped, with one thing changed at a time. What is harmful is found out by
// playing it (harm.h), never by the proof; then the proof has to say the same.
#include "tests/simulation/mutants.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>

#include "engine/kernel/preview.h"
#include "engine/kernel/proof/prove.h"
#include "tests/simulation/harm.h"
#include "tests/support/dispute_story.h"

namespace jinqiao::tests {

namespace kernel = engine::kernel;
namespace proof = engine::kernel::proof;

namespace {

struct Verdict {
    std::string harm;     // by playing it; empty: none
    std::string refuted;  // by the proof: the first error's code
    bool shown = false;   // with a case that shows it
    bool confirmed = false;
};

// The case the proof names, played by preview(), shows something that must not be.
bool confirmed(const kernel::Trial::World& world, const engine::model::Actor& filer,
               const proof::Finding& finding) {
    const auto& shown = *finding.shown;
    auto directory = *world.directory;
    constexpr std::chrono::hours horizon{24 * 120};
    if (!shown.absent.empty())
        directory.absences.push_back({shown.absent, shown.at, shown.at + horizon});
    auto played = world;
    played.directory = &directory;
    for (auto& way : world.workflow->rehearsals(*world.policy, shown.grade)) {
        if (way.name != shown.rehearsal) continue;
        way.deeds.resize(std::min(way.deeds.size(), static_cast<std::size_t>(shown.steps)));
        const bool short_look = finding.code.starts_with("reach.");
        const auto preview =
            kernel::preview(played, {kernel::filed_as(way, filer, shown.at), filer, shown.at,
                                     way.deeds, short_look ? std::chrono::hours{24} : horizon});
        if (finding.code.starts_with("way.")) return preview.refusal || !preview.refused.empty();
        if (finding.code == "case.lacks") return !preview.lacked.empty();
        // Of the clock in question nobody else ever hears, or nobody any more in the end.
        if (finding.code.starts_with("reach."))
            return std::any_of(preview.lines.begin(), preview.lines.end(), [](const auto& line) {
                return line.event == "unreachable" ||
                       (line.notice && line.notice->reason.find("post") != std::string::npos) ||
                       (line.notice && line.notice->channel.empty());
            });
        return true;
    }
    return false;
}

Verdict judge(const Mutant& mutant, const DisputeStory& story) {
    const kernel::Trial::World world{&story.workflow, mutant.policy.get(), mutant.directory.get(),
                                     &story.calendar};
    Verdict out;
    out.harm = harm({world, story.enterprise_union, story.now, mutant.clock,
                     mutant.kind.starts_with("deadline")});
    const auto found = proof::prove(
        {world, story.enterprise_union, story.now, story.now + std::chrono::hours{24 * 365}});
    for (const auto& finding : found.findings) {
        if (finding.warning) continue;
        if (out.refuted.empty()) out.refuted = finding.code;
        if (!finding.shown || out.shown) continue;
        out.shown = true;
        out.confirmed = confirmed(world, story.enterprise_union, finding);
    }
    return out;
}

struct Count {
    int refuted = 0, missed = 0, passed = 0, accused = 0;
};

}  // namespace

// JINQIAO_MUTANTS=n tries every n-th, 1 all of them; JINQIAO_MUTANT="rung deleted: ack.half" one.
TEST(Mutants, TheProofRefutesTheHarmfulAndPassesTheHarmless) {
    DisputeStory story;
    story.at("2026-03-02 09:00");
    const auto every = mutants(story.policy, story.directory, story.now);
    const char* wanted = std::getenv("JINQIAO_MUTANTS");
    const char* one = std::getenv("JINQIAO_MUTANT");
    const auto stride =
        static_cast<std::size_t>(wanted == nullptr ? 53 : std::max(1, std::atoi(wanted)));
    std::vector<Mutant> chosen;
    for (std::size_t i = 0; i < every.size(); ++i)
        if (one != nullptr ? every[i].kind + ": " + every[i].what == one : i % stride == 0)
            chosen.push_back(every[i]);
    ASSERT_GE(every.size(), 200U);

    std::vector<Verdict> verdicts(chosen.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (auto i = next++; i < chosen.size(); i = next++) {
            verdicts[i] = judge(chosen[i], story);
            if (std::getenv("JINQIAO_MUTANTS") != nullptr)
                std::fprintf(stderr, "%s\t%s\t%s\t%s\n", chosen[i].kind.c_str(),
                             chosen[i].what.c_str(), verdicts[i].harm.c_str(),
                             verdicts[i].refuted.c_str());
        }
    };
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        workers.emplace_back(work);
    for (auto& worker : workers) worker.join();

    std::map<std::string, Count> table;
    Count sum;
    int shown = 0, confirmed = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto& [harm, refuted, has_case, is_confirmed] = verdicts[i];
        for (auto* count : {&table[chosen[i].kind], &sum})
            ++(harm.empty()      ? refuted.empty() ? count->passed : count->accused
               : refuted.empty() ? count->missed
                                 : count->refuted);
        shown += has_case ? 1 : 0;
        confirmed += is_confirmed ? 1 : 0;
        const auto who = chosen[i].kind + ": " + chosen[i].what;
        EXPECT_EQ(!harm.empty(), !refuted.empty()) << who << ": " << harm << " / " << refuted;
        EXPECT_EQ(has_case, is_confirmed) << who << " " << refuted;
    }
    std::printf("%zu of %zu mutants; harmful: refuted, missed; harmless: passed, accused\n",
                chosen.size(), every.size());
    for (const auto& [kind, count] : table)
        std::printf("  %-36s %4d %4d   %4d %4d\n", kind.c_str(), count.refuted, count.missed,
                    count.passed, count.accused);
    std::printf("missed %d of %d harmful, accused %d of %d harmless; %d of %d cases confirmed\n",
                sum.missed, sum.missed + sum.refuted, sum.accused, sum.accused + sum.passed,
                confirmed, shown);
}

}  // namespace jinqiao::tests
