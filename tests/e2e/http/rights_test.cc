// Who may do what: every call × role × relation to the case × confidentiality, over the API, held
// against testdata/rights.tsv. After a change of rights on purpose:
//   JINQIAO_RIGHTS=tests/e2e/http/testdata/rights.tsv build/dev/tests/e2e_http
//   --gtest_filter='Rights.*'
// writes the table as it is now; read the difference before it is committed.
#include "adapters/http/rights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "adapters/http/api.h"
#include "config/zone.h"
#include "engine/model/codec.h"
#include "tests/e2e/http/park.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
namespace model = engine::model;
namespace ports = engine::ports;
namespace runtime = engine::runtime;
using adapters::http::Api;
using adapters::http::Route;

const std::string golden = JINQIAO_SOURCE_DIR "/tests/e2e/http/testdata/rights.tsv";
const std::vector<std::string> columns{"filer",    "enterprise", "owner",      "deputy", "assigned",
                                       "approver", "opener",     "supervisor", "none"};

// What makes somebody stand so to the cases below; nothing else about them does.
json::object standing(const std::string& relation) {
    if (relation == "filer") return {{"person", "p_filer"}};
    if (relation == "enterprise") return {{"enterprise", "e_demo"}};
    if (relation == "owner") return {{"person", "p_duty_1"}};
    if (relation == "deputy") return {{"person", "p_duty_2"}};
    if (relation == "assigned") return {{"department", "hrss"}};
    if (relation == "approver") return {{"person", "p_supervisor_1"}};
    if (relation == "opener") return {{"person", "p_opener"}};
    if (relation == "supervisor") return {{"person", "p_leader_1"}};
    return {{"person", "p_auditor_1"}};
}

// Filed by p_filer for e_demo, owned by the duty desk, with a request its supervisor has to answer.
void put_case(runtime::Core& core, ports::Store& store, const std::string& id, bool restricted) {
    model::Command file;
    file.target.value = id;
    file.name = "file";
    file.payload = park_alert();
    file.actor.kind = model::Actor::Kind::person;
    file.actor.account.value = "acc-filer";
    file.actor.person.value = "p_filer";
    file.actor.roles = {"enterprise_union"};
    file.actor.enterprise.value = "e_demo";
    runtime::Submission submission;
    submission.work = std::move(file);
    submission.done = [](const runtime::Answer& answer) {
        EXPECT_TRUE(std::holds_alternative<runtime::Accepted>(answer));
    };
    ASSERT_TRUE(core.process({&submission, 1}).ok());

    auto begun = store.begin();
    ASSERT_TRUE(begun.ok());
    auto& batch = *begun;
    auto row = batch->find_case(model::CaseId{id}).value().value();
    auto kase = model::decode_case(row.body).value();
    if (restricted) {
        kase.confidentiality = model::Confidentiality::restricted;
        kase.data.at("alert").as_object()["filing"] = "confidential";
        kase.data["openings"] = json::array{json::object{{"request", id + "-r0"},
                                                         {"by", "p_opener"},
                                                         {"approver", "p_other"},
                                                         {"reason", "x"},
                                                         {"at", "2026-09-30T16:20:00+08:00"},
                                                         {"until", "2026-10-01T16:20:00+08:00"}}};
    }
    model::Request request;
    request.id.value = id + "-r1";
    request.kind = "lower_grade";
    request.by_post.value = "duty_desk";
    request.by.value = "p_duty_1";
    request.needed = 1;
    request.approver.value = "supervisor";
    kase.requests.push_back(request);
    row.restricted = restricted;
    row.body = model::encode(kase);
    row.concerned.emplace_back("post:supervisor");
    std::sort(row.concerned.begin(), row.concerned.end());
    ASSERT_TRUE(batch->put_case(row, row.seq).ok());
    ASSERT_TRUE(batch->commit().ok());
}

Office office() {
    auto made = park();
    made.core.cached_cases = 0;  // put_case() changes rows behind the committer's back
    for (const auto& role : adapters::http::all_roles())
        for (const auto& relation : columns) {
            auto body = standing(relation);
            body["roles"] = json::array{role};
            made.rows.accounts.push_back(account_row(role + "." + relation, std::move(body)));
        }
    made.prepare = [](runtime::Core& core, ports::Store& store) {
        put_case(core, store, "plain", false);
        put_case(core, store, "restricted", true);
    };
    return made;
}

adapters::http::HttpSettings unhurried() {
    adapters::http::HttpSettings settings;
    settings.requests_per_account = settings.requests_per_address = {};
    return settings;
}

bool about_a_case(const Route& route) {
    return route.pattern.starts_with("/api/v1/cases") ||
           route.pattern.starts_with("/api/v1/assignments");
}

// The top-level names an answer shows; of what is sealed or for a few, the names one level down.
std::string shown(const json::value& body) {
    const auto* object = body.if_object();
    if (!object) return "-";
    std::vector<std::string> names;
    for (const auto& [key, value] : *object) {
        const std::string name(key);
        if (const auto* part = value.if_object();
            part && (name == "owner" || name == "reporter" || name == "data")) {
            for (const auto& [below, held] : *part)
                if (held != json::value("")) names.push_back(name + "." + std::string(below));
        } else {
            names.push_back(name);
        }
    }
    if (const auto* items = object->if_contains("items"); items && items->is_array()) {
        std::erase(names, "items");
        names.push_back(items->get_array().empty() ? "items(none)" : "items");
    }
    std::sort(names.begin(), names.end());
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ",") + name;
    return out;
}

struct Rights : testing::Test {
    Daemon daemon{office(), unhurried()};
    std::map<std::string, std::map<std::string, std::string>> sets;  // call -> fields -> name
    std::map<std::string, std::string> assignment;                   // of the case

    void SetUp() override {
        for (const std::string id : {"plain", "restricted"}) {
            const auto kase = daemon.as("auditor").get("/api/v1/cases/" + id).json();
            for (const auto& one : kase.at("assignments").as_array())
                if (one.at("addressee") == "department:hrss")
                    assignment[id] = std::string(one.at("id").as_string());
            ASSERT_FALSE(assignment[id].empty());
        }
    }

    std::string target(const Route& route, const std::string& kase) {
        std::string path(route.pattern);
        const auto fill = [&](const std::string& hole, const std::string& with) {
            if (const auto at = path.find(hole); at != std::string::npos)
                path.replace(at, hole.size(), with);
        };
        const bool of_case = route.pattern.starts_with("/api/v1/cases");
        if (route.pattern.starts_with("/api/v1/assignments")) fill("{id}", assignment.at(kase));
        if (route.pattern.starts_with("/api/v1/people")) fill("{id}", "p_tax_1");
        if (route.pattern.starts_with("/api/v1/posts")) fill("{id}", "duty_desk");
        if (route.pattern.starts_with("/api/v1/accounts")) fill("{id}", "acc-mediator");
        if (of_case) fill("{id}", kase);
        fill("{name}", "acknowledge");
        fill("{verb}", "sign");
        fill("{id}", "none");
        fill("{token}", "none");
        fill("{secret}", "none");
        return path;
    }

    // One cell: the status and what the answer shows. A body that is no JSON asks whether one may
    // without doing it: 400 is a yes, since 403 and 404 come before it.
    std::string ask(Client& client, const Route& route, const std::string& kase) {
        const auto path = target(route, kase);
        const auto reply = route.method == "GET"    ? client.get(path)
                           : route.method == "POST" ? client.post(path, "{")
                                                    : client.call("DELETE", path, {});
        const auto status = std::to_string(reply.status);
        if (reply.status != 200 || reply.json().is_null()) return status;
        auto& known = sets[std::string(route.name)];
        const auto fields = shown(reply.json());
        const auto found =
            known.emplace(fields, std::string(route.name) + "." + std::to_string(known.size() + 1));
        return status + ":" + found.first->second;
    }

    // call, role, confidentiality, then a cell for each relation.
    std::vector<std::string> table() {
        std::vector<std::string> rows;
        for (const auto& role : adapters::http::all_roles()) {
            std::vector<std::unique_ptr<Client>> clients;
            for (const auto& relation : columns)
                clients.push_back(std::make_unique<Client>(daemon.server->port(),
                                                           "token-" + role + "." + relation, "en"));
            for (const auto& route : Api::routes()) {
                const bool both =
                    about_a_case(route) && route.pattern.find('{') != route.pattern.npos;
                for (const std::string kase : {"plain", "restricted"}) {
                    if (!both && kase == "restricted") continue;
                    std::string row =
                        std::string(route.name) + "\t" + role + "\t" + (both ? kase : "any");
                    for (auto& client : clients) row += "\t" + ask(*client, route, kase);
                    rows.push_back(std::move(row));
                }
            }
        }
        std::sort(rows.begin(), rows.end());
        std::string head = "call\trole\tcase";
        for (const auto& relation : columns) head += "\t" + relation;
        rows.insert(rows.begin(), head);
        for (const auto& [call, known] : sets)
            for (const auto& [fields, name] : known)
                rows.push_back("shows\t" + name + "\t" + fields);
        return rows;
    }
};

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
    return cells;
}

TEST_F(Rights, AreAsTheTableSays) {
    const auto actual = table();
    if (const char* file = std::getenv("JINQIAO_RIGHTS")) {
        std::ofstream out(file);
        for (const auto& row : actual) out << row << '\n';
    }
    std::vector<std::string> expected;
    std::ifstream in(golden);
    for (std::string line; std::getline(in, line);) expected.push_back(line);
    for (const auto& row : actual)
        EXPECT_NE(std::find(expected.begin(), expected.end(), row), expected.end())
            << "is, and the table does not say so: " << row;
    for (const auto& row : expected)
        EXPECT_NE(std::find(actual.begin(), actual.end(), row), actual.end())
            << "is said by the table, and is not so: " << row;
}

// Apart from the table, which somebody might write anew without reading it.
TEST_F(Rights, WhatMustHoldWhateverTheTableSays) {
    std::map<std::string, std::string> fields;
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : table()) {
        auto cells = split(line);
        if (cells[0] == "shows")
            fields["200:" + cells[1]] = cells[2];
        else if (cells[0] != "call")
            rows.push_back(std::move(cells));
    }
    for (const auto& row : rows) {
        const auto &call = row[0], &role = row[1], &kase = row[2];
        for (std::size_t i = 3; i < row.size(); ++i) {
            const auto& relation = columns[i - 3];
            const auto where = call + " " + role + " " + kase + " " + relation + " " + row[i];
            const bool close = relation == "owner" || relation == "deputy" ||
                               relation == "approver" || relation == "filer" ||
                               relation == "opener";
            const auto& seen = fields[row[i]];
            if (seen.find("reporter.name") != std::string::npos && kase == "restricted") {
                EXPECT_TRUE(relation == "filer" || relation == "opener") << where;
            }
            if (kase == "restricted" && !close && role != "auditor") {
                EXPECT_TRUE(row[i] == "404" || row[i] == "403") << where;
            }
            if (seen.find("reporter.name") != std::string::npos) {
                EXPECT_TRUE(relation == "owner" || relation == "deputy" || relation == "filer" ||
                            (relation == "opener" && kase == "restricted"))
                    << where;
            }
            if (role == "administrator" && kase != "any" && call != "migrate_case") {
                EXPECT_EQ(row[i], "403") << where;
            }
            if (call.ends_with("_account") || call == "list_accounts" || call == "put_token" ||
                call == "set_roles" || call == "drop_token") {
                EXPECT_EQ(row[i] == "403", role != "administrator") << where;
            }
            if (role == "department" && relation == "assigned" && call == "get_case" &&
                kase == "plain") {
                EXPECT_EQ(seen.find("owner.person_name"), std::string::npos) << where;
                EXPECT_NE(seen.find("owner.post_name"), std::string::npos) << where;
            }
        }
    }
}

TEST(RightsOfRoles, AreOfTheRolesTheConfigurationKnows) {
    auto ours = adapters::http::all_roles();
    auto theirs = config::account_roles();
    std::sort(ours.begin(), ours.end());
    std::sort(theirs.begin(), theirs.end());
    EXPECT_EQ(ours, theirs);
}

}  // namespace
}  // namespace jinqiao::tests
