#pragma once
#include "tests/support/builders.h"
#include "tests/support/story.h"

// An office in which people ask for leave, for the tests of the kernel.
//
//   post           holder, deputy     deputies of the post
//   desk           wang, li           second_desk, third_desk
//   second_desk    zhao               third_desk: zheng
//   chief          qian
//   chief2         sun
//   fallback_desk  wu
//   leader         zhou
//   union_chair    chen (who files)
//   desk_union, desk_hr, desk_police: tao, he, pan, for the departments union, hr, police
//
// Grades: 5 days yellow, 10 orange, 20 red. The union is told from blue on, hr from blue with a
// copy below yellow, the police from orange or when urgent, the leader at red.
namespace jinqiao::tests {

engine::policy::Directory leave_directory();
engine::policy::Policy leave_policy();

// The workflow leave_request, in 2026, at Tue 2026-03-03 10:00 Shanghai time. Nothing filed yet.
Story leave_story();
// The same with one request for that many days filed by chen.
Story filed_story(int days = 3);

boost::json::object leave_alert(int days);
engine::model::Actor filer();

}  // namespace jinqiao::tests
