#pragma once
#include <span>
#include <string_view>

namespace jinqiao::engine::kernel {

// The words a policy may use for "whom to tell", beside ids of posts and departments.
//
//   owner         the post that owns the case
//   offeree       the post a pending hand-over is offered to
//   next_deputy   the next post down the owner's deputies; after the last, the fallback desk
//   fallback      the desk that is never empty (兜底岗)
//   filer         the person who filed the alert
//   assignee      the addressee of the assignment the clock is about
//   approver      the post that answers the request the clock is about
//   told          every department and post that holds an open assignment
//   commissioner  whoever was sent (a relation "com" of the workflow)
//   decider       who must say who is competent for a returned task: the owner, after too many
//                 returns the lead department
//   task_force    the post that leads the task force (专班)
std::span<const std::string_view> audience_words();

}  // namespace jinqiao::engine::kernel
