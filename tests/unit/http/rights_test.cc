#include "adapters/http/rights.h"

#include <gtest/gtest.h>

#include "tests/support/builders.h"

namespace jinqiao::adapters::http {
namespace {

using namespace relation;
using Roles = std::vector<std::string>;

constexpr Right about_a_case[] = {Right::see,     Right::history, Right::notices,
                                  Right::actions, Right::act,     Right::sign};

Sight look(const std::string& role, Right right, Relations relations, bool restricted = false) {
    return sight(Roles{role}, right, relations | any, restricted);
}

TEST(Rights, WhoServesTheWholeZoneNeedsNoTie) {
    for (const auto* role : {"duty_officer", "mediator", "supervisor"})
        for (const auto right : about_a_case)
            EXPECT_EQ(look(role, right, 0), Sight::granted) << role;
}

TEST(Rights, AnEnterpriseUnionSeesItsOwnAndWhatItFiled) {
    for (const auto right : about_a_case) {
        EXPECT_EQ(look("enterprise_union", right, 0), Sight::hidden);
        for (const auto tie : {filer, enterprise, owner, assigned, offeree, approver})
            EXPECT_EQ(look("enterprise_union", right, tie), Sight::granted) << tie;
    }
}

TEST(Rights, ADepartmentSeesWhatItWasToldOf) {
    for (const auto right : about_a_case) {
        EXPECT_EQ(look("department", right, 0), Sight::hidden);
        EXPECT_EQ(look("department", right, enterprise), Sight::hidden);
        for (const auto tie : {filer, owner, assigned, offeree, approver})
            EXPECT_EQ(look("department", right, tie), Sight::granted) << tie;
    }
}

TEST(Rights, TheAdministratorReadsNoCaseWhateverTheTie) {
    for (const auto right : about_a_case)
        EXPECT_EQ(look("administrator", right, owner | filer | assigned), Sight::forbidden);
    EXPECT_FALSE(ever(Roles{"administrator"}, Right::list));
}

TEST(Rights, WhoIsInChargePutsACaseUnderNewerRulesButNotAHiddenOne) {
    for (const auto* role : {"supervisor", "administrator"}) {
        EXPECT_EQ(look(role, Right::migrate, 0), Sight::granted);
        EXPECT_EQ(look(role, Right::migrate, 0, true), Sight::hidden);
    }
    for (const auto* role :
         {"duty_officer", "mediator", "department", "enterprise_union", "auditor"})
        EXPECT_EQ(look(role, Right::migrate, owner), Sight::forbidden);
}

TEST(Rights, TheConfigurationIsTheAdministratorsAlone) {
    EXPECT_TRUE(ever(Roles{"administrator"}, Right::configure));
    for (const auto* role :
         {"enterprise_union", "department", "duty_officer", "mediator", "supervisor", "auditor"})
        EXPECT_FALSE(ever(Roles{role}, Right::configure)) << role;
}

TEST(Rights, TheAuditorReadsEverythingAndActsInNothing) {
    for (const auto right : {Right::see, Right::history, Right::notices, Right::actions}) {
        EXPECT_EQ(look("auditor", right, 0), Sight::granted);
        EXPECT_EQ(look("auditor", right, 0, true), Sight::granted);
    }
    EXPECT_EQ(look("auditor", Right::act, 0), Sight::forbidden);
    EXPECT_EQ(look("auditor", Right::sign, 0), Sight::forbidden);
}

TEST(Rights, ARestrictedCaseIsHiddenFromAllWhoAreNotCloseToIt) {
    for (const auto* role :
         {"duty_officer", "mediator", "supervisor", "department", "enterprise_union"}) {
        EXPECT_EQ(look(role, Right::see, enterprise | assigned, true), Sight::hidden) << role;
        EXPECT_EQ(look(role, Right::see, filer, true), Sight::granted) << role;
        EXPECT_EQ(look(role, Right::see, opener, true), Sight::granted) << role;
        EXPECT_EQ(look(role, Right::see, owner, true), Sight::granted) << role;
        EXPECT_EQ(look(role, Right::see, approver, true), Sight::granted) << role;
        // Who is asked to take it over must be able to see what it is.
        EXPECT_EQ(look(role, Right::see, offeree, true), Sight::granted) << role;
    }
    EXPECT_EQ(look("administrator", Right::see, owner, true), Sight::forbidden);
}

TEST(Rights, NoRoleNoRight) {
    EXPECT_EQ(sight(Roles{}, Right::see, any | owner, false), Sight::forbidden);
    EXPECT_EQ(look("nobody", Right::see, owner), Sight::forbidden);
}

TEST(Rights, TwoRolesAddUp) {
    const Roles both = {"administrator", "department"};
    EXPECT_EQ(sight(both, Right::see, any | assigned, false), Sight::granted);
    EXPECT_EQ(sight(both, Right::see, any, false), Sight::hidden);
}

// --- relations --------------------------------------------------------------------------------

const auto now = *engine::time::parse_rfc3339("2026-03-03T10:00:00+08:00");

engine::policy::Directory directory() {
    return tests::DirectoryBuilder()
        .post("desk", {"chief"})
        .post("chief")
        .post("desk_hr")
        .person("wang", "desk")
        .person("li", "desk", 1)
        .person("qian", "chief")
        .person("he", "desk_hr")
        .department("hr", "desk_hr")
        .fallback("chief")
        .build();
}

Account account(const std::string& person, const std::string& department = {}) {
    Account out;
    out.id.value = "acc-" + person;
    out.person.value = person;
    out.department.value = department;
    return out;
}

engine::model::Case kase_of(const std::string& post) {
    engine::model::Case kase;
    kase.owner.post.value = post;
    return kase;
}

TEST(Rights, TheOwnerIsWhoeverServesThePostNow) {
    const auto kase = kase_of("desk");
    auto people = directory();
    EXPECT_EQ(relations_of(account("wang"), kase, people, now), any | owner);
    EXPECT_EQ(relations_of(account("li"), kase, people, now), any | owner);  // deputy in the post
    EXPECT_EQ(relations_of(account("qian"), kase, people, now), any);        // of a deputy post
    EXPECT_EQ(relations_of(account("he"), kase, people, now), any);
    tests::disable(people, "wang");
    tests::disable(people, "li");
    EXPECT_EQ(relations_of(account("qian"), kase, people, now), any | owner);
}

TEST(Rights, AnAssignmentTiesTheDepartmentAndItsDesk) {
    auto kase = kase_of("desk");
    kase.assignments.emplace_back();
    kase.assignments.back().addressee = {engine::model::Addressee::Kind::department, "hr"};
    EXPECT_EQ(relations_of(account("", "hr"), kase, directory(), now), any | assigned);
    EXPECT_EQ(relations_of(account("he"), kase, directory(), now), any | assigned);
    EXPECT_EQ(relations_of(account("", "police"), kase, directory(), now), any);
}

TEST(Rights, AnAccountWithoutPersonIsNobodysPerson) {
    auto kase = kase_of("");
    kase.assignments.emplace_back();
    kase.assignments.back().addressee = {engine::model::Addressee::Kind::person, ""};
    EXPECT_EQ(relations_of(Account{}, kase, directory(), now), any);
}

TEST(Rights, FilerByAccountOrPersonAndEnterpriseById) {
    auto kase = kase_of("desk");
    kase.filer.value = "chen";
    kase.enterprise.value = "e1";
    EXPECT_EQ(relations_of(account("chen"), kase, directory(), now), any | filer);
    Account chair;
    chair.enterprise.value = "e1";
    EXPECT_EQ(relations_of(chair, kase, directory(), now), any | enterprise);
}

TEST(Rights, OnlyAPendingRequestMakesAnApprover) {
    auto kase = kase_of("desk");
    kase.requests.emplace_back();
    kase.requests.back().approver.value = "desk_hr";
    EXPECT_EQ(relations_of(account("he"), kase, directory(), now), any | approver);
    kase.requests.back().state = engine::model::RequestState::approved;
    EXPECT_EQ(relations_of(account("he"), kase, directory(), now), any);
}

TEST(Rights, NamesAndChangesOfPeopleAreForSupervisorsAndAdministrators) {
    for (const auto* role : {"supervisor", "administrator"})
        EXPECT_TRUE(ever(Roles{role}, Right::staff)) << role;
    for (const auto* role :
         {"duty_officer", "mediator", "department", "enterprise_union", "auditor"})
        EXPECT_FALSE(ever(Roles{role}, Right::staff)) << role;
    for (const auto* role : {"department", "enterprise_union"})
        EXPECT_FALSE(ever(Roles{role}, Right::coverage)) << role;
}

TEST(Rights, WhatConcernsAPersonNamesDepartmentPersonAndPosts) {
    EXPECT_EQ(concerns_of(account("he"), directory(), now),
              (std::vector<std::string>{"department:hr", "person:he", "post:desk_hr"}));
    EXPECT_EQ(concerns_of(account("", "hr"), directory(), now),
              (std::vector<std::string>{"department:hr"}));
}

}  // namespace
}  // namespace jinqiao::adapters::http
