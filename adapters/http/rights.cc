#include "adapters/http/rights.h"

#include <algorithm>
#include <array>

#include "adapters/http/fields.h"

namespace jinqiao::adapters::http {

namespace {

using namespace relation;

struct Row {
    std::string_view role;
    Right right;
    Relations through;  // one of these is enough
};

// An enterprise union's own cases, and whatever it is asked to do.
constexpr Relations union_side =
    filer | enterprise | owner | assigned | offeree | approver | opener;
// A department's cases are those it was told of.
constexpr Relations told = filer | owner | assigned | offeree | approver | opener;

// The administrator runs the program and reads no case; the auditor reads every case and acts in
// none.
constexpr std::array rows = {
    Row{"enterprise_union", Right::list, any},
    Row{"enterprise_union", Right::see, union_side},
    Row{"enterprise_union", Right::history, union_side},
    Row{"enterprise_union", Right::notices, union_side},
    Row{"enterprise_union", Right::actions, union_side},
    Row{"enterprise_union", Right::act, union_side},
    Row{"enterprise_union", Right::sign, union_side},
    Row{"enterprise_union", Right::attach, any},
    Row{"enterprise_union", Right::tasks, any},
    Row{"enterprise_union", Right::enterprises, any},
    Row{"enterprise_union", Right::people, any},

    Row{"department", Right::list, any},
    Row{"department", Right::see, told},
    Row{"department", Right::history, told},
    Row{"department", Right::notices, told},
    Row{"department", Right::actions, told},
    Row{"department", Right::act, told},
    Row{"department", Right::sign, told},
    Row{"department", Right::attach, any},
    Row{"department", Right::tasks, any},
    Row{"department", Right::enterprises, any},
    Row{"department", Right::people, any},
    Row{"department", Right::own_report, any},

    Row{"duty_officer", Right::list, any},
    Row{"duty_officer", Right::see, any},
    Row{"duty_officer", Right::history, any},
    Row{"duty_officer", Right::notices, any},
    Row{"duty_officer", Right::actions, any},
    Row{"duty_officer", Right::act, any},
    Row{"duty_officer", Right::sign, any},
    Row{"duty_officer", Right::attach, any},
    Row{"duty_officer", Right::tasks, any},
    Row{"duty_officer", Right::enterprises, any},
    Row{"duty_officer", Right::people, any},
    Row{"duty_officer", Right::coverage, any},
    Row{"duty_officer", Right::preview, any},
    Row{"duty_officer", Right::letters, any},
    Row{"duty_officer", Right::settle, any},

    Row{"mediator", Right::list, any},
    Row{"mediator", Right::see, any},
    Row{"mediator", Right::history, any},
    Row{"mediator", Right::notices, any},
    Row{"mediator", Right::actions, any},
    Row{"mediator", Right::act, any},
    Row{"mediator", Right::sign, any},
    Row{"mediator", Right::attach, any},
    Row{"mediator", Right::tasks, any},
    Row{"mediator", Right::enterprises, any},
    Row{"mediator", Right::people, any},
    Row{"mediator", Right::coverage, any},
    Row{"mediator", Right::letters, any},
    Row{"mediator", Right::settle, any},

    Row{"supervisor", Right::list, any},
    Row{"supervisor", Right::see, any},
    Row{"supervisor", Right::history, any},
    Row{"supervisor", Right::notices, any},
    Row{"supervisor", Right::actions, any},
    Row{"supervisor", Right::act, any},
    Row{"supervisor", Right::sign, any},
    Row{"supervisor", Right::attach, any},
    Row{"supervisor", Right::tasks, any},
    Row{"supervisor", Right::enterprises, any},
    Row{"supervisor", Right::people, any},
    Row{"supervisor", Right::staff, any},
    Row{"supervisor", Right::coverage, any},
    Row{"supervisor", Right::preview, any},
    Row{"supervisor", Right::migrate, any},
    Row{"supervisor", Right::letters, any},
    Row{"supervisor", Right::settle, any},
    Row{"supervisor", Right::reports, any},

    Row{"administrator", Right::tasks, any},
    Row{"administrator", Right::people, any},
    Row{"administrator", Right::staff, any},
    Row{"administrator", Right::coverage, any},
    Row{"administrator", Right::preview, any},
    Row{"administrator", Right::migrate, any},
    Row{"administrator", Right::configure, any},
    Row{"administrator", Right::settings, any},
    Row{"administrator", Right::audit, any},
    Row{"administrator", Right::accounts, any},
    Row{"administrator", Right::letters, any},
    Row{"administrator", Right::settle, any},
    Row{"administrator", Right::reports, any},

    Row{"auditor", Right::list, any},
    Row{"auditor", Right::see, any},
    Row{"auditor", Right::history, any},
    Row{"auditor", Right::notices, any},
    Row{"auditor", Right::actions, any},
    Row{"auditor", Right::tasks, any},
    Row{"auditor", Right::enterprises, any},
    Row{"auditor", Right::people, any},
    Row{"auditor", Right::coverage, any},
    Row{"auditor", Right::settings, any},
    Row{"auditor", Right::audit, any},
    Row{"auditor", Right::letters, any},
    Row{"auditor", Right::reports, any},
};

bool holds_role(std::span<const std::string> roles, std::string_view role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

Relations duties(const Account& account, const engine::model::Case& kase,
                 const engine::policy::Directory& directory, engine::time::Instant now) {
    Relations found = 0;
    const auto acts = [&](const engine::model::PostId& post) {
        return serves(account.person, post, directory, now);
    };
    if (acts(kase.owner.post)) found |= owner;
    if (kase.offer && acts(kase.offer->to)) found |= offeree;
    if (opened_to(kase.data, account.person, now)) found |= opener;
    for (const auto& request : kase.requests)
        if (request.state == engine::model::RequestState::pending && acts(request.approver))
            found |= approver;
    return found;
}

}  // namespace

bool serves(const engine::model::PersonId& person, const engine::model::PostId& post,
            const engine::policy::Directory& directory, engine::time::Instant now) {
    if (person.empty() || post.empty()) return false;
    if (directory.holds(person, post, now)) return true;
    const auto acting = directory.acting(post, now);
    return !acting.empty() && acting.front().person == person;
}

bool is_for(const engine::model::Addressee& addressee, const Account& account,
            const engine::policy::Directory& directory, engine::time::Instant now) {
    using Kind = engine::model::Addressee::Kind;
    switch (addressee.kind) {
        case Kind::department: {
            if (account.department.value == addressee.id) return true;
            const auto found =
                directory.departments.find(engine::model::DepartmentId{addressee.id});
            if (found == directory.departments.end()) return false;
            return serves(account.person, found->second.desk, directory, now);
        }
        case Kind::person:
            return account.person.value == addressee.id;
        case Kind::post:
            break;
    }
    return serves(account.person, engine::model::PostId{addressee.id}, directory, now);
}

std::vector<std::string> concerns_of(const Account& account,
                                     const engine::policy::Directory& directory,
                                     engine::time::Instant now) {
    using engine::model::Addressee;
    std::vector<std::string> out;
    for (const auto& [id, department] : directory.departments) {
        const Addressee addressee{Addressee::Kind::department, id.value};
        if (is_for(addressee, account, directory, now)) out.push_back(addressee.text());
    }
    if (account.person.empty()) return out;
    out.push_back(Addressee{Addressee::Kind::person, account.person.value}.text());
    for (const auto& [id, post] : directory.posts)
        if (serves(account.person, id, directory, now))
            out.push_back(Addressee{Addressee::Kind::post, id.value}.text());
    return out;
}

Relations relations_of(const Account& account, const engine::model::Case& kase,
                       const engine::policy::Directory& directory, engine::time::Instant now) {
    Relations found = any;
    const bool same_account = !account.id.empty() && kase.filer_account == account.id;
    const bool same_person = !account.person.empty() && kase.filer == account.person;
    if (same_account || same_person) found |= filer;
    if (!account.enterprise.empty() && kase.enterprise == account.enterprise) found |= enterprise;
    if (!account.person.empty()) found |= duties(account, kase, directory, now);
    for (const auto& assignment : kase.assignments)
        if (!assignment.addressee.id.empty() &&
            is_for(assignment.addressee, account, directory, now))
            found |= assigned;
    return found;
}

Sight sight(std::span<const std::string> roles, Right right, Relations relations, bool restricted) {
    if (!ever(roles, right)) return Sight::forbidden;
    constexpr Relations close = owner | approver | offeree | filer | opener;
    if (restricted && (relations & close) == 0 && !holds_role(roles, "auditor"))
        return Sight::hidden;
    for (const auto& row : rows)
        if (row.right == right && (row.through & relations) != 0 && holds_role(roles, row.role))
            return Sight::granted;
    return Sight::hidden;
}

bool ever(std::span<const std::string> roles, Right right) {
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.right == right && holds_role(roles, row.role);
    });
}

std::vector<std::string> all_roles() {
    std::vector<std::string> out;
    for (const auto& row : rows)
        if (std::find(out.begin(), out.end(), row.role) == out.end()) out.emplace_back(row.role);
    return out;
}

bool sees_all(std::span<const std::string> roles) {
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.right == Right::see && row.through == any && holds_role(roles, row.role);
    });
}

}  // namespace jinqiao::adapters::http
