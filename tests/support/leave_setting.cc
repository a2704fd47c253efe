#include "tests/support/leave_setting.h"

#include "tests/support/leave_request.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace model = engine::model;
namespace policy = engine::policy;
using model::ClockClass;
using model::GradeLevel;

namespace {

void add_clocks(policy::Policy& out) {
    const auto add = [&](policy::ClockRule rule) { out.clocks.emplace(rule.name, rule); };
    add(clock_rule("st.ask", {"4 h", "2 h", "1 h", "30 min"}));
    auto decide = clock_rule("st.decide", {"5 W", "3 W", "2 W", "24 h"});
    decide.suspendable = true;
    add(decide);
    add(clock_rule("law.answer", "15 N", ClockClass::legal));
    add(clock_rule("sus.until", "20 W"));
    add(clock_rule("st.handover", {"4 wh", "4 wh", "30 min", "10 min"}));
    add(clock_rule("st.answer", {"1 W", "1 W", "4 h", "1 h"}));
    add(clock_rule("asg.sign", {"24 h", "8 h", "2 h", "30 min"}));
    add(clock_rule("arch.keep", "30 N", ClockClass::reference));
}

void add_ladders(policy::Policy& out) {
    out.ladders = {
        ladder("st.ask",
               {remind("half", share(50), {"owner"}), inform("due", due(), {"chief"}),
                hand_over("over", after_due("30 min"), {"chief"}, "30 min", 3),
                inform("late", after_due("2 h"), {"chief", "fallback"}, "2 h")},
               "4 h"),
        ladder(
            "st.decide",
            {remind("soon", before_due("1 N"), {"owner"}), inform("due", due(), {"chief"}, "1 N")},
            "2 W"),
        ladder("law.answer", {remind("soon", before_due("3 N"), {"owner"}),
                              inform("due", due(), {"chief", "owner"}, "1 N")}),
        ladder("asg.sign",
               {remind("half", share(50), {"assignee"}), inform("due", due(), {"chief"}, "4 h")}),
        ladder("st.answer", {remind("half", share(50), {"approver"})}),
        ladder("sus.until", {remind("soon", before_due("1 N"), {"owner"})}),
    };
}

void add_rules(policy::Policy& out) {
    out.grading.rules = {lifts_to("five", at_least("days", 5), GradeLevel::yellow),
                         lifts_to("ten", at_least("days", 10), GradeLevel::orange),
                         lifts_to("twenty", at_least("days", 20), GradeLevel::red)};
    auto hr = department_from("hr", GradeLevel::blue);
    hr.copy_below = GradeLevel::yellow;
    auto police = department_from("police", GradeLevel::orange);
    police.when = test(policy::Condition::Op::equals, "urgent", true);
    auto leader = department_from("leader", GradeLevel::red);
    leader.is_department = false;
    out.routing.routes = {department_from("union", GradeLevel::blue), hr, police, leader};
    out.routing.union_side = {"union"};
    out.routing.government_side = {"hr", "police"};
}

void add_requests(policy::Policy& out) {
    policy::RequestRule lower;
    lower.kind = "lower_grade";
    lower.approvers = {model::PostId{"chief"}, model::PostId{"chief2"}};
    policy::RequestRule leave;
    leave.kind = "long_leave";
    leave.approvers = {model::PostId{"chief"}};
    leave.needed = 2;
    policy::RequestRule suspension;
    suspension.kind = "suspension";
    suspension.approvers = {model::PostId{"chief"}};
    out.requests = {{lower.kind, lower}, {leave.kind, leave}, {suspension.kind, suspension}};
}

const engine::kernel::Workflow& workflow() {
    static const auto one = leave_request();
    return *one;
}

}  // namespace

policy::Directory leave_directory() {
    return DirectoryBuilder()
        .post("desk", {"second_desk", "third_desk"})
        .post("second_desk")
        .post("third_desk")
        .post("chief")
        .post("chief2")
        .post("fallback_desk")
        .post("leader")
        .post("union_chair")
        .post("desk_union")
        .post("desk_hr")
        .post("desk_police")
        .person("wang", "desk")
        .person("li", "desk", 1)
        .person("zhao", "second_desk")
        .person("zheng", "third_desk")
        .person("qian", "chief")
        .person("feng", "chief", 1)
        .person("sun", "chief2")
        .person("wu", "fallback_desk")
        .person("zhou", "leader")
        .person("chen", "union_chair")
        .person("tao", "desk_union")
        .person("he", "desk_hr")
        .person("pan", "desk_police")
        .department("union", "desk_union")
        .department("hr", "desk_hr")
        .department("police", "desk_police")
        .fallback("fallback_desk")
        .build();
}

policy::Policy leave_policy() {
    policy::Policy out;
    out.id = model::PolicyId{"policy-of-the-test"};
    out.workflow = "leave_request";
    add_clocks(out);
    add_ladders(out);
    add_rules(out);
    add_requests(out);
    policy::NoticeRule asked;
    asked.event = "leave_asked";
    asked.to = {"told"};
    policy::NoticeRule answered;
    answered.event = "leave_answered";
    answered.to = {"filer", "told"};
    out.notices = {{asked.event, asked}, {answered.event, answered}};
    out.params = {{"desk", "desk"}, {"alone_days", 7}};
    return out;
}

Story leave_story() {
    Story story(workflow(), leave_policy(), leave_directory(),
                engine::time::testing::calendar_2026());
    story.at("2026-03-03 10:00");
    return story;
}

Story filed_story(int days) {
    auto story = leave_story();
    story.file(leave_alert(days), filer());
    return story;
}

boost::json::object leave_alert(int days) {
    return {{"days", days}, {"enterprise", {{"id", "ent-1"}, {"name", "an enterprise"}}}};
}

model::Actor filer() {
    auto out = person("chen", {"enterprise_union"});
    out.enterprise = model::EnterpriseId{"ent-1"};
    return out;
}

}  // namespace jinqiao::tests
