#include "engine/model/kase.h"

#include <gtest/gtest.h>

namespace jinqiao::engine::model {
namespace {

Clock clock(const std::string& name, int instance, const std::string& subject = {}) {
    Clock out;
    out.name = name;
    out.instance = instance;
    out.subject = subject;
    return out;
}

TEST(Case, RegionIsKnownByItsName) {
    Case kase;
    kase.regions = {{"pipeline", "reported"}, {"custody", "held"}};
    EXPECT_EQ(kase.state_of("custody"), "held");
    EXPECT_EQ(kase.state_of("process"), "");
    kase.set_state("custody", "offered");
    kase.set_state("process", "congress");
    EXPECT_EQ(kase.state_of("custody"), "offered");
    EXPECT_EQ(kase.state_of("process"), "congress");
    EXPECT_EQ(kase.regions.front().name, "pipeline");
}

TEST(Case, ClockIsTheLatestInstanceOfItsName) {
    Case kase;
    kase.clocks = {clock("agr.perform", 1, "i1"), clock("agr.perform", 1, "i2"),
                   clock("st.next", 1), clock("st.next", 2)};
    EXPECT_EQ(kase.clock("st.next")->instance, 2);
    EXPECT_EQ(kase.clock("agr.perform", "i1")->subject, "i1");
    EXPECT_EQ(kase.clock("agr.perform")->subject, "i2");
    EXPECT_EQ(kase.clock("agr.perform", "i3"), nullptr);
    EXPECT_EQ(std::as_const(kase).clock("st.ack"), nullptr);
}

TEST(Case, ClockKeyNamesInstanceAndSubject) {
    EXPECT_EQ(clock("st.ack", 1).key(), "st.ack#1");
    EXPECT_EQ(clock("asg.sign", 2, "c-a3").key(), "asg.sign#2@c-a3");
}

TEST(Case, MissedClockIsStillOpen) {
    Clock one = clock("st.ack", 1);
    for (auto state : {ClockState::running, ClockState::suspended, ClockState::missed}) {
        one.state = state;
        EXPECT_TRUE(one.open());
    }
    for (auto state : {ClockState::met, ClockState::closed}) {
        one.state = state;
        EXPECT_FALSE(one.open());
    }
}

TEST(Case, AssignmentsAndRequestsAreFoundById) {
    Case kase;
    kase.assignments.resize(2);
    kase.assignments[1].id = AssignmentId{"c-a2"};
    kase.requests.resize(1);
    kase.requests[0].id = RequestId{"c-r1"};
    EXPECT_EQ(kase.assignment(AssignmentId{"c-a2"}), &kase.assignments[1]);
    EXPECT_EQ(kase.assignment(AssignmentId{"c-a9"}), nullptr);
    EXPECT_EQ(kase.request(RequestId{"c-r1"}), &kase.requests[0]);
}

}  // namespace
}  // namespace jinqiao::engine::model
