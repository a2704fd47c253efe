// Which cases are on somebody's desk, ended ones with something left to do among them.
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "engine/model/codec.h"
#include "tests/e2e/http/park.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
namespace model = engine::model;
namespace ports = engine::ports;
namespace runtime = engine::runtime;

void file(runtime::Core& core, const std::string& id) {
    model::Command command;
    command.target.value = id;
    command.name = "file";
    command.payload = park_alert();
    command.actor.kind = model::Actor::Kind::person;
    command.actor.person.value = "p_duty_1";
    command.actor.roles = {"duty_officer"};
    runtime::Submission submission;
    submission.work = std::move(command);
    submission.done = [](const runtime::Answer& answer) {
        EXPECT_TRUE(std::holds_alternative<runtime::Accepted>(answer));
    };
    ASSERT_TRUE(core.process({&submission, 1}).ok());
}

void end(ports::Store& store, const std::string& id, std::optional<engine::time::Instant> due) {
    auto batch = store.begin().value();
    auto row = batch->find_case(model::CaseId{id}).value().value();
    auto kase = model::decode_case(row.body).value();
    kase.open = row.open = false;
    row.next_due = due;
    row.body = model::encode(kase);
    ASSERT_TRUE(batch->put_case(row, row.seq).ok());
    ASSERT_TRUE(batch->commit().ok());
}

Office desk() {
    auto made = park();
    made.prepare = [](runtime::Core& core, ports::Store& store) {
        for (const char* id : {"open", "tail", "over"}) file(core, id);
        end(store, "tail", core.now() + std::chrono::hours(24 * 30));
        end(store, "over", {});
    };
    return made;
}

TEST(HttpTasks, EndedCaseIsAmongThemAsLongAsSomethingIsDue) {
    Daemon daemon{desk()};
    const auto tasks = daemon.as("duty_officer").get("/api/v1/tasks").json();
    std::set<std::string> cases;
    for (const auto& item : tasks.at("items").as_array())
        cases.emplace(item.at("case").as_string());
    EXPECT_EQ(cases, (std::set<std::string>{"open", "tail"}));
    EXPECT_EQ(tasks.at("more"), json::value(false));
}

}  // namespace
}  // namespace jinqiao::tests
