#include <boost/json/parse.hpp>
#include <future>

#include "engine/policy/directory_codec.h"
#include "engine/runtime/calendar_change.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/organisation_change.h"
#include "tests/support/recording_notifier.h"
#include "tests/unit/runtime/office.h"
#include "tests/unit/time/calendar_fixture.h"

// Another configuration while the program runs: in force as a whole from one decision to the next.
namespace jinqiao::tests {
namespace {

namespace json = boost::json;
namespace policy = engine::policy;

// What a configuration says: posts and channels of the office, nobody in them.
struct Changed {
    runtime::World world = office_world();
    policy::Directory organisation = leave_directory();
    policy::Policy rules = *world.policies.at("leave_request");

    Changed() {
        organisation.people.clear();
        organisation.terms.clear();
    }
    std::shared_ptr<const runtime::World> made() {
        world.policies["leave_request"] = std::make_shared<const policy::Policy>(rules);
        world.directory = std::make_shared<const policy::Directory>(organisation);
        return std::make_shared<const runtime::World>(world);
    }
    void without_post(const std::string& post) {
        organisation.posts.erase(model::PostId{post});
        for (auto& [id, each] : organisation.posts) std::erase(each.deputies, model::PostId{post});
    }
    void new_rules() {
        rules.id = model::PolicyId{"a newer one"};
        rules.text = "{}";
        rules.clocks.at("st.decide").budget.fill(time::testing::budget("9 W"));
    }
    void new_calendar() {
        auto data = time::testing::data_2026();
        data.version = "2026-b";
        data.off.emplace(time::testing::day("2026-03-06"), "停工");
        world.calendar = std::make_shared<const time::Calendar>(data);
    }
};

runtime::Submission reload(Changed& to) {
    runtime::Submission one;
    one.work = runtime::DirectoryChange{"reloaded",
                                        {{"before", "old"}, {"after", "new"}},
                                        person("ren", {"administrator"}),
                                        to.made()};
    return one;
}

json::object last_change(Office& office) {
    const auto rows = office.history("directory");
    return rows.empty() ? json::object{} : json::parse(rows.back().body).at("command").as_object();
}

TEST(Reload, NewCasesPinTheNewRulesAndOldOnesKeepTheirs) {
    Office office;
    const auto old = office.file();
    Changed to;
    to.new_rules();
    ASSERT_NE(accepted(office.send(reload(to))), nullptr);
    EXPECT_EQ(office.stored(office.file()).policy.value, "a newer one");
    EXPECT_EQ(office.stored(old).policy.value, "policy-of-the-test");
    ASSERT_NE(accepted(office.act("wang", "ask", old)), nullptr);
    EXPECT_EQ(office.stored(old).clock("st.decide")->calendar_version,
              office.world.get()->calendar->version());
}

TEST(Reload, IsOnRecordWithItsAuthorAndBothHashes) {
    Office office;
    Changed to;
    ASSERT_NE(accepted(office.send(reload(to))), nullptr);
    const auto row = last_change(office);
    EXPECT_EQ(text(row, "name"), "reloaded");
    EXPECT_EQ(text(row.at("actor").as_object(), "person"), "ren");
    const auto& payload = row.at("payload").as_object();
    EXPECT_EQ(text(payload, "before"), "old");
    EXPECT_EQ(text(payload, "after"), "new");
    EXPECT_TRUE(payload.at("posts").as_array().empty());
}

TEST(Reload, PeopleStayInThePostsOfTheNewConfiguration) {
    Office office;
    ASSERT_NE(accepted(office.change("put_absence", {{"person", "wang"},
                                                     {"from", "2026-04-01T00:00:00+08:00"},
                                                     {"until", "2026-04-02T00:00:00+08:00"}})),
              nullptr);
    const auto before = office.world.get()->directory;
    Changed to;
    to.organisation.posts[model::PostId{"night_desk"}].id = model::PostId{"night_desk"};
    ASSERT_NE(accepted(office.send(reload(to))), nullptr);
    const auto after = office.world.get()->directory;
    EXPECT_TRUE(after->posts.contains(model::PostId{"night_desk"}));
    EXPECT_EQ(after->seq, before->seq + 1);
    auto rows = policy::encode_rows(*after);
    auto was = policy::encode_rows(*before);
    for (auto* each : {&rows, &was}) each->erase("seq"), each->erase("announced");
    EXPECT_EQ(rows, was);
    EXPECT_EQ(last_change(office).at("payload").at("posts"), json::parse(R"(["night_desk"])"));
}

TEST(Reload, ACaseOfAPostThatIsGoneIsHandedOnInTheSameTransaction) {
    Office office;
    const auto id = office.file();
    ASSERT_EQ(office.stored(id).owner.post.value, "desk");
    Changed to;
    to.without_post("desk");
    ASSERT_NE(accepted(office.send(reload(to))), nullptr);
    EXPECT_EQ(office.stored(id).owner.post.value, "fallback_desk");
    EXPECT_EQ(text(office.last_row(id).at("command").as_object(), "cause"), "directory/1");
}

TEST(Reload, ACaseNothingChangesForIsLeftAlone) {
    Office office;
    const auto id = office.file();
    ASSERT_NE(accepted(office.send([] {
                  runtime::Submission one;
                  one.work = runtime::CalendarInForce{};
                  return one;
              }())),
              nullptr);
    const auto rows = office.history(id.value).size();
    Changed to;
    to.new_rules();
    to.organisation.posts.at(model::PostId{"leader"}).deputies = {model::PostId{"chief"}};
    ASSERT_NE(accepted(office.send(reload(to))), nullptr);
    EXPECT_EQ(office.history(id.value).size(), rows);
}

TEST(Reload, WhoHasOnlyAChannelThatIsGoneIsNoLongerCountedOn) {
    Office office;
    Changed with;
    with.organisation.channels.insert("pager");
    ASSERT_NE(accepted(office.send(reload(with))), nullptr);
    for (const auto* who : {"wang", "li", "zhao", "zheng"})
        ASSERT_NE(accepted(office.change(
                      "put_person",
                      {{"id", who}, {"name", "w"}, {"contacts", {{{"channel", "pager"}}}}})),
                  nullptr);
    const auto id = office.file();
    ASSERT_EQ(office.stored(id).owner.post.value, "desk");
    Changed without;
    ASSERT_NE(accepted(office.send(reload(without))), nullptr);
    EXPECT_EQ(office.stored(id).owner.post.value, "fallback_desk");
    EXPECT_EQ(text(office.last_row(id).at("command").as_object(), "name"), "reassess");
}

TEST(Reload, RunningCasesAreReckonedByTheNewCalendarInTheSameTransaction) {
    Office office;
    const auto id = office.file();
    ASSERT_NE(accepted(office.act("wang", "ask", id)), nullptr);
    const auto before = office.stored(id).clock("st.decide")->due.at;
    Changed to;
    to.new_calendar();
    ASSERT_NE(accepted(office.send(reload(to))), nullptr);
    EXPECT_GT(office.stored(id).clock("st.decide")->due.at, before);
    EXPECT_FALSE(*runtime::calendar_is_new(*office.reader(), *office.world.get()));
}

TEST(Reload, WhatCouldNotBeCommittedChangesNothing) {
    Office office;
    const auto id = office.file();
    const auto world = office.world.get();
    Changed to;
    to.new_rules();
    to.without_post("desk");
    office.store.fail_next_commit(adapters::store::memory::CommitFault::disk_full);
    ASSERT_NE(failed(office.send(reload(to))), nullptr);
    EXPECT_EQ(office.world.get(), world);
    EXPECT_EQ(office.stored(id).owner.post.value, "desk");
    EXPECT_EQ(office.stored(office.file()).policy.value, "policy-of-the-test");
    EXPECT_TRUE(office.history("directory").empty());
}

TEST(Reload, WhatFollowsInTheSameBatchIsDecidedUnderIt) {
    Office office;
    Changed to;
    to.new_rules();
    std::vector<runtime::Submission> batch;
    batch.push_back(submission(filing(3)));
    batch.push_back(reload(to));
    batch.push_back(submission(filing(3)));
    const auto answers = office.process(std::move(batch));
    EXPECT_EQ(accepted(answers[0])->kase->policy.value, "policy-of-the-test");
    EXPECT_EQ(accepted(answers[2])->kase->policy.value, "a newer one");
}

TEST(Reload, MessagesAndNumbersAreOfTheNewStationery) {
    struct Shouting final : ports::Renderer {
        ports::Rendered render(const model::Notice&, const json::object& vars,
                               model::Language) const override {
            return {"LOUD", std::string(vars.at("sign_url").as_string())};
        }
    };
    Office office;
    Changed to;
    to.world.stationery = std::make_shared<const runtime::Stationery>(runtime::Stationery{
        std::make_shared<Shouting>(), "https://elsewhere.example", std::chrono::hours{1}, "NEU"});
    ASSERT_NE(accepted(office.send(reload(to))), nullptr);
    const auto id = office.file();
    EXPECT_TRUE(office.stored(id).number.starts_with("NEU-2026-"));
    bool link = false;
    for (const auto& row : office.notices(id)) {
        EXPECT_EQ(row.subject, "LOUD");
        link = link || row.text.starts_with("https://elsewhere.example/s/");
    }
    EXPECT_TRUE(link);
}

TEST(Reload, ARefusedOneIsOnRecordAndNothingElse) {
    Office office;
    const auto id = office.file();
    const auto rows = office.history(id.value).size();
    const auto world = office.world.get();
    ASSERT_NE(accepted(office.change("reload_refused", {{"before", "old"}, {"faults", 3}})),
              nullptr);
    EXPECT_EQ(text(last_change(office), "name"), "reload_refused");
    EXPECT_EQ(office.world.get()->policies, world->policies);
    EXPECT_EQ(office.history(id.value).size(), rows);
}

TEST(Reload, AProgramThatStartsAfterwardsFindsNothingChanged) {
    Office office;
    Changed to;
    to.without_post("third_desk");
    ASSERT_NE(accepted(office.send(reload(to))), nullptr);
    const auto stored = office.reader()->meta(runtime::organisation_meta);
    ASSERT_TRUE(stored.ok() && *stored);
    EXPECT_TRUE(runtime::posts_that_differ(json::parse(**stored).as_object(),
                                           runtime::fingerprint(to.organisation))
                    .empty());
}

// --- under way ----------------------------------------------------------------------------------

struct RunningEngine : OfficeParts {
    std::shared_ptr<RecordingNotifier> first = std::make_shared<RecordingNotifier>();
    std::shared_ptr<RecordingNotifier> second = std::make_shared<RecordingNotifier>();
    runtime::EngineSettings settings;
    std::unique_ptr<runtime::Engine> engine;

    RunningEngine() {
        settings.core = office_settings();
        engine = std::make_unique<runtime::Engine>(
            parts(), runtime::Notifiers{{"file", first}}, settings,
            [](const model::Error& error) { ADD_FAILURE() << error.what; });
        EXPECT_TRUE(engine->start().ok());
    }
    ~RunningEngine() { engine->stop(); }

    std::future<runtime::Answer> begin(runtime::Submission one) {
        auto promise = std::make_shared<std::promise<runtime::Answer>>();
        one.done = [promise](runtime::Answer answer) { promise->set_value(std::move(answer)); };
        EXPECT_TRUE(engine->submit(std::move(one)));
        return promise->get_future();
    }
};

TEST(ReloadRunning, WhatIsUnderWayEndsByTheOldChannelAndTheRestGoesByTheNew) {
    RunningEngine office;
    office.first->hold(true);
    ASSERT_NE(accepted(office.begin(submission(filing(3))).get()), nullptr);
    ASSERT_TRUE(office.first->wait_for(1));
    office.engine->use_channels({{"file", office.second}}, office.settings.deliveries);
    const auto by_the_old = office.first->sent().size();
    ASSERT_NE(accepted(office.begin(submission(filing(4))).get()), nullptr);
    ASSERT_TRUE(office.second->wait_for(1));
    for (auto& done : office.first->take_held())
        done({ports::Outcome::Kind::delivered, "ok", {}, {}, {}});
    while (office.engine->stats().deliveries.delivered < by_the_old + 1) std::this_thread::yield();
    EXPECT_EQ(office.first->sent().size(), by_the_old);
}

TEST(ReloadRunning, NothingIsBegunByTheOldChannelOnceTheNewIsInForce) {
    RunningEngine office;
    std::promise<void> begun;
    std::promise<bool> overtaken;
    std::atomic<bool> in_force = false;
    office.first->answer_with([&, once = std::make_shared<std::once_flag>()](const auto&) {
        std::call_once(*once, [&] {
            begun.set_value();
            for (int n = 0; n < 100 && !in_force; ++n)
                std::this_thread::sleep_for(std::chrono::milliseconds{1});
            overtaken.set_value(in_force);
        });
        return ports::Outcome{ports::Outcome::Kind::delivered, "ok", {}, {}, {}};
    });
    ASSERT_NE(accepted(office.begin(submission(filing(3))).get()), nullptr);
    begun.get_future().wait();
    office.engine->use_channels({{"file", office.second}}, office.settings.deliveries);
    in_force = true;
    EXPECT_FALSE(overtaken.get_future().get());
    const auto by_the_old = office.first->sent().size();
    ASSERT_NE(accepted(office.begin(submission(filing(4))).get()), nullptr);
    ASSERT_TRUE(office.second->wait_for(1));
    EXPECT_EQ(office.first->sent().size(), by_the_old);
}

TEST(ReloadRunning, WhatWaitsForAChannelThatIsGoneIsHandedOnAtOnce) {
    RunningEngine office;
    office.first->answer_with([](const auto&) {
        return ports::Outcome{ports::Outcome::Kind::retry, "busy", {}, {}, std::chrono::hours{5}};
    });
    ASSERT_NE(accepted(office.begin(submission(filing(3))).get()), nullptr);
    while (office.engine->stats().deliveries.retried < 1) std::this_thread::yield();
    office.engine->use_channels({{"other", office.second}}, office.settings.deliveries);
    while (office.engine->stats().deliveries.rejected < 1) std::this_thread::yield();
    auto reader = office.store.reader();
    bool given_up = false;
    ASSERT_TRUE((*reader)
                    ->each_case(false,
                                [&](const ports::CaseRow& row) {
                                    const auto notices = (*reader)->notices(row.id);
                                    for (const auto& notice : *notices)
                                        given_up = given_up || notice.state == "rejected";
                                    return true;
                                })
                    .ok());
    EXPECT_TRUE(given_up);
}

TEST(ReloadRunning, TheOldChannelLivesUntilItHasAnswered) {
    RunningEngine office;
    office.first->hold(true);
    ASSERT_NE(accepted(office.begin(submission(filing(3))).get()), nullptr);
    ASSERT_TRUE(office.first->wait_for(1));
    std::weak_ptr<RecordingNotifier> old = office.first;
    auto held = office.first->take_held();
    office.first.reset();
    office.engine->use_channels({{"file", office.second}}, office.settings.deliveries);
    EXPECT_FALSE(old.expired());
    for (auto& done : held) done({ports::Outcome::Kind::delivered, "ok", {}, {}, {}});
}

// For the thread sanitizer too.
TEST(ReloadRunning, CasesFiledMeanwhileAreAllThere) {
    constexpr int reloads = 20, filers = 4, each = 25;
    RunningEngine office;
    std::vector<std::future<std::vector<std::string>>> people;
    for (int n = 0; n < filers; ++n)
        people.push_back(std::async(std::launch::async, [&] {
            std::vector<std::string> numbers;
            for (int i = 0; i < each; ++i) {
                const auto answer = office.begin(submission(filing(3 + i % 5))).get();
                if (const auto* done = accepted(answer)) numbers.push_back(done->kase->number);
            }
            return numbers;
        }));
    for (int i = 0; i < reloads; ++i) {
        Changed to;
        to.rules.id = model::PolicyId{"rules " + std::to_string(i)};
        to.rules.text = "the policy of the office";
        if (i % 2 == 0) to.without_post("second_desk");
        office.engine->use_channels({{"file", i % 2 == 0 ? office.second : office.first}},
                                    office.settings.deliveries);
        ASSERT_NE(accepted(office.begin(reload(to)).get()), nullptr);
    }
    std::set<std::string> numbers;
    for (auto& one : people)
        for (auto& number : one.get()) numbers.insert(std::move(number));
    EXPECT_EQ(numbers.size(), static_cast<std::size_t>(filers * each));
    auto reader = office.store.reader();
    std::set<std::string> stored;
    ASSERT_TRUE((*reader)
                    ->each_case(false,
                                [&](const ports::CaseRow& row) {
                                    stored.insert(row.number);
                                    return true;
                                })
                    .ok());
    EXPECT_EQ(stored, numbers);
}

}  // namespace
}  // namespace jinqiao::tests
