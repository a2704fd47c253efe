#pragma once
#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace jinqiao::engine::model {

// A text identifier that cannot be mistaken for another kind of identifier.
template <class Tag>
struct Id {
    std::string value;

    Id() = default;
    explicit Id(std::string text) : value(std::move(text)) {}
    bool empty() const { return value.empty(); }
    auto operator<=>(const Id&) const = default;
};

using CaseId = Id<struct CaseTag>;  // time-ordered, 26 characters; a child: parent "-c" n
using EnterpriseId = Id<struct EnterpriseTag>;  // its own id, never the name
using PersonId = Id<struct PersonTag>;
using PostId = Id<struct PostTag>;              // 岗位: cases belong to posts, people hold posts
using DepartmentId = Id<struct DepartmentTag>;  // one of the mediation group's members
using AccountId = Id<struct AccountTag>;
using AssignmentId = Id<struct AssignmentTag>;  // case "-a" n
using RequestId = Id<struct RequestTag>;        // case "-r" n
using NoticeId = Id<struct NoticeTag>;          // case "-n" seq "-" n
using DeliveryId = Id<struct DeliveryTag>;
using PolicyId = Id<struct PolicyTag>;  // SHA-256 of the policy text, hex

}  // namespace jinqiao::engine::model

template <class Tag>
struct std::hash<jinqiao::engine::model::Id<Tag>> {
    std::size_t operator()(const jinqiao::engine::model::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.value);
    }
};
