#include <algorithm>
#include <boost/json/serialize.hpp>

#include "engine/kernel/decide.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/digest.h"
#include "engine/runtime/rows.h"
#include "engine/runtime/sign_link.h"
#include "tests/unit/runtime/office.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using adapters::store::memory::CommitFault;
using model::ErrorCode;
using model::Refusal;
using runtime::Submission;
using time::testing::at;

TEST(Core, FilingWritesSnapshotHistoryTimersNoticesAndDeliveries) {
    Office office;
    const auto answer = office.send(filing(3));
    const auto* done = accepted(answer);
    ASSERT_NE(done, nullptr);
    EXPECT_TRUE(done->created);
    EXPECT_EQ(done->kase->number, "JQ-2026-000001");
    EXPECT_EQ(done->kase->enterprise.value, "ent-1");

    const auto id = done->kase->id;
    EXPECT_EQ(office.stored(id).number, "JQ-2026-000001");
    const auto rows = office.history(id.value);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].prev_hash, runtime::first_link());
    EXPECT_EQ(rows[0].hash, runtime::link_hash(rows[0]));
    const auto row = office.reader()->find_case(id);
    EXPECT_EQ(text(office.last_row(id), "case_sha256"), runtime::sha256_hex((*row)->body));

    const auto wanted = engine::kernel::timers(*done->kase);
    ASSERT_FALSE(wanted.empty());
    EXPECT_EQ(office.timers(id).size(), wanted.size());
    const auto notices = office.notices(id);
    ASSERT_FALSE(notices.empty());
    const auto ready = office.reader()->deliveries_ready("file", office.clock.now(), 100);
    EXPECT_EQ(ready->size(), notices.size());
}

TEST(Core, NoticeThatIsSignedForCarriesALinkAndTheNumber) {
    Office office;
    const auto id = office.file();
    std::size_t links = 0;
    for (const auto& row : office.notices(id)) {
        EXPECT_NE(row.text.find("JQ-2026-000001"), std::string::npos);
        if (row.sign_url.empty()) continue;
        ++links;
        const std::string prefix = "https://jinqiao.example/s/";
        ASSERT_EQ(row.sign_url.substr(0, prefix.size()), prefix);
        const auto assignment = runtime::read_sign_token(
            office_settings().link_key, row.sign_url.substr(prefix.size()), office.clock.now());
        ASSERT_TRUE(assignment);
        EXPECT_EQ(*assignment, row.notice.assignment);
        EXPECT_EQ(runtime::case_of(*assignment), id);
    }
    EXPECT_GT(links, 0U);
}

TEST(Core, RefusedCommandLeavesNothingButACount) {
    Office office;
    const auto id = office.file();
    const auto before = office.history(id.value).size();
    const auto answer = office.act("wang", "grant", id);
    ASSERT_NE(refused(answer), nullptr);
    EXPECT_EQ(refused(answer)->kind, Refusal::Kind::no_transition);
    EXPECT_EQ(office.history(id.value).size(), before);
    EXPECT_EQ(office.core->counts().refusals, 1U);
}

TEST(Core, UnknownCaseIsNotFound) {
    Office office;
    const auto answer = office.act("wang", "ask", model::CaseId{"nowhere"});
    ASSERT_NE(refused(answer), nullptr);
    EXPECT_EQ(refused(answer)->kind, Refusal::Kind::not_found);
}

TEST(Core, FailingMemberOfABatchLeavesTheOthersAlone) {
    Office office;
    const auto id = office.file();
    std::vector<Submission> batch;
    batch.push_back(submission(command("ask", id, {}, person("wang"))));
    batch.push_back(submission(command("ask", id, {}, person("wang"))));  // no row any more
    batch.push_back(submission(filing(4)));
    const auto answers = office.process(std::move(batch));
    EXPECT_NE(accepted(answers[0]), nullptr);
    EXPECT_NE(refused(answers[1]), nullptr);
    EXPECT_NE(accepted(answers[2]), nullptr);
    EXPECT_EQ(office.stored(id).state_of("leave"), "asked");
    EXPECT_EQ(office.core->counts().commits, 2U);
}

TEST(Core, CommandsOfOneBatchSeeOneAnother) {
    Office office;
    const auto id = office.file();
    std::vector<Submission> batch;
    batch.push_back(submission(command("ask", id, {}, person("wang"))));
    batch.push_back(submission(command("refuse", id, {{"reason", "no"}}, person("wang"))));
    const auto answers = office.process(std::move(batch));
    EXPECT_NE(accepted(answers[1]), nullptr);
    EXPECT_EQ(office.stored(id).state_of("leave"), "refused");
    EXPECT_EQ(office.history(id.value).size(), 3U);
}

TEST(Core, AcknowledgedIsDurable) {
    Office office;
    const auto id = office.file();
    ASSERT_NE(accepted(office.act("wang", "ask", id)), nullptr);
    office.restart();
    EXPECT_EQ(office.stored(id).state_of("leave"), "asked");
    EXPECT_NE(accepted(office.act("wang", "refuse", id, {{"reason", "no"}})), nullptr);
}

TEST(Core, FullDiskAnswersEverybodyAndWritesNothing) {
    Office office;
    const auto id = office.file();
    office.store.fail_next_commit(CommitFault::disk_full);
    std::vector<Submission> batch;
    batch.push_back(submission(command("ask", id, {}, person("wang"))));
    batch.push_back(submission(command("grant", id, {}, person("nobody"))));
    const auto answers = office.process(std::move(batch));
    for (const auto& answer : answers) {
        ASSERT_NE(failed(answer), nullptr);
        EXPECT_EQ(failed(answer)->code, ErrorCode::disk_full);
    }
    EXPECT_FALSE(office.status.ok());
    EXPECT_EQ(office.stored(id).state_of("leave"), "drafted");
    // The cache kept nothing of the batch that was lost.
    EXPECT_NE(accepted(office.act("wang", "ask", id)), nullptr);
}

TEST(Core, UnknownCommitStopsTheProgram) {
    Office office;
    const auto id = office.file();
    office.store.fail_next_commit(CommitFault::unknown_done);
    const auto answer = office.act("wang", "ask", id);
    ASSERT_NE(failed(answer), nullptr);
    EXPECT_EQ(failed(answer)->code, ErrorCode::unknown);
    EXPECT_EQ(office.status.error().code, ErrorCode::unknown);
    office.restart();
    EXPECT_EQ(office.stored(id).state_of("leave"), "asked");
}

TEST(Core, RepeatedKeyGetsTheFirstAnswerAgain) {
    Office office;
    ASSERT_NE(accepted(office.send(submission(filing(3), "k1"))), nullptr);
    const auto again = office.send(submission(filing(3), "k1"));
    const auto* stored = std::get_if<ports::StoredAnswer>(&again);
    ASSERT_NE(stored, nullptr);
    EXPECT_EQ(stored->status, 201);
    EXPECT_EQ(stored->body, "JQ-2026-000001");
    EXPECT_EQ(office.core->counts().transitions, 1U);

    office.restart();
    const auto later = office.send(submission(filing(3), "k1"));
    EXPECT_TRUE(std::holds_alternative<ports::StoredAnswer>(later));
}

TEST(Core, KeyWithAnotherBodyIsAConflict) {
    Office office;
    ASSERT_NE(accepted(office.send(submission(filing(3), "k1", "h1"))), nullptr);
    const auto other = office.send(submission(filing(4), "k1", "h2"));
    ASSERT_NE(failed(other), nullptr);
    EXPECT_EQ(failed(other)->code, ErrorCode::conflict);
    EXPECT_EQ(failed(other)->what, "idempotency_key_reused");
}

TEST(Core, KeyRepeatedWithinOneBatchActsOnce) {
    Office office;
    std::vector<Submission> batch;
    batch.push_back(submission(filing(3), "k1"));
    batch.push_back(submission(filing(3), "k1"));
    const auto answers = office.process(std::move(batch));
    EXPECT_NE(accepted(answers[0]), nullptr);
    EXPECT_TRUE(std::holds_alternative<ports::StoredAnswer>(answers[1]));
    EXPECT_EQ(office.core->counts().transitions, 1U);
}

TEST(Core, RefusalIsNotStoredUnderItsKey) {
    Office office;
    const auto id = office.file();
    const auto grant = [&] { return submission(command("grant", id, {}, person("wang")), "k1"); };
    ASSERT_NE(refused(office.send(grant())), nullptr);
    ASSERT_NE(accepted(office.act("wang", "ask", id)), nullptr);
    EXPECT_NE(accepted(office.send(grant())), nullptr);
}

TEST(Core, ExercisesAreNumberedApart) {
    Office office;
    const auto answer = office.send(filing(3, {{"exercise", true}}));
    ASSERT_NE(accepted(answer), nullptr);
    EXPECT_EQ(accepted(answer)->kase->number, "JX-2026-000001");
    EXPECT_EQ(office.stored(office.file()).number, "JQ-2026-000001");
}

TEST(Core, NumberBelongsToTheLocalYearOfFiling) {
    Office office;
    office.clock.set(at("2026-12-31 23:59"));
    EXPECT_EQ(office.stored(office.file()).number, "JQ-2026-000001");
    office.clock.set(at("2027-01-01 00:30"));  // still 2026 in UTC
    EXPECT_EQ(office.stored(office.file()).number, "JQ-2027-000001");
}

TEST(Core, ChildIsOpenedInTheSameTransaction) {
    Office office;
    const auto id = office.file(5);
    const auto commits = office.core->counts().commits;
    ASSERT_NE(accepted(office.act("wang", "split", id, {{"days", 2}})), nullptr);
    EXPECT_EQ(office.core->counts().commits, commits + 1);
    const auto child = office.stored(model::CaseId{id.value + "-c1"});
    EXPECT_EQ(child.number, "JQ-2026-000002");
    EXPECT_EQ(child.policy, office.stored(id).policy);
    const auto row = office.last_row(child.id);
    EXPECT_EQ(text(row.at("command").as_object(), "cause"), id.value + "/2");
}

TEST(Core, RefusedFollowUpOfAPersonRefusesTheWhole) {
    Office office;
    const auto one = office.file();
    const auto other = office.file();
    const auto rows = office.history(one.value).size();
    const auto answer =
        office.act("wang", "pass_on", one, {{"target", other.value}, {"name", "grant"}});
    ASSERT_NE(refused(answer), nullptr);
    EXPECT_EQ(refused(answer)->kind, Refusal::Kind::no_transition);
    EXPECT_EQ(office.history(one.value).size(), rows);
}

TEST(Core, RefusedOptionalFollowUpIsRecordedOnTheCaseThatAsked) {
    Office office;
    const auto one = office.file();
    const auto other = office.file();
    const auto answer = office.act(
        "wang", "pass_on", one, {{"target", other.value}, {"name", "grant"}, {"optional", true}});
    ASSERT_NE(accepted(answer), nullptr);
    EXPECT_EQ(accepted(answer)->kase->seq, 3U);
    const auto row = office.last_row(one);
    const auto& event = row.at("events").as_array().at(0).as_object();
    EXPECT_EQ(text(event, "name"), "follow_up_refused");
    EXPECT_EQ(office.history(other.value).size(), 1U);
}

// Filing tells the earlier cases of an enterprise; that one of them refuses is no reason to turn an
// alert away.
TEST(Core, AlertIsTakenWhateverItSetsOffElsewhere) {
    Office office;
    const auto other = office.file();
    const auto answer = office.send(filing(3, {{"tell", other.value}}));
    ASSERT_NE(accepted(answer), nullptr);
    const auto row = office.last_row(accepted(answer)->kase->id);
    const auto& event = row.at("events").as_array().at(0);
    EXPECT_EQ(text(event.as_object(), "name"), "follow_up_refused");
}

TEST(Core, EndlessChainOfFollowUpsDoesNothing) {
    Office office;
    const auto id = office.file();
    const auto answer =
        office.act("wang", "pass_on", id, {{"target", id.value}, {"name", "pass_on"}});
    ASSERT_NE(failed(answer), nullptr);
    EXPECT_EQ(office.history(id.value).size(), 1U);
}

TEST(Core, NowNeverGoesBackBehindWhatWasWritten) {
    Office office;
    const auto id = office.file();
    const auto filed = office.clock.now();
    office.clock.set(filed - std::chrono::hours{2});
    EXPECT_EQ(office.core->now(), filed);
    ASSERT_NE(accepted(office.act("wang", "ask", id)), nullptr);
    EXPECT_EQ(office.history(id.value).back().at, filed);
    office.restart();
    EXPECT_TRUE(office.core->process({}).ok());
    EXPECT_EQ(office.core->now(), filed);
}

TEST(Core, TableHoldsExactlyTheTimersOfTheCase) {
    Office office;
    const auto id = office.file(6);
    const auto check = [&] {
        auto wanted = engine::kernel::timers(office.stored(id));
        auto rows = office.timers(id);
        ASSERT_EQ(rows.size(), wanted.size());
        for (const auto& timer : wanted)
            EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
                return runtime::timer_of(row) == timer;
            })) << timer.slot;
    };
    check();
    for (const auto* action : {"ask", "grant"}) {
        ASSERT_NE(accepted(office.act("wang", action, id)), nullptr);
        check();
    }
}

TEST(Core, StaleTimerInTheTableIsPutRight) {
    Office office;
    const auto id = office.file();
    {
        auto batch = office.store.begin();
        ASSERT_TRUE((*batch)->put_timer({id, "ghost#1", office.clock.now(), 0, 0, 0}).ok());
        ASSERT_TRUE((*batch)->commit().ok());
    }
    const engine::kernel::Timer ghost{"ghost#1", office.clock.now(), 0, 0, 0};
    const auto answer = office.send(engine::kernel::timer_command(id, ghost));
    ASSERT_NE(refused(answer), nullptr);
    for (const auto& row : office.timers(id)) EXPECT_NE(row.slot, "ghost#1");
    EXPECT_EQ(office.history(id.value).size(), 1U);
}

TEST(Core, CaseWhosePolicyIsGoneIsLeftAlone) {
    Office office;
    const auto id = office.file();
    office.world.update([](runtime::World& world) {
        auto other = leave_policy();
        other.id = model::PolicyId{"another"};
        other.text = "another";
        world.policies["leave_request"] =
            std::make_shared<const engine::policy::Policy>(std::move(other));
    });
    // Pinned by its stored text, it goes on under its own rules.
    ASSERT_NE(accepted(office.act("wang", "ask", id)), nullptr);

    {
        auto batch = office.store.begin();
        auto row = (*batch)->find_case(id);
        const auto seq = (*row)->seq;
        auto kase = office.stored(id);
        kase.policy = model::PolicyId{"lost"};
        ASSERT_TRUE((*batch)->put_case(runtime::make_row(kase), seq).ok());
        ASSERT_TRUE((*batch)->commit().ok());
    }
    office.restart();
    const auto answer = office.act("wang", "refuse", id, {{"reason", "no"}});
    ASSERT_NE(failed(answer), nullptr);
    EXPECT_TRUE(office.status.ok());  // the others go on
    EXPECT_EQ(office.history(id.value).size(), 2U);
}

TEST(Core, WriterFromOutsideIsNoticedAndTheCaseReadAgain) {
    Office office;
    const auto id = office.file();
    {
        // As if another program had changed the case behind the cache.
        runtime::Core other(office.parts(), office_settings());
        std::vector<Submission> batch;
        batch.push_back(submission(command("ask", id, {}, person("wang"))));
        ASSERT_TRUE(other.process(batch).ok());
    }
    ASSERT_NE(accepted(office.act("wang", "add_note", id, {{"text", "seen"}})), nullptr);
    EXPECT_EQ(office.history(id.value).size(), 3U);
    EXPECT_EQ(office.stored(id).state_of("leave"), "asked");
}

TEST(Core, EarlierCasesOfTheEnterpriseAreKeptWithTheHistory) {
    Office office;
    const auto first = office.file();
    const auto second = office.file();
    const auto facts = office.last_row(second).at("facts").as_object();
    ASSERT_EQ(facts.at("earlier").as_array().size(), 1U);
    EXPECT_EQ(facts.at("earlier").as_array()[0].as_string(), first.value);
    office.clock.forward(std::chrono::hours{24 * 400});
    const auto third = office.file();
    EXPECT_TRUE(office.last_row(third).at("facts").as_object().at("earlier").as_array().empty());
}

// An exercise used to count as a real one's earlier incident, and fifty of them to hide those.
TEST(Core, AnExerciseIsNobodysEarlierIncidentButAnExercises) {
    Office office;
    const auto drill = [&] {
        const auto answer = office.send(filing(3, {{"exercise", true}}));
        EXPECT_NE(accepted(answer), nullptr);
        return accepted(answer)->kase->id;
    };
    const auto earlier = [&](const model::CaseId& id) {
        return office.last_row(id).at("facts").as_object().at("earlier").as_array();
    };
    const auto real = office.file();
    const auto first_drill = drill();
    EXPECT_TRUE(earlier(first_drill).empty());
    EXPECT_EQ(earlier(drill()), (json::array{json::string(first_drill.value)}));
    for (int i = 0; i < 60; ++i) drill();
    EXPECT_EQ(earlier(office.file()), (json::array{json::string(real.value)}));
    office.restart();  // read again from the store, where drills are many
    EXPECT_EQ(earlier(office.file()).size(), 2U);
}

// They are kept in memory; what a refused or lost submission made of them must not stay there.
TEST(Core, EarlierCasesAreThoseThatWereCommitted) {
    Office office;
    const auto first = office.file();
    office.store.fail_next_commit(CommitFault::disk_full);
    ASSERT_NE(failed(office.send(filing(3))), nullptr);
    ASSERT_NE(refused(office.send(filing(0))), nullptr);
    const auto second = office.file();
    EXPECT_EQ(office.last_row(second).at("facts").as_object().at("earlier"),
              (json::array{json::string(first.value)}));
    std::vector<Submission> batch;
    batch.push_back(submission(filing(3)));
    batch.push_back(submission(filing(3)));
    const auto answers = office.process(std::move(batch));
    const auto& last = accepted(answers[1])->kase->id;
    EXPECT_EQ(office.last_row(last).at("facts").as_object().at("earlier").as_array().size(), 3U);
}

TEST(Core, HistoryNamesOnlyTheNewestEarlierCases) {
    Office office;
    for (int i = 0; i < 60; ++i) office.file();
    const auto facts = office.last_row(office.file()).at("facts").as_object();
    EXPECT_EQ(facts.at("earlier").as_array().size(), 10U);
    EXPECT_EQ(facts.at("earlier_count").to_number<std::size_t>(), 50U);
}

TEST(Core, UnknownEnterpriseIsCreatedUnconfirmedAndFoundAgain) {
    Office office;
    const json::object enterprise{{"name", "金桥 制造（上海）"}};
    auto one = filing(3, {{"enterprise", enterprise}});
    const auto answer = office.send(one);
    ASSERT_NE(accepted(answer), nullptr);
    const auto id = accepted(answer)->kase->enterprise;
    const auto row = office.reader()->find_enterprise(id);
    ASSERT_TRUE(row.ok() && *row);
    EXPECT_FALSE((*row)->confirmed);

    const json::object spelt{{"name", "金桥制造(上海)"}};
    const auto again = office.send(filing(3, {{"enterprise", spelt}}));
    ASSERT_NE(accepted(again), nullptr);
    EXPECT_EQ(accepted(again)->kase->enterprise, id);
}

TEST(Core, ListenersHearEachCommittedChangeBeforeTheCallers) {
    Office office;
    std::vector<std::string> heard;
    office.core->on_commit([&](std::span<const runtime::Accepted> changes) {
        for (const auto& change : changes) heard.push_back(change.kase->id.value);
    });
    const auto id = office.file(5);
    ASSERT_NE(accepted(office.act("wang", "split", id, {{"days", 2}})), nullptr);
    EXPECT_EQ(heard, (std::vector<std::string>{id.value, id.value, id.value + "-c1"}));
}

}  // namespace
}  // namespace jinqiao::tests
