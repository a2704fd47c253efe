// The configuration as shipped, with one thing changed at a time. What is harmful is found out by
// playing it (harm.h), never by the proof; then the proof has to say the same.
#include "tests/simulation/mutants.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
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

// --- what preview() shows of the case that a finding names -------------------------------------

using kernel::Preview;
using kernel::PreviewLine;

std::string word(const boost::json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::string argument(const proof::Finding& finding, std::string_view name) {
    for (const auto& [key, value] : finding.found.args)
        if (key == name) return value;
    return {};
}

// A message for the post, or for the department whose desk it is, went to somebody else's line.
bool shows_unreached(const Preview& preview, const kernel::Trial::World& world,
                     const std::string& post) {
    std::set<std::string> ways{"post:" + post};
    for (const auto& [id, department] : world.directory->departments)
        if (department.desk.value == post) ways.insert("department:" + id.value);
    const auto fallback = "deputy post " + world.directory->fallback.value;
    return std::any_of(preview.lines.begin(), preview.lines.end(), [&](const PreviewLine& line) {
        if (line.event == "unreachable") return ways.contains(word(line.data, "addressee"));
        return line.notice && ways.contains(line.notice->addressee.text()) &&
               (line.notice->channel.empty() || line.notice->reason == fallback);
    });
}

bool was_missed(const Preview& preview, const std::string& clock) {
    return std::any_of(preview.lines.begin(), preview.lines.end(), [&](const PreviewLine& line) {
        return line.event == "due_passed" && word(line.data, "clock").starts_with(clock + "#");
    });
}

// The clock stands missed at the end, and nothing of it is still to come.
bool shows_silence(const Preview& preview, const std::string& clock) {
    const auto& clocks = preview.after.clocks;
    return was_missed(preview, clock) &&
           std::any_of(clocks.begin(), clocks.end(), [&](const engine::model::Clock& each) {
               return each.name == clock && each.open() && each.expired && !each.next_at;
           });
}

// Missed, and of some instance nobody but the owners, the filer and whoever had to act ever heard.
bool shows_nobody_higher(const Preview& preview, const std::string& clock) {
    std::set<std::string> turn{preview.filed.owner.post.value, preview.after.owner.post.value};
    for (const auto& line : preview.lines)
        if (line.event == "owner_changed") turn.insert(word(line.data, "to"));
    for (const auto& each : preview.after.clocks) {
        if (each.name != clock || !each.expired) continue;
        auto of_this = turn;
        for (const auto& assignment : preview.after.assignments)
            if (assignment.id.value == each.subject) of_this.insert(assignment.addressee.id);
        const bool heard =
            std::any_of(preview.lines.begin(), preview.lines.end(), [&](const PreviewLine& line) {
                return line.notice && line.clock == clock && line.last >= each.due.at &&
                       line.notice->addressee.kind != engine::model::Addressee::Kind::person &&
                       !of_this.contains(line.notice->addressee.id);
            });
        if (!heard) return true;
    }
    return false;
}

bool shows_deaf_rung(const Preview& preview, const std::string& clock, const std::string& rung) {
    return was_missed(preview, clock) &&
           std::none_of(preview.lines.begin(), preview.lines.end(), [&](const PreviewLine& line) {
               return line.notice && line.clock == clock && line.rung == rung;
           });
}

// Ours ends no earlier than the law's, both begun in this case.
bool shows_late(const Preview& preview, const std::string& ours, const std::string& law) {
    const auto* mine = preview.after.clock(ours);
    const auto* theirs = preview.after.clock(law);
    return mine != nullptr && theirs != nullptr && mine->due.at >= theirs->due.at;
}

bool shows(const Preview& preview, const kernel::Trial::World& world,
           const proof::Finding& finding) {
    const auto clock = argument(finding, "clock");
    const auto& code = finding.code;
    if (code.starts_with("way.")) return preview.refusal || !preview.refused.empty();
    if (code == "case.lacks") return !preview.lacked.empty();
    if (code.starts_with("reach.")) return shows_unreached(preview, world, finding.place.id);
    if (code == "ladder.none" || code == "ladder.silent") return shows_silence(preview, clock);
    if (code == "ladder.not_higher") return shows_nobody_higher(preview, clock);
    if (code == "rung.deaf") return shows_deaf_rung(preview, clock, finding.place.part);
    if (code == "deadline.late")
        return shows_late(preview, finding.place.id, finding.expected.args.front().second);
    ADD_FAILURE() << "how would preview() show " << code << "?";
    return false;
}

bool confirmed(const kernel::Trial::World& world, const engine::model::Actor& filer,
               const proof::Finding& finding) {
    const auto& shown = *finding.shown;
    const std::chrono::hours horizon{24 * (finding.code.starts_with("reach.") ? 1 : 120)};
    auto directory = *world.directory;
    if (!shown.absent.empty())
        directory.absences.push_back({shown.absent, shown.at, shown.at + horizon});
    auto played = world;
    played.directory = &directory;
    for (auto& way : world.workflow->rehearsals(*world.policy, shown.grade)) {
        if (way.name != shown.rehearsal) continue;
        way.deeds.resize(std::min(way.deeds.size(), static_cast<std::size_t>(shown.steps)));
        return shows(kernel::preview(played, {kernel::filed_as(way, filer, shown.at), filer,
                                              shown.at, way.deeds, horizon}),
                     world, finding);
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
        // The proof follows each clock alone. Where all run, another one may change the tier and so
        // bring in those whom this one never tells, or end its wait: then the case shown does not
        // show it.
        if (has_case && !is_confirmed) {
            std::printf("  not shown by its case: %s (%s)\n", who.c_str(), refuted.c_str());
            EXPECT_TRUE(refuted.starts_with("ladder.")) << who;
        }
    }
    std::printf("%zu of %zu mutants; harmful: refuted, missed; harmless: passed, accused\n",
                chosen.size(), every.size());
    for (const auto& [kind, count] : table)
        std::printf("  %-36s %4d %4d   %4d %4d\n", kind.c_str(), count.refuted, count.missed,
                    count.passed, count.accused);
    std::printf("missed %d of %d harmful, accused %d of %d harmless; %d of %d cases confirmed\n",
                sum.missed, sum.missed + sum.refuted, sum.accused, sum.accused + sum.passed,
                confirmed, shown);
    EXPECT_LE(shown - confirmed, 1 + shown / 20);
}

}  // namespace jinqiao::tests
