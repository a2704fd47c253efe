#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/account.h"
#include "engine/model/kase.h"
#include "engine/policy/directory.h"

namespace jinqiao::adapters::http {

// What can be asked for. Calls about one case need a relation to it as well as a role.
enum class Right {
    list,  // cases, each of them `see`
    see,   // the case itself
    history,
    notices,  // who was told, by what, and whether they signed
    actions,  // what may be done now
    act,      // do it; the kernel has the last word, action by action
    attach,   // send files, to be named in what one files or does
    sign,     // sign for, accept, return, finish what one was told
    tasks,
    enterprises,  // find and match
    people,       // posts and duty, and oneself among the people
    staff,        // everybody's name and contacts, and changing them
    coverage,     // who would be told
    preview,      // play a case through that has not happened
    migrate,      // put a case under the rules in force
    configure,    // have the configuration read again
    settings,     // read the configuration in force, its check, its diff; calendars
    audit,        // the trail of everything that was done, and whether it is whole
    accounts,     // who may use the program, with which roles
    letters,      // notices that reached nobody
    settle,       // deal with them
    reports,      // figures of the zone
    own_report,   // of one's own department
};

// How a person stands to a case. A set.
using Relations = std::uint32_t;
namespace relation {
constexpr Relations filer = 1;       // filed it
constexpr Relations enterprise = 2;  // of its enterprise
constexpr Relations owner = 4;       // serves the owner post
constexpr Relations assigned = 8;    // was told: the department, a post one serves, or oneself
constexpr Relations offeree = 16;    // serves the post a hand-over is offered to
constexpr Relations approver = 32;   // serves the post that answers a pending request
constexpr Relations opener = 128;    // one of two whom its sealed identity is open to now
constexpr Relations any = 64;        // everybody has this one
}  // namespace relation

// Holds the post, as deputy too, or stands first for it because nobody there can. Being somewhere
// down the line of deputies is not enough to read: the chair of one enterprise's union is a distant
// deputy of posts that own another's cases.
bool serves(const engine::model::PersonId& person, const engine::model::PostId& post,
            const engine::policy::Directory& directory, engine::time::Instant now);

Relations relations_of(const Account& account, const engine::model::Case& kase,
                       const engine::policy::Directory& directory, engine::time::Instant now);

// Whether something addressed so is for this person: the department or its desk, a post one
// serves, oneself.
bool is_for(const engine::model::Addressee& addressee, const Account& account,
            const engine::policy::Directory& directory, engine::time::Instant now);

// Every way in which CaseRow::concerned can name this person.
std::vector<std::string> concerns_of(const Account& account,
                                     const engine::policy::Directory& directory,
                                     engine::time::Instant now);

enum class Sight {
    granted,
    forbidden,  // 403: not for these roles, whatever the case
    hidden,     // 404: that there is such a case is itself confidential
};

// The one table of rights, role x call x relation; see rights.cc. A restricted case is hidden from
// all but its owner, its approvers, whoever filed it and auditors.
Sight sight(std::span<const std::string> roles, Right right, Relations relations, bool restricted);

// 403 already, before any case is looked at?
bool ever(std::span<const std::string> roles, Right right);

// The roles there are.
std::vector<std::string> all_roles();

// Sees cases without any relation to them: lists need no filter.
bool sees_all(std::span<const std::string> roles);

}  // namespace jinqiao::adapters::http
