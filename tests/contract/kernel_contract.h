#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/story.h"

// What every workflow gets from the kernel, whatever its states are. One suite, run against each
// workflow: a source file per workflow describes it with a KernelSubject and instantiates the suite
//
//     INSTANTIATE_TEST_SUITE_P(Leave, KernelContract, testing::Values(subject), subject_name);
namespace jinqiao::tests {

struct Asked {
    engine::model::Actor actor;
    std::string action;
    boost::json::object payload;
};

struct KernelSubject {
    std::string name;
    std::function<Story()> story;  // nothing filed yet
    Asked filing;                  // action "file"

    // All of these are asked right after filing.
    Asked fact;      // carried out, and changes what is known of the case
    Asked note;      // carried out
    Asked stranger;  // a known action by somebody without the right
    Asked invalid;   // a payload with the faults below, by somebody with the right
    std::vector<std::pair<std::string, std::string>> faults;  // code, field
    Asked blocked;  // refused by a guard or for want of a row

    // What brings the case into the hands of its first owner, so that no ladder is about to move
    // it.
    std::vector<Asked> taken;

    // A hand-over: who may offer, where to, and who answers there.
    engine::model::Actor offering;
    std::string to_post, note_field;
    engine::model::Actor answering;

    // Somebody who lowers a grade: asks (owner), answers (another person).
    Asked raise;  // lifts the grade above where filing put it
    Asked lower;  // asks to lower it to where it was
    engine::model::Actor approver;
};

class KernelContract : public ::testing::TestWithParam<KernelSubject> {
  protected:
    KernelContract() : subject(GetParam()), story(subject.story()) {}

    void SetUp() override {
        ASSERT_TRUE(story.send(command(subject.filing, "case1"))) << story.reason();
    }

    const KernelSubject& subject;
    Story story;

    // The command as an adapter would make it, for the case filed first.
    static engine::model::Command command(const Asked& asked, const std::string& id = "case1");
    bool ask(const Asked& asked) { return story.send(command(asked)); }
    engine::kernel::Verdict decide(const engine::model::Command& command);
    std::string stored() { return stored(story.kase()); }
    static std::string stored(const engine::model::Case& kase);
    void take();
    bool offer(const std::string& to = {});
};

inline void PrintTo(const KernelSubject& subject, std::ostream* out) { *out << subject.name; }
std::string subject_name(const ::testing::TestParamInfo<KernelSubject>& info);

}  // namespace jinqiao::tests
